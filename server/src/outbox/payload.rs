//! What a delivery carries, as JSON in its row. Addresses are not in it: they are looked up when
//! it leaves, so that a conversation follows its phone to another line.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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

/// A text for a customer's phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerText {
    /// WhatsApp markup, at most 4096 characters.
    pub text: String,
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
