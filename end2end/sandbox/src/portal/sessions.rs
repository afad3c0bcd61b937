//! Dialogs and their history, and the system line an app can write.

use super::{Call, Fail};
use crate::words::{iso, now};
use crate::world::{Chat, ChatMessage, ChatTick, Direction};
use serde_json::{Map, Value, json};

fn no_access() -> Fail {
    Fail::bad(
        "ACCESS_ERROR",
        "You do not have access to the specified dialog",
    )
}

/// `connector|line|external chat|guest`, the name of a dialog.
fn user_code(chat: &Chat) -> String {
    format!(
        "{}|{}|{}|{}",
        chat.connector, chat.line, chat.external_chat_id, chat.guest_id
    )
}

/// The documentation calls the fourth part "the user's id in the channel", its samples show the guest's: both are known.
fn is_called(chat: &Chat, code: &str) -> bool {
    let channel = format!(
        "{}|{}|{}|",
        chat.connector, chat.line, chat.external_chat_id
    );
    code.strip_prefix(channel.as_str())
        .is_some_and(|user| user == chat.guest_id.to_string() || user == chat.external_user_id)
}

fn find<'a>(call: &'a Call<'_>) -> Result<&'a Chat, Fail> {
    let chats = &call.portal.chats;
    let dialog = call
        .text("DIALOG_ID")
        .and_then(|id| id.strip_prefix("chat")?.parse().ok());
    let by_chat = call.int("CHAT_ID").or(dialog).and_then(|id| chats.get(&id));
    let by_session = || {
        let id = call.int("SESSION_ID")?;
        chats.values().find(|chat| chat.session_id == id)
    };
    let by_code = || {
        let code = call.text("USER_CODE")?;
        let code = code.trim_start_matches("imol|");
        chats.values().find(|chat| is_called(chat, code))
    };
    by_chat
        .or_else(by_session)
        .or_else(by_code)
        .ok_or_else(no_access)
}

/// `imopenlines.dialog.get`
pub fn dialog(call: &mut Call<'_>) -> Result<Value, Fail> {
    let chat = find(call)?;
    let operator = call.portal.operator().id;
    Ok(json!({
        "avatar": "",
        "color": "#4ba984",
        "date_create": iso(chat.messages.first().map_or_else(now, |message| message.at)),
        "dialog_id": format!("chat{}", chat.id),
        "disk_folder_id": 0,
        "entity_data_1": format!("N|NONE|0|N|N|{}|{}|0|0|0", chat.session_id, now()),
        "entity_data_2": "LEAD|0|COMPANY|0|CONTACT|0|DEAL|0",
        "entity_data_3": "N",
        "entity_id": user_code(chat),
        "entity_type": "LINES",
        "extranet": true,
        "id": chat.id,
        "last_message_id": chat.messages.last().map_or(0, |message| message.id),
        "manager_list": [operator],
        "name": chat.name,
        "owner": operator,
        "type": "lines",
    }))
}

/// `imopenlines.session.history.get`: messages keyed by id, `params.connectorMid` the external ids.
pub fn history(call: &mut Call<'_>) -> Result<Value, Fail> {
    let chat = find(call)?;
    let operator = call.portal.operator();
    let mut messages = Map::new();
    for message in chat.messages.iter().filter(|message| !message.deleted) {
        messages.insert(message.id.to_string(), shown(chat, message, operator.id));
    }
    let mut chats = Map::new();
    chats.insert(
        chat.id.to_string(),
        json!({ "id": chat.id.to_string(), "name": chat.name, "entityType": "LINES", "entityId": user_code(chat) }),
    );
    let mut users = Map::new();
    users.insert(
        chat.guest_id.to_string(),
        json!({ "id": chat.guest_id.to_string(), "name": chat.name, "connector": true }),
    );
    let operator_name = format!("{} {}", operator.name, operator.last_name);
    users.insert(
        operator.id.to_string(),
        json!({ "id": operator.id.to_string(), "name": operator_name, "connector": false }),
    );
    let ids: Vec<String> = chat
        .messages
        .iter()
        .map(|message| message.id.to_string())
        .collect();
    let mut by_chat = Map::new();
    by_chat.insert(chat.id.to_string(), json!(ids));
    Ok(json!({
        "sessionId": chat.session_id,
        "chatId": chat.id,
        "chat": chats,
        "message": if messages.is_empty() { json!([]) } else { Value::Object(messages) },
        "usersMessage": by_chat,
        "users": users,
        "files": [],
    }))
}

fn shown(chat: &Chat, message: &ChatMessage, operator: i64) -> Value {
    let sender = match message.direction {
        Direction::In => chat.guest_id,
        Direction::Out => operator,
        Direction::System => 0,
    };
    let params = if message.external_ids.is_empty() {
        json!([])
    } else {
        json!({ "connectorMid": message.external_ids })
    };
    json!({
        "id": message.id.to_string(),
        "chatId": chat.id.to_string(),
        "senderId": sender.to_string(),
        "recipientId": format!("chat{}", chat.id),
        "date": iso(message.at),
        "text": message.text,
        "textLegacy": message.text,
        "system": if message.direction == Direction::System { "Y" } else { "N" },
        "params": params,
    })
}

/// `im.message.add`
pub fn message_add(call: &mut Call<'_>) -> Result<Value, Fail> {
    let dialog = call.need("DIALOG_ID")?;
    let text = call.need("MESSAGE")?;
    let system = call.flag("SYSTEM", false);
    let chat = dialog
        .strip_prefix("chat")
        .and_then(|id| id.parse::<i64>().ok());
    let chat = chat
        .filter(|id| call.portal.chats.contains_key(id))
        .ok_or_else(no_access)?;
    if !system {
        call.warn("im.message.add without SYSTEM: whether the customer gets it is not documented, here they do not");
    }
    let id = call.portal.new_id();
    let author = call
        .portal
        .user(call.user)
        .map(|user| user.name.clone())
        .unwrap_or_default();
    if let Some(chat) = call.portal.chats.get_mut(&chat) {
        chat.messages.push(ChatMessage {
            id,
            external_ids: Vec::new(),
            direction: if system {
                Direction::System
            } else {
                Direction::Out
            },
            author,
            text,
            status: ChatTick::None,
            at: now(),
            files: Vec::new(),
            event: None,
            deleted: false,
        });
    }
    call.portal.touched.push(chat);
    Ok(json!(id))
}
