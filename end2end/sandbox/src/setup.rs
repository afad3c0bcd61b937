//! What the sandbox starts with: the shape of `sandbox.toml` and of `POST /api/setup`.

use serde::{Deserialize, Serialize};

/// The demo setup that fits `setup.toml`, built in so that the program starts with no file at all.
pub const DEMO: &str = include_str!("../sandbox.toml");

/// Everything the pretend world holds at start. Both TOML and JSON use these names.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Setup {
    /// How fast ticks come and how long tokens live.
    pub behaviour: Behaviour,
    /// Meta apps: who signs the webhooks and where they go.
    pub app: Vec<AppSetup>,
    /// WhatsApp Business Accounts.
    pub waba: Vec<WabaSetup>,
    /// Business phone numbers.
    pub phone: Vec<PhoneSetup>,
    /// People with WhatsApp.
    pub customer: Vec<CustomerSetup>,
    /// Bitrix24 portals, each on a port of its own.
    pub portal: Vec<PortalSetup>,
}

/// The pace of the pretend world.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    /// Milliseconds before `sent`, and again before `delivered`.
    pub status_delay_ms: u64,
    /// Customers read every message at once, without a window open.
    pub auto_read: bool,
    /// Life of a Bitrix24 access token in seconds.
    pub token_seconds: i64,
    /// Milliseconds before a webhook is abandoned and counted as a failed attempt.
    pub webhook_timeout_ms: u64,
    /// Webhooks and events in flight at once, over all conversations.
    pub parallel: usize,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            status_delay_ms: 250,
            auto_read: false,
            token_seconds: 3600,
            webhook_timeout_ms: 20_000,
            parallel: 32,
        }
    }
}

/// A Meta app.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppSetup {
    pub id: String,
    #[serde(default)]
    pub name: String,
    pub secret: String,
    /// Where webhooks are posted; empty means none is saved yet.
    #[serde(default)]
    pub callback_url: String,
    #[serde(default)]
    pub verify_token: String,
}

/// A WhatsApp Business Account.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WabaSetup {
    pub id: String,
    #[serde(default)]
    pub name: String,
    /// The app whose token this is and who gets the webhooks.
    pub app: String,
    pub access_token: String,
    /// The app is subscribed to this WABA; without it no webhook is sent.
    #[serde(default = "yes")]
    pub subscribed: bool,
}

/// A business phone number.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneSetup {
    pub id: String,
    pub waba: String,
    /// The number in any form; digits count.
    pub number: String,
    #[serde(default)]
    pub name: String,
}

/// A person with WhatsApp. Without a number only the business-scoped id is known.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerSetup {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub user_id: Option<String>,
}

/// A Bitrix24 portal.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortalSetup {
    #[serde(default)]
    pub name: String,
    pub member_id: String,
    pub client_id: String,
    pub client_secret: String,
    pub application_token: String,
    /// Port to listen on; 0 chooses a free one.
    #[serde(default)]
    pub port: u16,
    /// Gets every event besides the handlers bound by `event.bind`.
    #[serde(default)]
    pub handler_url: String,
    #[serde(default)]
    pub user: Vec<UserSetup>,
    #[serde(default)]
    pub connector: Vec<ConnectorSetup>,
    #[serde(default)]
    pub line: Vec<LineSetup>,
}

/// Somebody who works in the portal; the first one's tokens are the ones of the install.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserSetup {
    pub id: i64,
    pub name: String,
    #[serde(default)]
    pub last_name: String,
    #[serde(default)]
    pub admin: bool,
    #[serde(default)]
    pub access_token: String,
    #[serde(default)]
    pub refresh_token: String,
}

/// A connector that is already registered.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConnectorSetup {
    pub id: String,
    pub name: String,
    /// The operator's name goes before the text.
    #[serde(default)]
    pub need_signature: bool,
}

/// An Open Line, with the connectors that are active and configured on it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineSetup {
    pub id: i64,
    pub name: String,
    #[serde(default)]
    pub connectors: Vec<String>,
}

fn yes() -> bool {
    true
}

/// Reads a setup from TOML; the message names the place of a mistake.
pub fn read(text: &str) -> Result<Setup, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}
