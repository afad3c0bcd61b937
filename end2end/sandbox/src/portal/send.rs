//! `imconnector.send.messages`, `update.messages`, `delete.messages`: what the channel brings.

use super::{Call, Fail};
use crate::words::{int_of, now, text_of};
use crate::world::{ChatMessage, ChatTick, Direction};
use serde_json::{Map, Value, json};

const NAME_LENGTH: usize = 25;

/// The connector, the line and the items, checked as far as they are common to all.
fn opening(call: &mut Call<'_>, blocks: &[&str]) -> Result<(String, i64, Vec<Value>), Fail> {
    let connector = call.need("CONNECTOR")?;
    let line = call.need_int("LINE")?;
    if !call.portal.connectors.contains_key(&connector) {
        return Err(Fail::bad(
            "IMCONNECTOR_NO_CORRECT_PROVIDER",
            "Could not find a suitable provider for the connector",
        ));
    }
    if !call.portal.channel_works(&connector, line) {
        return Err(Fail::bad(
            "NOT_ACTIVE_LINE",
            "Line with this ID is inactive or does not exist",
        ));
    }
    let items = match call.params.get("MESSAGES") {
        Some(Value::Array(items)) if !items.is_empty() => items.clone(),
        Some(Value::Object(map)) if !map.is_empty() => map.values().cloned().collect(),
        None | Some(Value::Null | Value::Array(_) | Value::Object(_)) => {
            return Err(Fail::empty("MESSAGES"));
        }
        Some(_) => {
            return Err(Fail::bad(
                "ERROR_ARGUMENT",
                "Argument 'MESSAGES' must be an array",
            ));
        }
    };
    for item in &items {
        if !item.is_object() {
            return Err(Fail::bad(
                "ERROR_ARGUMENT",
                "Each item of 'MESSAGES' must be an array",
            ));
        }
        for block in blocks {
            if !item.get(*block).is_some_and(Value::is_object) {
                return Err(Fail::empty(block));
            }
        }
    }
    Ok((connector, line, items))
}

fn text_at(item: &Value, pointer: &str) -> Option<String> {
    text_of(item.pointer(pointer)).filter(|text| !text.is_empty())
}

/// `imconnector.send.messages`. A repeated `message.id` stands twice in the chat, so that doubles show.
pub fn send(call: &mut Call<'_>) -> Result<Value, Fail> {
    let (connector, line, items) = opening(call, &["user", "message", "chat"])?;
    for item in &items {
        for (block, key) in [("user", "/user/id"), ("chat", "/chat/id")] {
            if text_at(item, key).is_none() {
                return Err(Fail::empty(&format!("{block}[id]")));
            }
        }
    }
    let results: Vec<Value> = items
        .iter()
        .map(|item| send_one(call, &connector, line, item))
        .collect();
    Ok(json!({ "SUCCESS": true, "DATA": { "RESULT": results } }))
}

fn refused(item: &Value, text: &str) -> Value {
    json!({
        "user": item.get("user"),
        "message": item.get("message"),
        "chat": item.get("chat"),
        "SUCCESS": false,
        "ERRORS": [text],
    })
}

fn send_one(call: &mut Call<'_>, connector: &str, line: i64, item: &Value) -> Value {
    call.portal.items += 1;
    if call.refuse_item_every > 0 && call.portal.items.is_multiple_of(call.refuse_item_every) {
        return refused(item, "The sandbox was told to refuse this item");
    }
    if let Some(text) = name_fault(call, item) {
        return refused(item, &text);
    }
    let text = text_at(item, "/message/text").unwrap_or_default();
    let files = item
        .pointer("/message/files")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    if text.is_empty() && files.is_empty() {
        return refused(item, "The message has neither text nor files");
    }
    let external = text_at(item, "/message/id");
    if external.is_none() {
        call.warn("a message without message.id cannot be found again");
    }
    let chat_id = text_at(item, "/chat/id").unwrap_or_default();
    let user_id = text_at(item, "/user/id").unwrap_or_default();
    if chat_id.contains('|') {
        call.warn("chat.id contains |, the separator of USER_CODE");
    }
    let name = display_name(item);
    let operator =
        int_of(item.pointer("/message/user_id")).and_then(|id| call.portal.user(id).cloned());
    let id = call.portal.new_id();
    let chat = call
        .portal
        .chat_open(connector, line, &user_id, &chat_id, &name);
    let message = ChatMessage {
        id,
        external_ids: external.iter().cloned().collect(),
        direction: if operator.is_some() {
            Direction::Out
        } else {
            Direction::In
        },
        author: operator.map_or_else(
            || chat.name.clone(),
            |user| format!("{} {}", user.name, user.last_name),
        ),
        text: text.clone(),
        status: ChatTick::None,
        at: int_of(item.pointer("/message/date")).unwrap_or_else(now),
        files: files.clone(),
        event: None,
        deleted: false,
    };
    chat.messages.push(message);
    let (guest, session, chat_number) = (chat.guest_id, chat.session_id, chat.id);
    call.portal.touched.push(chat_number);
    json!({
        "user": guest.to_string(),
        "message": { "id": external, "date": {}, "text": text, "files": files },
        "chat": { "id": chat_id, "name": item.pointer("/chat/name"), "description": "" },
        "extra": extra(item),
        "SUCCESS": true,
        "session": { "ID": session.to_string(), "CHAT_ID": chat_number.to_string() },
    })
}

fn extra(item: &Value) -> Value {
    let mut out = Map::new();
    if let Some(skip) = text_at(item, "/user/skip_phone_validate") {
        out.insert("skip_phone_validate".to_string(), json!(skip));
    }
    if text_at(item, "/message/disable_crm").is_some() {
        out.insert("disable_tracker".to_string(), json!("Y"));
    }
    crate::params::php_map(out)
}

/// Names: at most 25 characters; letters, spaces, hyphen and apostrophe. Other characters are written down.
fn name_fault(call: &mut Call<'_>, item: &Value) -> Option<String> {
    for key in ["name", "last_name"] {
        let Some(name) = text_at(item, &format!("/user/{key}")) else {
            continue;
        };
        if name.chars().count() > NAME_LENGTH {
            return Some(format!(
                "The field user[{key}] is longer than {NAME_LENGTH} characters"
            ));
        }
        let odd = name
            .chars()
            .any(|c| !c.is_alphabetic() && !" -'\u{2019}.".contains(c));
        if odd {
            call.warn(format!("user.{key} has characters that are no letters"));
        }
    }
    None
}

fn display_name(item: &Value) -> String {
    let parts = ["/user/name", "/user/last_name"];
    let name: Vec<String> = parts.iter().filter_map(|key| text_at(item, key)).collect();
    if name.is_empty() {
        text_at(item, "/chat/name").unwrap_or_else(|| "Guest".to_string())
    } else {
        name.join(" ")
    }
}

/// `imconnector.update.messages`
pub fn update(call: &mut Call<'_>) -> Result<Value, Fail> {
    let (connector, line, items) = opening(call, &["user", "message", "chat"])?;
    change(call, &connector, line, &items, |message, text| {
        message.text = text
    })
}

/// `imconnector.delete.messages`
pub fn delete(call: &mut Call<'_>) -> Result<Value, Fail> {
    let (connector, line, items) = opening(call, &["user", "message", "chat"])?;
    change(call, &connector, line, &items, |message, _| {
        message.deleted = true
    })
}

fn change(
    call: &mut Call<'_>,
    connector: &str,
    line: i64,
    items: &[Value],
    apply: impl Fn(&mut ChatMessage, String),
) -> Result<Value, Fail> {
    let mut results = Vec::new();
    for item in items {
        let external = text_at(item, "/message/id").unwrap_or_default();
        let chat_id = text_at(item, "/chat/id").unwrap_or_default();
        let text = text_at(item, "/message/text").unwrap_or_default();
        let chat = call.portal.chats.values_mut().find(|chat| {
            chat.connector == connector && chat.line == line && chat.external_chat_id == chat_id
        });
        let found = chat.and_then(|chat| {
            let message = chat
                .messages
                .iter_mut()
                .find(|message| message.external_ids.contains(&external))?;
            apply(message, text);
            Some((chat.id, chat.guest_id))
        });
        match found {
            Some((chat, guest)) => {
                call.portal.touched.push(chat);
                results.push(json!({
                    "user": guest.to_string(),
                    "message": item.get("message"),
                    "chat": item.get("chat"),
                    "SUCCESS": true,
                }));
            }
            None => results.push(refused(item, "The message was not found")),
        }
    }
    Ok(json!({ "SUCCESS": true, "DATA": { "RESULT": results } }))
}
