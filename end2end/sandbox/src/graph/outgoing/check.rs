//! What a message must look like before Meta takes it.

use super::{Content, interactive, template};
use crate::graph::Refusal;
use crate::words::{digits, text_of};
use crate::world::Template;
use serde_json::Value;

const TYPES: [&str; 12] = [
    "audio",
    "contacts",
    "document",
    "image",
    "interactive",
    "location",
    "reaction",
    "sticker",
    "template",
    "text",
    "video",
    "pin",
];

/// Who a message is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// A number, as it was given.
    Number(String),
    /// A business-scoped id.
    Scoped(String),
}

/// Reads `to` and `recipient`; with both, `to` wins.
pub fn addressee(body: &Value, warnings: &mut Vec<String>) -> Result<To, Refusal> {
    let to = text_of(body.get("to")).filter(|to| !to.is_empty());
    let recipient = text_of(body.get("recipient")).filter(|to| !to.is_empty());
    if let Some(kind) = text_of(body.get("recipient_type"))
        && kind != "individual"
    {
        return Err(Refusal::parameter(
            "Param recipient_type must be one of {individual, group}",
        ));
    }
    match (to, recipient) {
        (Some(to), both) => {
            if both.is_some() {
                warnings.push("both to and recipient were given; to wins".to_string());
            }
            let bare = to.trim_start_matches('+');
            if bare
                .chars()
                .any(|c| !c.is_ascii_digit() && !" -()".contains(c))
                || digits(bare).len() < 5
            {
                return Err(Refusal::messaging(
                    131_009,
                    "Parameter value is not valid",
                    "Please check the parameter to: it must be a phone number",
                ));
            }
            if !to.starts_with('+') {
                warnings.push(
                    "to has no plus: Meta may put the business's country code before it"
                        .to_string(),
                );
            }
            Ok(To::Number(to))
        }
        (None, Some(scoped)) => {
            let good = scoped.split_once('.').is_some_and(|(country, rest)| {
                country.len() == 2
                    && country.chars().all(|c| c.is_ascii_uppercase())
                    && !rest.is_empty()
            });
            if good {
                Ok(To::Scoped(scoped))
            } else {
                Err(Refusal::messaging(
                    131_009,
                    "Parameter value is not valid",
                    "Please check the parameter recipient: it must be a business-scoped user id",
                ))
            }
        }
        (None, None) => Err(Refusal::parameter("The parameter to is required.")),
    }
}

/// Checks the content and tells its type and what a person would see of it. `find` knows the WABA's templates by
/// name and language.
pub fn content(
    body: &Value,
    find: &dyn Fn(&str, &str) -> Option<Template>,
    warnings: &mut Vec<String>,
) -> Result<Content, Refusal> {
    if let Some(opaque) = body.get("biz_opaque_callback_data") {
        let text = opaque.as_str().ok_or_else(|| {
            Refusal::parameter("Param biz_opaque_callback_data must be a string.")
        })?;
        if text.chars().count() > 512 {
            return Err(Refusal::parameter(
                "Param biz_opaque_callback_data must be at most 512 characters long.",
            ));
        }
    }
    if let Some(context) = body.get("context")
        && context.get("message_id").and_then(Value::as_str).is_none()
    {
        return Err(Refusal::parameter("Param context must have a message_id."));
    }
    let kind = match body.get("type") {
        None => "text".to_string(),
        Some(Value::String(kind)) => kind.clone(),
        Some(_) => return Err(Refusal::parameter("Param type must be a string.")),
    };
    if !TYPES.contains(&kind.as_str()) {
        return Err(Refusal::parameter(&format!(
            "Param type must be one of {{{}}} - got \"{kind}\".",
            TYPES.map(str::to_uppercase).join(", ")
        )));
    }
    let part = body.get(&kind).ok_or_else(|| missing(&kind))?;
    let seen = match kind.as_str() {
        "text" => text(part)?,
        "image" | "video" | "document" | "sticker" | "audio" => media(&kind, part)?,
        "template" => return template::content(part, find, warnings),
        "interactive" => return interactive::content(part),
        "location" => {
            need(part, "latitude", "location.latitude")?;
            need(part, "longitude", "location.longitude")?;
            "[location]".to_string()
        }
        "reaction" => {
            need(part, "message_id", "reaction.message_id")?;
            text_of(part.get("emoji")).ok_or_else(|| missing("reaction.emoji"))?
        }
        _ => format!("[{kind}]"),
    };
    Ok(Content::plain(&kind, seen))
}

/// 131008: something that must be there is not.
pub fn missing(name: &str) -> Refusal {
    Refusal::messaging(
        131_008,
        "Required parameter is missing",
        &format!("Parameter '{name}' is mandatory"),
    )
}

/// A text that must be there and not be empty.
pub fn need(part: &Value, key: &str, name: &str) -> Result<String, Refusal> {
    text_of(part.get(key))
        .filter(|text| !text.is_empty())
        .ok_or_else(|| missing(name))
}

fn text(part: &Value) -> Result<String, Refusal> {
    let body = part
        .get("body")
        .and_then(Value::as_str)
        .filter(|body| !body.trim().is_empty())
        .ok_or_else(|| Refusal::parameter("The parameter text['body'] is required."))?;
    if body.chars().count() > 4096 {
        return Err(Refusal::parameter(
            "Param text['body'] must be at most 4096 characters long.",
        ));
    }
    Ok(body.to_string())
}

fn media(kind: &str, part: &Value) -> Result<String, Refusal> {
    if part.get("id").is_none() && part.get("link").is_none() {
        return Err(missing(&format!("{kind}.id")));
    }
    let caption = text_of(part.get("caption")).unwrap_or_default();
    if !caption.is_empty() && matches!(kind, "audio" | "sticker") {
        return Err(Refusal::parameter(&format!(
            "Unexpected key \"caption\" on param \"{kind}\"."
        )));
    }
    if caption.chars().count() > 1024 {
        return Err(Refusal::parameter(&format!(
            "Param {kind}['caption'] must be at most 1024 characters long."
        )));
    }
    Ok(format!("[{kind}] {caption}").trim().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn refuses_what_meta_refuses() {
        let content = |body: &Value| content(body, &|_, _| None, &mut Vec::new());
        let long = json!({"type": "text", "text": {"body": "a".repeat(4097)}});
        assert_eq!(content(&long).unwrap_err().code, 100);
        let opaque = json!({"type": "text", "text": {"body": "a"}, "biz_opaque_callback_data": "x".repeat(513)});
        assert_eq!(content(&opaque).unwrap_err().code, 100);
        assert_eq!(
            content(&json!({"type": "poem", "poem": {}}))
                .unwrap_err()
                .code,
            100
        );
        assert_eq!(
            content(&json!({"type": "image", "image": {}}))
                .unwrap_err()
                .code,
            131_008
        );
        let mut warnings = Vec::new();
        assert_eq!(addressee(&json!({}), &mut warnings).unwrap_err().code, 100);
        let scoped = json!({"to": "KZ.2044819930011872345"});
        assert_eq!(addressee(&scoped, &mut warnings).unwrap_err().code, 131_009);
        let number = json!({"recipient": "77015550101"});
        assert_eq!(addressee(&number, &mut warnings).unwrap_err().code, 131_009);
    }
}
