//! `imconnector.send.messages`: customers' messages into the chat.

use serde_json::{Map, Value, json};

use super::channel::{Channel, plain};
use crate::bitrix::authorized::AuthorizedClient;
use crate::bitrix::call_error::CallError;
use crate::bitrix::tokens::PortalKeys;
use crate::outside::loose;

/// A customer's message for the chat.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InboundItem {
    /// `user.id`: how the customer is known, and stays known.
    pub user_id: String,
    /// At most 25 letters, spaces, hyphens, apostrophes: see `translate::person_name`.
    pub name: String,
    /// As `name`.
    pub last_name: Option<String>,
    /// With `+`; absent for a customer known by scoped id only.
    pub phone: Option<String>,
    /// `message.id`: our own id, found again as `connectorMid`.
    pub message_id: String,
    /// Unix seconds.
    pub date: Option<i64>,
    /// BB code.
    pub text: String,
    /// No CRM entry for this message: for THOTH's own lines.
    pub disable_crm: bool,
    /// Post it as this user of the portal: for what the business wrote on its phone.
    pub as_user: Option<String>,
    /// `chat.id`: comes back with the operator's answer.
    pub chat_id: String,
    /// The chat's name.
    pub chat_name: Option<String>,
}

/// What became of one message.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemResult {
    /// It stands in the chat.
    Accepted {
        /// The open line's session; not always told.
        session_id: Option<String>,
        /// The chat in Bitrix24; not always told.
        chat_id: Option<String>,
        /// Bitrix24's own id of the customer.
        user: Option<String>,
    },
    /// It does not, although the call as a whole may say so (R20).
    Refused {
        /// In Bitrix24's words.
        errors: String,
    },
    /// The answer says nothing about it: look before it is repeated.
    Unknown,
}

/// The parameters for a list of messages; every item has its three blocks.
pub fn send_messages_params(channel: &Channel, items: &[InboundItem]) -> Value {
    let messages: Vec<Value> = items.iter().map(message).collect();
    json!({"CONNECTOR": channel.connector, "LINE": channel.line_value(), "MESSAGES": messages})
}

fn message(item: &InboundItem) -> Value {
    let mut user = Map::new();
    user.insert("id".to_owned(), item.user_id.clone().into());
    user.insert("name".to_owned(), item.name.clone().into());
    if let Some(last_name) = &item.last_name {
        user.insert("last_name".to_owned(), last_name.clone().into());
    }
    if let Some(phone) = &item.phone {
        user.insert("phone".to_owned(), phone.clone().into());
        // WhatsApp has proven the number; Bitrix24's own check knows fewer of them.
        user.insert("skip_phone_validate".to_owned(), "Y".into());
    }
    let mut message = Map::new();
    message.insert("id".to_owned(), item.message_id.clone().into());
    message.insert("text".to_owned(), item.text.clone().into());
    if let Some(date) = item.date {
        message.insert("date".to_owned(), date.into());
    }
    if item.disable_crm {
        message.insert("disable_crm".to_owned(), "Y".into());
    }
    if let Some(as_user) = &item.as_user {
        message.insert("user_id".to_owned(), as_user.clone().into());
    }
    let mut chat = Map::new();
    chat.insert("id".to_owned(), item.chat_id.clone().into());
    if let Some(name) = &item.chat_name {
        chat.insert("name".to_owned(), name.clone().into());
    }
    json!({"user": user, "message": message, "chat": chat})
}

/// Reads the result: one end for each message, in their order.
///
/// Results are matched by message and chat id first. Those that name no message are taken by position, when there
/// are as many results as messages. What is left is unknown, unless the call as a whole was refused.
pub fn send_messages_read(result: &Value, items: &[InboundItem]) -> Vec<ItemResult> {
    let data = loose::field_any_case(result, "DATA");
    let list = data
        .and_then(|found| loose::field_any_case(found, "RESULT"))
        .map(loose::items)
        .unwrap_or_default();
    let outer = loose::field_any_case(result, "SUCCESS").and_then(loose::as_flag);
    let rest = match outer {
        Some(false) if list.is_empty() => ItemResult::Refused {
            errors: errors(result),
        },
        Some(_) | None => ItemResult::Unknown,
    };
    let mut taken = vec![false; list.len()];
    let mut ends: Vec<Option<ItemResult>> = items
        .iter()
        .map(|item| {
            let found = list
                .iter()
                .enumerate()
                .find(|(index, raw)| taken.get(*index) == Some(&false) && names(raw, item));
            let (index, raw) = found?;
            if let Some(flag) = taken.get_mut(index) {
                *flag = true;
            }
            Some(item_result(raw))
        })
        .collect();
    if list.len() == items.len() {
        for ((end, raw), taken) in ends.iter_mut().zip(&list).zip(&taken) {
            if end.is_none() && !taken && message_id(raw).is_none() {
                *end = Some(item_result(raw));
            }
        }
    }
    ends.into_iter()
        .map(|end| end.unwrap_or_else(|| rest.clone()))
        .collect()
}

fn message_id(raw: &Value) -> Option<String> {
    loose::field_any_case(raw, "message").and_then(|found| loose::filled_any_case(found, "id"))
}

fn names(raw: &Value, item: &InboundItem) -> bool {
    let chat =
        loose::field_any_case(raw, "chat").and_then(|found| loose::filled_any_case(found, "id"));
    message_id(raw).as_deref() == Some(item.message_id.as_str())
        && chat.is_none_or(|chat| chat == item.chat_id)
}

fn item_result(raw: &Value) -> ItemResult {
    match loose::field_any_case(raw, "SUCCESS").and_then(loose::as_flag) {
        Some(true) => {
            let session = loose::field_any_case(raw, "session");
            let part = |key: &str| session.and_then(|found| loose::filled_any_case(found, key));
            let user = loose::field_any_case(raw, "user");
            ItemResult::Accepted {
                session_id: part("ID"),
                chat_id: part("CHAT_ID"),
                user: user.and_then(|found| {
                    loose::as_text(found).or_else(|| loose::filled_any_case(found, "id"))
                }),
            }
        }
        Some(false) => ItemResult::Refused {
            errors: errors(raw),
        },
        None => ItemResult::Unknown,
    }
}

fn errors(raw: &Value) -> String {
    let found = loose::field_any_case(raw, "ERRORS")
        .or_else(|| loose::field_any_case(raw, "error_description"));
    found
        .map(plain)
        .filter(|words| !words.is_empty())
        .unwrap_or_else(|| "the portal gives no reason".to_owned())
}

/// Puts customers' messages into their chats, in the order given.
pub async fn send_messages(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    channel: &Channel,
    items: &[InboundItem],
) -> Result<Vec<ItemResult>, CallError> {
    let params = send_messages_params(channel, items);
    let answer = api
        .call(portal, "imconnector.send.messages", params)
        .await?;
    Ok(send_messages_read(&answer.result, items))
}
