//! Interactive messages: each kind with the parts it may have, the lengths and the counts Meta allows.

use super::check::{missing, need};
use super::parameters::{medium, value};
use super::shown::{Content, Parts};
use crate::graph::Refusal;
use crate::words::{int_of, text_of};
use serde_json::{Value, json};

/// Which parts a kind has besides its action.
struct Shape {
    header: &'static [&'static str],
    /// Characters of the body; a body must be there unless it may be left out.
    body: usize,
    body_needed: bool,
    footer: bool,
}

const ANY_HEADER: &[&str] = &["text", "image", "video", "document"];

fn shape(kind: &str) -> Option<Shape> {
    let full = Shape {
        header: ANY_HEADER,
        body: 1024,
        body_needed: true,
        footer: true,
    };
    let bare = Shape {
        header: &[],
        body: 1024,
        body_needed: true,
        footer: false,
    };
    Some(match kind {
        "button" | "cta_url" | "flow" => full,
        "list" => Shape {
            header: &["text"],
            body: 4096,
            ..full
        },
        "location_request_message" | "voice_call" => bare,
        "call_permission_request" => Shape {
            body_needed: false,
            ..bare
        },
        _ => return None,
    })
}

/// Kinds that Meta has and the sandbox takes as they are.
const OTHERS: [&str; 8] = [
    "product",
    "product_list",
    "catalog_message",
    "order_details",
    "order_status",
    "address_message",
    "request_contact_info",
    "carousel",
];

/// Checks an interactive message and tells what the customer sees.
pub fn content(part: &Value) -> Result<Content, Refusal> {
    let kind = need(part, "type", "interactive.type")?.to_lowercase();
    let action = part.get("action").filter(|it| it.is_object());
    let action = action.ok_or_else(|| missing("interactive.action"))?;
    let Some(shape) = shape(&kind) else {
        if OTHERS.contains(&kind.as_str()) {
            let words = text_of(part.pointer("/body/text")).unwrap_or_default();
            return Ok(Content::plain("interactive", words));
        }
        let words = format!("interactive.type: there is no kind \"{kind}\"");
        return Err(value(&words));
    };
    let mut parts = Parts {
        header: header(part.get("header"), &kind, &shape)?,
        body: body(part, &shape)?,
        footer: footer(part.get("footer"), &kind, &shape)?,
        ..Parts::default()
    };
    match kind.as_str() {
        "button" => parts.buttons = replies(action)?,
        "list" => parts.list = Some(super::list::read(action)?),
        "cta_url" => {
            let own = named(action, "cta_url")?;
            let text = limited(own, "display_text", 1, 20)?;
            let url = limited(own, "url", 1, 2000)?;
            if !url.starts_with("https://") && !url.starts_with("http://") {
                return Err(value(
                    "interactive.action.parameters.url must be an address",
                ));
            }
            parts.buttons = vec![json!({ "kind": "url", "text": text, "url": url })];
        }
        "location_request_message" => {
            named(action, "send_location")?;
            parts.buttons = vec![json!({ "kind": "location", "text": "Send location" })];
        }
        "call_permission_request" => {
            named(action, "call_permission_request")?;
            parts.buttons = vec![json!({ "kind": "permission", "text": "Choose preference" })];
        }
        "voice_call" => parts.buttons = vec![call_button(named(action, "voice_call")?)?],
        _ => parts.buttons = vec![flow_button(named(action, "flow")?)?],
    }
    Ok(Content::of_parts("interactive", parts))
}

fn header(part: Option<&Value>, kind: &str, shape: &Shape) -> Result<Option<Value>, Refusal> {
    let Some(part) = part else { return Ok(None) };
    let own = need(part, "type", "interactive.header.type")?.to_lowercase();
    if !shape.header.contains(&own.as_str()) {
        return Err(value(&format!(
            "interactive.header: {kind} has no header of type {own}"
        )));
    }
    if own == "text" {
        let text = limited(part, "text", 1, 60)?;
        return Ok(Some(json!({ "kind": "text", "text": text })));
    }
    let medium_part = part
        .get(&own)
        .ok_or_else(|| missing(&format!("interactive.header.{own}")))?;
    medium(&own, medium_part, "interactive.header").map(Some)
}

fn body(part: &Value, shape: &Shape) -> Result<Option<String>, Refusal> {
    match part.get("body") {
        None if shape.body_needed => Err(missing("interactive.body")),
        None => Ok(None),
        Some(body) => limited(body, "text", 1, shape.body).map(Some),
    }
}

fn footer(part: Option<&Value>, kind: &str, shape: &Shape) -> Result<Option<String>, Refusal> {
    match part {
        None => Ok(None),
        Some(_) if !shape.footer => {
            Err(value(&format!("interactive.footer: {kind} has no footer")))
        }
        Some(footer) => limited(footer, "text", 1, 60).map(Some),
    }
}

/// A text of so many characters.
pub fn limited(part: &Value, key: &str, least: usize, most: usize) -> Result<String, Refusal> {
    let text = part.get(key).and_then(Value::as_str);
    let text = text.ok_or_else(|| missing(&format!("interactive {key}")))?;
    let count = text.chars().count();
    if count < least || count > most {
        return Err(value(&format!(
            "{key} length invalid. Min length: {least}, Max length: {most}"
        )));
    }
    Ok(text.to_string())
}

/// `action.parameters` of a kind whose action has a name.
fn named<'a>(action: &'a Value, name: &str) -> Result<&'a Value, Refusal> {
    if text_of(action.get("name")).as_deref() != Some(name) {
        return Err(value(&format!("interactive.action.name must be {name}")));
    }
    Ok(action.get("parameters").unwrap_or(&Value::Null))
}

/// One to three reply buttons, their ids and titles all different.
fn replies(action: &Value) -> Result<Vec<Value>, Refusal> {
    let list = action.get("buttons").and_then(Value::as_array);
    let list = list.ok_or_else(|| missing("interactive.action.buttons"))?;
    if list.is_empty() || list.len() > 3 {
        return Err(value(
            "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3",
        ));
    }
    let mut buttons: Vec<Value> = Vec::new();
    for button in list {
        let kind = text_of(button.get("type")).unwrap_or_default();
        if !kind.eq_ignore_ascii_case("reply") {
            return Err(value("interactive.action.buttons: the type must be reply"));
        }
        let reply = button
            .get("reply")
            .ok_or_else(|| missing("interactive.action.buttons.reply"))?;
        let id = limited(reply, "id", 1, 256)?;
        let title = limited(reply, "title", 1, 20)?;
        if buttons
            .iter()
            .any(|it| it["id"] == json!(id) || it["text"] == json!(title))
        {
            return Err(value("Duplicated ids or titles among the buttons"));
        }
        buttons.push(json!({ "kind": "reply", "text": title, "id": id }));
    }
    Ok(buttons)
}

fn call_button(own: &Value) -> Result<Value, Refusal> {
    let text = match own.get("display_text") {
        None => "Call Now".to_string(),
        Some(_) => limited(own, "display_text", 1, 20)?,
    };
    if let Some(minutes) = own.get("ttl_minutes")
        && !int_of(Some(minutes)).is_some_and(|it| (1..=43_200).contains(&it))
    {
        return Err(value("ttl_minutes must be from 1 to 43200"));
    }
    if own.get("payload").is_some() {
        limited(own, "payload", 0, 512)?;
    }
    Ok(json!({ "kind": "voice_call", "text": text }))
}

fn flow_button(own: &Value) -> Result<Value, Refusal> {
    if text_of(own.get("flow_message_version")).as_deref() != Some("3") {
        return Err(value("flow_message_version must be 3"));
    }
    let flow = text_of(own.get("flow_id")).or_else(|| text_of(own.get("flow_name")));
    let flow = flow
        .filter(|it| !it.is_empty())
        .ok_or_else(|| missing("flow_id"))?;
    let text = limited(own, "flow_cta", 1, 30)?;
    match text_of(own.get("flow_action")).as_deref() {
        None | Some("data_exchange") => {}
        Some("navigate") => {
            let screen = text_of(own.pointer("/flow_action_payload/screen"));
            screen
                .filter(|it| !it.is_empty())
                .ok_or_else(|| missing("flow_action_payload.screen"))?;
        }
        Some(_) => return Err(value("flow_action must be navigate or data_exchange")),
    }
    Ok(json!({ "kind": "flow", "text": text, "flow": flow, "token": own.get("flow_token") }))
}
