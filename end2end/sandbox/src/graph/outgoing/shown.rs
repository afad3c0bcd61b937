//! What the telephone shows of a message: header, body, footer, and what can be pressed.

use crate::world::SentTemplate;
use serde_json::{Map, Value, json};

/// A message that was checked.
#[derive(Debug, Clone)]
pub struct Content {
    pub kind: String,
    /// What a person sees, as plain text.
    pub text: String,
    /// The parts of a template or an interactive message.
    pub shown: Option<Value>,
    pub template: Option<SentTemplate>,
}

impl Content {
    /// A message of any other type.
    pub fn plain(kind: &str, text: String) -> Self {
        Self {
            kind: kind.to_string(),
            text,
            shown: None,
            template: None,
        }
    }

    /// It asks for leave to call: as a message of its own, or as a part of a template.
    pub fn asks_leave(&self) -> bool {
        let buttons = self.shown.as_ref().and_then(|it| it.get("buttons"));
        let mut buttons = buttons.and_then(Value::as_array).into_iter().flatten();
        buttons.any(|it| it.get("kind").and_then(Value::as_str) == Some("permission"))
    }

    /// A message of parts; its plain text is header, body and footer, one below the other.
    pub fn of_parts(kind: &str, parts: Parts) -> Self {
        let header = parts.header.as_ref().and_then(|header| {
            let text = header.get("text").and_then(Value::as_str);
            let kind = header.get("kind").and_then(Value::as_str)?;
            Some(text.map_or_else(|| format!("[{kind}]"), str::to_string))
        });
        let lines = [header, parts.body.clone(), parts.footer.clone()];
        let lines: Vec<String> = lines
            .into_iter()
            .flatten()
            .filter(|it| !it.is_empty())
            .collect();
        Self {
            kind: kind.to_string(),
            text: lines.join("\n"),
            shown: Some(parts.value()),
            template: None,
        }
    }
}

/// The parts of a message.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// `{kind: text/image/video/document/location, ..}`
    pub header: Option<Value>,
    pub body: Option<String>,
    pub footer: Option<String>,
    /// `{kind, text, ..}`
    pub buttons: Vec<Value>,
    /// A list: `{button, sections}`.
    pub list: Option<Value>,
    /// Parts of each card.
    pub cards: Vec<Parts>,
    /// The text of an offer that ends, and when.
    pub offer: Option<Value>,
}

impl Parts {
    fn value(&self) -> Value {
        let mut out = Map::new();
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                out.insert(key.to_string(), value);
            }
        };
        put("header", self.header.clone());
        put("body", self.body.as_ref().map(|it| json!(it)));
        put("footer", self.footer.as_ref().map(|it| json!(it)));
        put("list", self.list.clone());
        put("offer", self.offer.clone());
        put("buttons", Some(json!(self.buttons)));
        let cards: Vec<Value> = self.cards.iter().map(Self::value).collect();
        put("cards", Some(json!(cards)).filter(|_| !cards.is_empty()));
        Value::Object(out)
    }
}
