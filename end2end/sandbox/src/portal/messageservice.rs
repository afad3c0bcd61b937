//! `messageservice.*`: senders of text messages, and what became of the messages.

use super::{Call, Fail};
use crate::world::Sender;
use http::StatusCode;
use serde_json::{Value, json};
use url::Url;

/// The states a message may be reported in, in the order in which they come.
const STATES: [&str; 5] = ["queued", "sent", "delivered", "undelivered", "failed"];

fn denied() -> Fail {
    Fail::new(StatusCode::FORBIDDEN, "ACCESS_DENIED", "Access denied!")
}

/// Senders are the administrators'; a switch refuses whatever comes.
fn allowed(call: &Call<'_>) -> Result<(), Fail> {
    if !call.admin() {
        return Err(denied());
    }
    if !call.refuse.sender.is_empty() {
        return Err(Fail::bad(&call.refuse.sender, "The sender is refused."));
    }
    Ok(())
}

fn invalid(words: &str) -> Fail {
    Fail::bad("ERROR_SENDER_VALIDATION_FAILURE", words)
}

/// A text, or texts by language.
fn words(call: &Call<'_>, key: &str) -> Option<Value> {
    match call.params.get(key)? {
        Value::String(text) if !text.trim().is_empty() => Some(json!(text)),
        Value::Object(texts) if !texts.is_empty() && texts.values().all(Value::is_string) => {
            Some(json!(texts))
        }
        _ => None,
    }
}

fn handler(call: &Call<'_>) -> Result<Option<String>, Fail> {
    let Some(text) = call.text("HANDLER") else {
        return Ok(None);
    };
    let good = Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    match good {
        true => Ok(Some(text)),
        false => Err(invalid("Wrong handler URL!")),
    }
}

fn own<'a>(call: &'a mut Call<'_>, code: &str) -> Option<&'a mut Sender> {
    let app = call.app.client_id.clone();
    let mut senders = call.portal.senders.iter_mut();
    senders.find(|it| it.app == app && it.code == code)
}

/// `messageservice.sender.add`
pub fn add(call: &mut Call<'_>) -> Result<Value, Fail> {
    allowed(call)?;
    let code = call
        .text("CODE")
        .ok_or_else(|| invalid("Empty sender code!"))?;
    let good = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if !code.chars().all(good) {
        return Err(invalid("Wrong sender code!"));
    }
    if call.text("TYPE").as_deref() != Some("SMS") {
        return Err(invalid("Unknown message type!"));
    }
    let handler = handler(call)?.ok_or_else(|| invalid("Empty handler URL!"))?;
    let name = words(call, "NAME").ok_or_else(|| invalid("Empty sender name!"))?;
    if own(call, &code).is_some() {
        return Err(Fail::bad(
            "ERROR_SENDER_ALREADY_INSTALLED",
            "Sender already installed!",
        ));
    }
    let description = words(call, "DESCRIPTION").unwrap_or_default();
    call.portal.senders.push(Sender {
        app: call.app.client_id.clone(),
        code,
        name,
        description,
        handler,
    });
    Ok(json!(true))
}

fn needed(call: &Call<'_>) -> Result<String, Fail> {
    call.text("CODE")
        .ok_or_else(|| Fail::bad("ERROR_SENDER_CODE_REQUIRED", "Empty sender code!"))
}

fn unknown() -> Fail {
    Fail::bad("ERROR_SENDER_NOT_FOUND", "Sender not found!")
}

/// `messageservice.sender.update`: at least one of HANDLER, NAME and DESCRIPTION.
pub fn update(call: &mut Call<'_>) -> Result<Value, Fail> {
    allowed(call)?;
    let code = needed(call)?;
    let (handler, name, description) = (
        handler(call)?,
        words(call, "NAME"),
        words(call, "DESCRIPTION"),
    );
    if handler.is_none() && name.is_none() && description.is_none() {
        return Err(Fail::bad(
            "ERROR_SENDER_OTHER_PARAMS_REQUIRED",
            "No fields to update!",
        ));
    }
    let sender = own(call, &code).ok_or_else(unknown)?;
    if let Some(handler) = handler {
        sender.handler = handler;
    }
    if let Some(name) = name {
        sender.name = name;
    }
    if let Some(description) = description {
        sender.description = description;
    }
    Ok(json!(true))
}

/// `messageservice.sender.delete`
pub fn delete(call: &mut Call<'_>) -> Result<Value, Fail> {
    allowed(call)?;
    let code = needed(call)?;
    own(call, &code).ok_or_else(unknown)?;
    let app = call.app.client_id.clone();
    call.portal
        .senders
        .retain(|it| it.app != app || it.code != code);
    Ok(json!(true))
}

/// `messageservice.sender.list`: the codes of this app.
pub fn list(call: &mut Call<'_>) -> Result<Value, Fail> {
    if !call.admin() {
        return Err(denied());
    }
    let own = call.portal.senders.iter();
    let own = own.filter(|it| it.app == call.app.client_id);
    let codes: Vec<&String> = own.map(|it| &it.code).collect();
    Ok(json!(codes))
}

/// `messageservice.message.status.update`: by the author of the message, or an administrator.
pub fn status(call: &mut Call<'_>) -> Result<Value, Fail> {
    if !call.refuse.sms_status.is_empty() {
        return Err(Fail::bad(&call.refuse.sms_status, "The status is refused."));
    }
    let code = call
        .text("CODE")
        .ok_or_else(|| invalid("Empty sender code!"))?;
    own(call, &code).ok_or_else(|| invalid("Sender not found!"))?;
    let gone = || Fail::bad("ERROR_MESSAGE_NOT_FOUND", "Message not found!");
    let id = call.text("MESSAGE_ID").ok_or_else(gone)?;
    let state = call.text("STATUS").unwrap_or_default();
    let (app, user, admin) = (call.app.client_id.clone(), call.user, call.admin());
    let found = call.portal.texts.iter_mut();
    let found = found
        .rev()
        .find(|it| it.app == app && it.sender == code && it.id == id);
    let message = found.ok_or_else(gone)?;
    if !admin && message.author != user {
        return Err(denied());
    }
    let rank = |word: &str| STATES.iter().position(|it| *it == word);
    let Some(new) = rank(&state) else {
        let words = "Message status is incorrect!";
        return Err(Fail::bad("ERROR_MESSAGE_STATUS_INCORRECT", words));
    };
    let before = message.state.as_deref().and_then(rank);
    let warning = match before {
        Some(before) if new < before => Some(format!("the status of {id} went back to {state}")),
        Some(before) if new == before => Some(format!("the status {state} of {id} came twice")),
        _ => None,
    };
    message.reported.push(state.clone());
    message.state = Some(state);
    if let Some(words) = warning {
        call.warn(words);
    }
    Ok(json!(true))
}
