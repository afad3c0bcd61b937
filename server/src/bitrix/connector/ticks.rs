//! What became of operators' messages, told to the portal.

use serde_json::{Value, json};

use super::channel::{Channel, refusal};
use crate::bitrix::authorized::AuthorizedClient;
use crate::bitrix::call_error::CallError;
use crate::bitrix::tokens::PortalKeys;
use crate::outside::loose;

/// A message of an operator that reached WhatsApp.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusItem {
    /// `im.chat_id` of the event.
    pub im_chat_id: String,
    /// `im.message_id` of the event.
    pub im_message_id: String,
    /// Our own ids of it: several when it went out in several messages.
    pub message_ids: Vec<String>,
    /// Unix seconds.
    pub date: Option<i64>,
    /// `chat.id` of the event.
    pub chat_id: String,
}

/// Parameters of `imconnector.send.status.delivery`.
pub fn delivery_params(channel: &Channel, items: &[StatusItem]) -> Value {
    status_item_params(channel, items, true)
}

/// Parameters of `imconnector.send.status.reading`.
pub fn reading_params(channel: &Channel, items: &[StatusItem]) -> Value {
    status_item_params(channel, items, false)
}

fn status_item_params(channel: &Channel, items: &[StatusItem], with_date: bool) -> Value {
    let message = |item: &StatusItem| match item.date.filter(|_| with_date) {
        Some(date) => json!({"id": item.message_ids, "date": date}),
        None => json!({"id": item.message_ids}),
    };
    let number = |text: &str| {
        text.parse::<i64>()
            .map_or_else(|_| Value::from(text), Value::from)
    };
    let messages: Vec<Value> = items
        .iter()
        .map(|item| {
            json!({"im": {"chat_id": number(&item.im_chat_id), "message_id": number(&item.im_message_id)},
                "message": message(item), "chat": {"id": item.chat_id}})
        })
        .collect();
    json!({"CONNECTOR": channel.connector, "LINE": channel.line_value(), "MESSAGES": messages})
}

/// Reads the result of a status call: `SUCCESS` false inside an HTTP 200 is a refusal (R20).
pub fn status_call_read(result: &Value) -> Result<(), CallError> {
    match loose::field_any_case(result, "SUCCESS").unwrap_or(result) {
        found if loose::as_flag(found) == Some(true) => Ok(()),
        _ => Err(refusal(result)),
    }
}

/// Tells the portal that messages reached WhatsApp: their tick.
pub async fn send_status_delivery(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    channel: &Channel,
    items: &[StatusItem],
) -> Result<(), CallError> {
    let params = delivery_params(channel, items);
    status_call_read(
        &api.call(portal, "imconnector.send.status.delivery", params)
            .await?
            .result,
    )
}

/// Tells the portal that messages were read. Bitrix24's own handler does nothing with it today.
pub async fn send_status_reading(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    channel: &Channel,
    items: &[StatusItem],
) -> Result<(), CallError> {
    let params = reading_params(channel, items);
    status_call_read(
        &api.call(portal, "imconnector.send.status.reading", params)
            .await?
            .result,
    )
}
