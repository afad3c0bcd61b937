//! The connector itself: registered, switched on for a line, described, and asked how it is.

use serde_json::{Value, json};

use super::channel::{Channel, refusal};
use crate::bitrix::authorized::AuthorizedClient;
use crate::bitrix::call_error::CallError;
use crate::bitrix::tokens::PortalKeys;
use crate::outside::loose;

/// What the contact centre shows of the connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectorCard {
    /// Lower case letters, digits and `_`; a dot is an error.
    pub id: String,
    /// The tile's title.
    pub name: String,
    /// `data:image/svg+xml,…`
    pub icon: String,
    /// Such as `#25d366`.
    pub color: String,
    /// Our page for the connector's settings.
    pub handler: String,
}

/// What a line shows of its channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelData {
    /// Unique per channel.
    pub id: String,
    /// Such as `https://wa.me/15550001111`.
    pub url: String,
    /// The channel's name.
    pub name: String,
}

/// How a channel is. Green is `status`: active, connected, registered and without error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectorStatus {
    /// Everything is right.
    pub status: bool,
    /// The channel was set up.
    pub configured: bool,
    /// Bitrix24 sees an error.
    pub error: bool,
    /// The line it speaks of; `0` would mean that none was asked about.
    pub line: Option<String>,
}

/// Parameters of `imconnector.register`. Calling it again updates the connector.
///
/// Editing and deleting by operators is off: the Cloud API can do neither. Free-text mailings are off: they break
/// the 24-hour rule.
pub fn register_params(card: &ConnectorCard) -> Value {
    let icon =
        json!({"DATA_IMAGE": card.icon, "COLOR": card.color, "SIZE": "90%", "POSITION": "center"});
    json!({"ID": card.id, "NAME": card.name, "ICON": icon, "PLACEMENT_HANDLER": card.handler,
        "EDIT_INTERNAL_MESSAGES": false, "DEL_INTERNAL_MESSAGES": false, "NEWSLETTER": false,
        "NEED_SYSTEM_MESSAGES": true, "NEED_SIGNATURE": false, "CHAT_GROUP": false})
}

/// Registers or updates the connector.
pub async fn register(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    card: &ConnectorCard,
) -> Result<(), CallError> {
    done(
        &api.call(portal, "imconnector.register", register_params(card))
            .await?
            .result,
    )
}

/// Parameters of `imconnector.activate`; `1` and `0` are the only words that are not ambiguous.
pub fn activate_params(channel: &Channel, active: bool) -> Value {
    let flag = if active { "1" } else { "0" };
    json!({"CONNECTOR": channel.connector, "LINE": channel.line_value(), "ACTIVE": flag})
}

/// Switches the connector on or off for a line. `data_set` must follow before the tile is green.
pub async fn activate(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    channel: &Channel,
    active: bool,
) -> Result<(), CallError> {
    done(
        &api.call(
            portal,
            "imconnector.activate",
            activate_params(channel, active),
        )
        .await?
        .result,
    )
}

/// Parameters of `imconnector.connector.data.set`.
pub fn data_set_params(channel: &Channel, data: &ChannelData) -> Value {
    json!({"CONNECTOR": channel.connector, "LINE": channel.line_value(),
        "DATA": {"ID": data.id, "URL": data.url, "URL_IM": data.url, "NAME": data.name}})
}

/// Describes the channel; everything said before is overwritten.
pub async fn data_set(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    channel: &Channel,
    data: &ChannelData,
) -> Result<(), CallError> {
    done(
        &api.call(
            portal,
            "imconnector.connector.data.set",
            data_set_params(channel, data),
        )
        .await?
        .result,
    )
}

/// Parameters of `imconnector.status`. Without the line it would always look inactive.
pub fn status_params(channel: &Channel) -> Value {
    json!({"CONNECTOR": channel.connector, "LINE": channel.line_value()})
}

/// Reads the result of `imconnector.status`; `None` when it is no such thing.
pub fn status_read(result: &Value) -> Option<ConnectorStatus> {
    let flag = |key: &str| loose::field_any_case(result, key).and_then(loose::as_flag);
    Some(ConnectorStatus {
        status: flag("STATUS")?,
        configured: flag("CONFIGURED").unwrap_or(false),
        error: flag("ERROR").unwrap_or(false),
        line: loose::filled_any_case(result, "LINE"),
    })
}

/// Asks how the channel is.
pub async fn status(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    channel: &Channel,
) -> Result<ConnectorStatus, CallError> {
    let answer = api
        .call(portal, "imconnector.status", status_params(channel))
        .await?;
    let reason = "the answer is no connector's status".to_owned();
    status_read(&answer.result).ok_or(CallError::Unknown { reason })
}

/// `true`, or an object whose `result` is true; anything else is a refusal inside an HTTP 200 (R20).
fn done(result: &Value) -> Result<(), CallError> {
    let inner = loose::field(result, "result").unwrap_or(result);
    if loose::as_flag(inner) == Some(true) {
        Ok(())
    } else {
        Err(refusal(result))
    }
}
