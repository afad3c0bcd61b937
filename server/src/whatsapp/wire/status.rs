//! What became of a message we sent.

use serde_json::Value;

use crate::outside::loose;
use crate::whatsapp::errors::GraphError;

/// How far a message got. Meta promises no order: `read` may come before `delivered`, or instead of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusKind {
    /// Meta has it.
    Sent,
    /// It is on the phone.
    Delivered,
    /// It was read.
    Read,
    /// A voice note was listened to.
    Played,
    /// It will not arrive; the errors say why.
    Failed,
    /// A word Meta did not tell us about.
    Unknown(String),
}

impl StatusKind {
    fn read(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "played" => Self::Played,
            "failed" => Self::Failed,
            _ => Self::Unknown(word.to_owned()),
        }
    }
}

/// One of `statuses[]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// The id of the message we sent (`wamid.`), or of a call.
    pub id: Option<String>,
    /// How far it got.
    pub status: StatusKind,
    /// Unix seconds.
    pub timestamp: Option<i64>,
    /// The number it went to; absent for a customer known by scoped id only.
    pub recipient_id: Option<String>,
    /// The scoped id it went to.
    pub recipient_user_id: Option<String>,
    /// Our own word from the send (`biz_opaque_callback_data`): matches a status without a message id.
    pub opaque: Option<String>,
    /// It speaks of a call, not of a message.
    pub of_call: bool,
    /// Why it failed.
    pub errors: Vec<GraphError>,
    /// The item as it came.
    pub raw: Value,
}

impl Status {
    /// Reads a status that was kept as JSON for later.
    pub fn from_json(raw: Value) -> Option<Self> {
        Self::read(raw, false).ok()
    }

    /// Reads what is there; gives the value back when it is no object.
    pub(super) fn read(raw: Value, in_calls: bool) -> Result<Self, Value> {
        if !raw.is_object() {
            return Err(raw);
        }
        Ok(Self {
            id: loose::filled(&raw, "id"),
            status: StatusKind::read(&loose::text(&raw, "status").unwrap_or_default()),
            timestamp: loose::integer(&raw, "timestamp"),
            recipient_id: loose::filled(&raw, "recipient_id"),
            recipient_user_id: loose::filled(&raw, "recipient_user_id"),
            opaque: loose::filled(&raw, "biz_opaque_callback_data"),
            of_call: in_calls || loose::text(&raw, "type").as_deref() == Some("call"),
            errors: GraphError::read_list(&raw, "errors"),
            raw,
        })
    }
}
