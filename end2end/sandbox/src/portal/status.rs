//! `imconnector.send.status.*`: the ticks beside an operator's message.

use super::{Call, Fail};
use crate::words::{int_of, text_of};
use crate::world::ChatTick;
use serde_json::{Value, json};

/// `imconnector.send.status.delivery`
pub fn delivery(call: &mut Call<'_>) -> Result<Value, Fail> {
    apply(call, ChatTick::Delivered)
}

/// `imconnector.send.status.reading`; the real one is said to be without effect, here it shows.
pub fn reading(call: &mut Call<'_>) -> Result<Value, Fail> {
    apply(call, ChatTick::Read)
}

fn apply(call: &mut Call<'_>, tick: ChatTick) -> Result<Value, Fail> {
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
        _ => return Err(Fail::empty("MESSAGES")),
    };
    for item in &items {
        for block in ["im", "chat"] {
            if !item.get(block).is_some_and(Value::is_object) {
                return Err(Fail::empty(block));
            }
        }
    }
    for item in &items {
        one(call, &connector, line, item, tick);
    }
    Ok(json!({ "SUCCESS": true, "DATA": [] }))
}

fn one(call: &mut Call<'_>, connector: &str, line: i64, item: &Value, tick: ChatTick) {
    let external: Vec<String> = match item.pointer("/message/id") {
        Some(Value::Array(ids)) => ids.iter().filter_map(|id| text_of(Some(id))).collect(),
        Some(other) => {
            call.warn("message.id of a status must be an array, even for one");
            text_of(Some(other)).into_iter().collect()
        }
        None => Vec::new(),
    };
    let (Some(chat_id), Some(message_id)) = (
        int_of(item.pointer("/im/chat_id")),
        int_of(item.pointer("/im/message_id")),
    ) else {
        call.warn("a status without im.chat_id and im.message_id has no effect");
        return;
    };
    let chat = call.portal.chats.get(&chat_id);
    let fits = chat.is_some_and(|chat| {
        chat.connector == connector
            && chat.line == line
            && Some(&chat.external_chat_id) == text_of(item.pointer("/chat/id")).as_ref()
    });
    if !fits {
        call.warn(format!("a status names chat {chat_id}, which is not the chat of this connector, line and chat.id"));
        return;
    }
    let Some(message) = call.portal.message_mut(chat_id, message_id) else {
        call.warn(format!(
            "a status names message {message_id}, which is not there"
        ));
        return;
    };
    message.status = message.status.max(tick);
    for id in external {
        if !message.external_ids.contains(&id) {
            message.external_ids.push(id);
        }
    }
    call.portal.touched.push(chat_id);
}
