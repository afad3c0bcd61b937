//! Buttons of a template that is sent: which need a parameter, and whether what came is for them.

use super::parameters::{counted, mismatch, value};
use crate::graph::Refusal;
use crate::words::text_of;
use crate::world::is;
use serde_json::{Value, json};

/// How a message names a kind of button; nothing where it takes no parameter.
fn sub_type(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "URL" | "OTP" => "url",
        "QUICK_REPLY" => "quick_reply",
        "COPY_CODE" => "copy_code",
        "FLOW" => "flow",
        "CATALOG" => "catalog",
        "MPM" => "mpm",
        "VOICE_CALL" => "voice_call",
        _ => return None,
    })
}

/// Fills the buttons; `given` holds every component of the message.
pub fn fill(
    part: Option<&Value>,
    given: &[Value],
    warnings: &mut Vec<String>,
) -> Result<Vec<Value>, Refusal> {
    let list = part.and_then(|it| it.get("buttons")?.as_array());
    let buttons = list.map(Vec::as_slice).unwrap_or_default();
    let mut seen: Vec<usize> = Vec::new();
    for one in given.iter().filter(|it| is(it, "button")) {
        if one.get("index").is_some_and(Value::is_number) {
            warnings.push(
                "the index of a button came as a number; the documents show a string".to_string(),
            );
        }
        let index = text_of(one.get("index")).and_then(|it| it.parse::<usize>().ok());
        let index =
            index.ok_or_else(|| value("button: the index must be a string from \"0\" to \"9\""))?;
        let button = buttons.get(index);
        let button = button.ok_or_else(|| {
            value(&format!(
                "button: the template has no button at index {index}"
            ))
        })?;
        if seen.contains(&index) {
            return Err(value(&format!("button: index {index} came twice")));
        }
        seen.push(index);
        let own = kind(button);
        let asked = text_of(one.get("sub_type"))
            .unwrap_or_default()
            .to_lowercase();
        if sub_type(&own) != Some(asked.as_str()) {
            return Err(mismatch(&format!(
                "button: the button at index {index} is {own}, the sub_type is {asked}"
            )));
        }
    }
    let mut filled = Vec::new();
    for (index, button) in buttons.iter().enumerate() {
        let position = index.to_string();
        let own = given
            .iter()
            .find(|it| is(it, "button") && text_of(it.get("index")).as_deref() == Some(&position));
        filled.push(one(button, index, own)?);
    }
    Ok(filled)
}

fn kind(button: &Value) -> String {
    text_of(button.get("type"))
        .unwrap_or_default()
        .to_uppercase()
}

/// The single parameter of a button, of the type it must have.
fn parameter(own: Option<&Value>, due: &str, key: &str) -> Result<Option<String>, Refusal> {
    let list = own.and_then(|it| it.get("parameters")?.as_array());
    let list = list.map(Vec::as_slice).unwrap_or_default();
    let [parameter] = list else {
        return match list.len() {
            0 => Ok(None),
            count => Err(counted("button", count, 1)),
        };
    };
    if text_of(parameter.get("type")).as_deref() != Some(due) {
        return Err(mismatch(&format!(
            "button: the type of the parameter must be {due}"
        )));
    }
    Ok(text_of(parameter.get(key)).filter(|it| !it.is_empty()))
}

fn one(button: &Value, index: usize, own: Option<&Value>) -> Result<Value, Refusal> {
    let kind = kind(button);
    let text = text_of(button.get("text")).unwrap_or_default();
    let requires = || {
        Refusal::messaging(
            131_008,
            "Required parameter is missing",
            &format!("buttons: Button at index {index} of type {kind} requires a parameter"),
        )
    };
    Ok(match kind.as_str() {
        "URL" => {
            let url = text_of(button.get("url")).unwrap_or_default();
            let suffix = parameter(own, "text", "text")?;
            let url = match (url.contains("{{1}}"), suffix) {
                (true, Some(suffix)) => url.replace("{{1}}", &suffix),
                (true, None) => return Err(requires()),
                (false, None) => url,
                (false, Some(_)) => return Err(counted("button", 1, 0)),
            };
            json!({ "kind": "url", "text": text, "url": url })
        }
        "OTP" => {
            let code = parameter(own, "text", "text")?.ok_or_else(requires)?;
            json!({ "kind": "copy_code", "text": text, "code": code })
        }
        "COPY_CODE" => {
            let code = parameter(own, "coupon_code", "coupon_code")?.ok_or_else(requires)?;
            if code.chars().count() > 20 {
                return Err(value("button: coupon_code has more than 20 characters"));
            }
            let text = if text.is_empty() {
                "Copy offer code"
            } else {
                &text
            };
            json!({ "kind": "copy_code", "text": text, "code": code })
        }
        "QUICK_REPLY" => {
            let payload = parameter(own, "payload", "payload")?;
            json!({ "kind": "quick_reply", "text": text, "payload": payload.unwrap_or(text.clone()) })
        }
        "PHONE_NUMBER" => {
            json!({ "kind": "phone_number", "text": text, "phone_number": button["phone_number"] })
        }
        "FLOW" => {
            let token = own.and_then(|it| text_of(it.pointer("/parameters/0/action/flow_token")));
            json!({ "kind": "flow", "text": text, "token": token })
        }
        "VOICE_CALL" => json!({ "kind": "voice_call", "text": text }),
        _ => json!({ "kind": kind.to_lowercase(), "text": text }),
    })
}
