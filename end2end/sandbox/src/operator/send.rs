//! What an operator does in a chat: answer, edit, delete.

use super::event::fire;
use crate::state::Shared;
use crate::webhook::Then;
use crate::words::now;
use crate::world::{ChatMessage, ChatTick, Direction, User};
use serde_json::{Value, json};

/// Posts texts into a chat and fires one ONIMCONNECTORMESSAGEADD that carries them all.
/// Tells the ids of the new messages.
pub fn answer(
    shared: &Shared,
    member_id: &str,
    chat_id: i64,
    texts: &[String],
) -> Result<Vec<i64>, String> {
    let made = shared.world(|world| {
        let portal = world
            .portal_mut(member_id)
            .ok_or("There is no such portal.")?;
        let operator = portal.operator();
        let ids: Vec<i64> = texts.iter().map(|_| portal.new_id()).collect();
        let handled =
            !portal.bound.is_empty() || portal.apps.iter().any(|app| !app.events_url.is_empty());
        let chat = portal
            .chats
            .get_mut(&chat_id)
            .ok_or("There is no such chat.")?;
        for (id, text) in ids.iter().zip(texts) {
            chat.messages.push(ChatMessage {
                id: *id,
                external_ids: Vec::new(),
                direction: Direction::Out,
                author: format!("{} {}", operator.name, operator.last_name)
                    .trim()
                    .to_string(),
                text: text.clone(),
                status: ChatTick::Undelivered,
                at: now(),
                files: Vec::new(),
                event: Some(
                    if handled {
                        "waiting"
                    } else {
                        "nobody is bound to the event"
                    }
                    .to_string(),
                ),
                deleted: false,
            });
        }
        let (connector, line, external) = (
            chat.connector.clone(),
            chat.line,
            chat.external_chat_id.clone(),
        );
        let sign = portal
            .connectors
            .get(&connector)
            .is_some_and(|it| it.need_signature);
        let messages: Vec<Value> = ids
            .iter()
            .zip(texts)
            .map(|(id, text)| {
                json!({
                    "im": { "chat_id": chat_id, "message_id": id },
                    "message": { "user_id": operator.id, "text": wire_text(text, sign, &operator) },
                    "chat": { "id": external },
                })
            })
            .collect();
        Ok::<_, String>((
            ids,
            json!({ "CONNECTOR": connector, "LINE": line, "MESSAGES": messages }),
        ))
    });
    let (ids, data) = made?;
    let then = Then::OperatorMessages {
        member_id: member_id.to_string(),
        chat: chat_id,
        messages: ids.clone(),
    };
    shared.tell_chat(member_id, chat_id);
    fire(
        shared,
        member_id,
        "ONIMCONNECTORMESSAGEADD",
        &data,
        &chat_id.to_string(),
        Some(then),
    );
    Ok(ids)
}

/// Text as it stands in the event: `[br]` for a new line, the signature before it where wanted.
fn wire_text(text: &str, sign: bool, operator: &User) -> String {
    let body = text.replace("\r\n", "\n").replace('\n', "[br]");
    if sign {
        let name = format!("{} {}", operator.name, operator.last_name);
        format!("[b]{}:[/b] [br]{body}", name.trim())
    } else {
        body
    }
}

/// Changes a message and fires ONIMCONNECTORMESSAGEUPDATE.
pub fn edit(
    shared: &Shared,
    member_id: &str,
    chat_id: i64,
    message_id: i64,
    text: &str,
) -> Result<(), String> {
    change(shared, member_id, chat_id, message_id, Some(text))
}

/// Removes a message and fires ONIMCONNECTORMESSAGEDELETE.
pub fn delete(
    shared: &Shared,
    member_id: &str,
    chat_id: i64,
    message_id: i64,
) -> Result<(), String> {
    change(shared, member_id, chat_id, message_id, None)
}

fn change(
    shared: &Shared,
    member_id: &str,
    chat_id: i64,
    message_id: i64,
    text: Option<&str>,
) -> Result<(), String> {
    let data = shared.world(|world| {
        let portal = world.portal_mut(member_id).ok_or("There is no such portal.")?;
        let operator = portal.operator();
        let chat = portal.chats.get_mut(&chat_id).ok_or("There is no such chat.")?;
        let head = (chat.connector.clone(), chat.line, chat.external_chat_id.clone());
        let message = portal.message_mut(chat_id, message_id).ok_or("There is no such message.")?;
        let content = match text {
            Some(text) => {
                message.text = text.to_string();
                json!({ "user_id": operator.id, "id": message.external_ids, "text": wire_text(text, false, &operator) })
            }
            None => {
                message.deleted = true;
                json!({ "id": message.external_ids.first() })
            }
        };
        Ok::<_, String>(json!({ "CONNECTOR": head.0, "LINE": head.1, "MESSAGES": [{
            "im": { "chat_id": chat_id, "message_id": message_id },
            "message": content,
            "chat": { "id": head.2 },
        }]}))
    })?;
    let event = if text.is_some() {
        "ONIMCONNECTORMESSAGEUPDATE"
    } else {
        "ONIMCONNECTORMESSAGEDELETE"
    };
    shared.tell_chat(member_id, chat_id);
    fire(shared, member_id, event, &data, &chat_id.to_string(), None);
    Ok(())
}
