//! What a delivery carries, as JSON in its row. Addresses are not in it: they are looked up when
//! it leaves, so that a conversation follows its phone to another line.

use crate::bitrix::sms::SmsState;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// A line in the operator's chat: a customer's message, or why one of ours did not arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatLine {
    /// Our id of the line in Bitrix24 (`message.id`); what a look-up asks for.
    pub external_id: String,
    /// BB code.
    pub text: String,
    /// When it was written, unix seconds.
    pub at: i64,
}

/// A tick on an operator's message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// `im.chat_id`, as Bitrix24 gave it.
    pub im_chat_id: String,
    /// `im.message_id`.
    pub im_message_id: String,
    /// Meta's ids of the parts.
    pub external_ids: Vec<String>,
    /// When, unix seconds.
    pub at: i64,
}

/// News of a call, for the portal's telephony. What to tell is read from the call when it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallNews {
    /// The call's row.
    pub call: Uuid,
}

/// A text for a customer's phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerText {
    /// WhatsApp markup, at most 4096 characters.
    pub text: String,
}

/// What became of an SMS, for the portal that asked for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsStatus {
    /// The sender's code.
    pub code: String,
    /// The portal's id of the SMS.
    pub message_id: String,
    /// How far it has come.
    pub state: SmsState,
}

/// What Meta calls a template or an interactive message, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerContent {
    /// Meta's word for the type, and the key of `content`: `template` or `interactive`.
    pub kind: String,
    /// Meta's object of that type.
    pub content: Value,
    /// It is advertising: Meta has a way of its own for it.
    pub marketing: bool,
}
