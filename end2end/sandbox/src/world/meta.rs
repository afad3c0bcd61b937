//! Meta's side: who owns what, and what was said on WhatsApp.

use serde::Serialize;
use serde_json::Value;

/// A Meta app with its webhook subscription.
#[derive(Debug, Clone)]
pub struct App {
    pub id: String,
    pub name: String,
    pub secret: String,
    pub callback_url: String,
    pub verify_token: String,
}

/// A WhatsApp Business Account.
#[derive(Debug, Clone)]
pub struct Waba {
    pub id: String,
    pub name: String,
    pub app: String,
    pub access_token: String,
    /// Set by the switch "expire tokens": Graph answers 190/463 from then on.
    pub expired: bool,
    pub subscribed: bool,
    /// Override callback of this WABA and its verify token.
    pub override_url: Option<String>,
}

/// A business phone number.
#[derive(Debug, Clone)]
pub struct Phone {
    pub id: String,
    pub waba: String,
    /// Digits only.
    pub number: String,
    pub name: String,
    pub settings: Value,
    pub pin: Option<String>,
}

/// A person with WhatsApp.
#[derive(Debug, Clone, Serialize)]
pub struct Customer {
    pub id: String,
    pub name: String,
    /// Digits; none where only the business-scoped id is known.
    pub number: Option<String>,
    pub user_id: String,
    /// The telephone is switched off: messages stay at one tick.
    pub offline: bool,
    /// Every message to this customer fails later with this code.
    pub fails_with: Option<u32>,
}

impl Customer {
    /// What stands for this person on the wire: the number where there is one, else the scoped id.
    pub fn peer(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.user_id)
    }
}

/// Everything said between one customer and one business number.
#[derive(Debug, Default)]
pub struct Talk {
    pub messages: Vec<TalkMessage>,
    /// End of the 24-hour window, unix seconds; 0 where the customer never wrote.
    pub window_until: i64,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Author {
    Customer,
    Business,
}

/// How far a message got. The order is the order in which they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tick {
    /// Taken by Meta; a clock on the phone.
    Accepted,
    Sent,
    Delivered,
    Read,
    Failed,
}

/// One message in a talk.
#[derive(Debug, Clone, Serialize)]
pub struct TalkMessage {
    pub wamid: String,
    pub from: Author,
    #[serde(rename = "type")]
    pub kind: String,
    /// What a person sees: the text, or a short stand-in for other types.
    pub text: String,
    pub tick: Tick,
    pub at: i64,
    /// The `biz_opaque_callback_data` given with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opaque: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<u32>,
    /// The message this one quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotes: Option<String>,
}
