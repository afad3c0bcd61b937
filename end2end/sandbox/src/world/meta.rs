//! Meta's side: who owns what, and what was said on WhatsApp.

use crate::words::now;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A Meta app with its webhook subscription.
#[derive(Debug, Clone)]
pub struct App {
    pub id: String,
    pub name: String,
    pub secret: String,
    pub callback_url: String,
    pub verify_token: String,
    /// "Valid OAuth Redirect URIs".
    pub redirect_uris: Vec<String>,
    pub config_id: String,
    /// The webhook fields it is subscribed to.
    pub fields: Vec<String>,
    /// Published; in development mode no webhook is sent.
    pub live: bool,
}

impl App {
    /// A webhook of this field goes out to it.
    pub fn hears(&self, field: &str) -> bool {
        self.live && self.fields.iter().any(|own| own == field)
    }
}

/// What became of a Graph token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenState {
    Good,
    /// 190 with subcode 463, as after its time.
    Expired,
    /// 190 with subcode 467, as after a password was changed or access withdrawn.
    Invalidated,
}

/// A Graph token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GraphToken {
    pub text: String,
    pub app: String,
    /// USER or SYSTEM_USER.
    pub kind: String,
    pub scopes: Vec<String>,
    pub wabas: Vec<String>,
    pub user_id: String,
    /// Unix seconds; 0 for never.
    pub expires_at: i64,
    pub issued_at: i64,
    pub state: TokenState,
}

impl GraphToken {
    /// The state with its time taken into account.
    pub fn state_now(&self) -> TokenState {
        if self.state == TokenState::Good && self.expires_at != 0 && self.expires_at <= now() {
            TokenState::Expired
        } else {
            self.state
        }
    }

    /// The permission was given.
    pub fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| own == scope)
    }
}

/// A person with a Facebook login.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub wabas: Vec<String>,
}

/// A code of the login dialog, waiting to be exchanged.
#[derive(Debug, Clone)]
pub struct LoginCode {
    pub code: String,
    pub redirect_uri: String,
    pub until: i64,
    pub used: bool,
    /// The token it is worth.
    pub token: GraphToken,
}

/// A WhatsApp Business Account.
#[derive(Debug, Clone)]
pub struct Waba {
    pub id: String,
    pub name: String,
    pub app: String,
    /// The portfolio that owns it.
    pub business: String,
    /// The portfolio it is shared with, or nothing.
    pub client_of: String,
    /// Further apps whose tokens may reach it.
    pub shared_with: Vec<String>,
    /// The apps that hear of it.
    pub subscribed: Vec<Subscription>,
    /// The code with which the Marketing Messages API refuses it; 0 where it is onboarded.
    pub marketing_refusal: u32,
    /// Its marketing templates go only through that API: `disable_marketing_messages_on_cloud_api`.
    pub marketing_only: bool,
}

/// An app that is subscribed to a WABA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub app: String,
    /// Where this app's webhooks about the WABA go instead of its own callback.
    pub override_url: Option<String>,
}

impl Waba {
    /// Tokens of this app may reach the WABA.
    pub fn reached_by(&self, app: &str) -> bool {
        self.app == app || self.shared_with.iter().any(|it| it == app)
    }

    /// The subscription of an app.
    pub fn subscription(&self, app: &str) -> Option<&Subscription> {
        self.subscribed.iter().find(|it| it.app == app)
    }

    /// Subscribes an app, or changes its override; other apps' subscriptions stay.
    pub fn subscribe(&mut self, app: &str, override_url: Option<String>) {
        self.unsubscribe(app);
        self.subscribed.push(Subscription {
            app: app.to_string(),
            override_url,
        });
    }

    /// Ends the subscription of an app.
    pub fn unsubscribe(&mut self, app: &str) {
        self.subscribed.retain(|it| it.app != app);
    }
}

/// A business phone number.
#[derive(Debug, Clone)]
pub struct Phone {
    pub id: String,
    pub waba: String,
    /// Digits only.
    pub number: String,
    pub name: String,
    /// Features of `/settings` besides calling.
    pub settings: Value,
    pub calling: super::Calling,
    pub pin: Option<String>,
    pub registered: bool,
    pub verified: bool,
    pub quality: String,
    /// What Meta says instead of CONNECTED or PENDING.
    pub status: Option<String>,
    /// The WhatsApp Business app uses it too: it may not be registered by API.
    pub on_biz_app: bool,
    /// How many conversations may be begun in a day, `TIER_2K`.
    pub limit: String,
    /// Registrations and deregistrations so far; ten are allowed.
    pub registrations: u32,
}

impl Phone {
    /// The status as Meta names it.
    pub fn status_now(&self) -> &str {
        match (&self.status, self.registered) {
            (Some(status), _) => status,
            (None, true) => "CONNECTED",
            (None, false) => "PENDING",
        }
    }
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
    /// Header, body, footer and what can be pressed, as the telephone shows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<SentTemplate>,
}

/// The template a message was made from.
#[derive(Debug, Clone, Serialize)]
pub struct SentTemplate {
    pub id: String,
    pub name: String,
    pub language: String,
    pub category: String,
    /// `messages` or `marketing_messages`.
    pub through: &'static str,
}

impl SentTemplate {
    /// The category as the `pricing` of a status names it.
    pub fn billed_as(&self) -> String {
        if self.through == "marketing_messages" {
            return "marketing_lite".to_string();
        }
        self.category.to_lowercase()
    }
}
