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
    /// Graph tokens besides those that stand with their WABA.
    pub token: Vec<TokenSetup>,
    /// People with a Facebook login.
    pub person: Vec<PersonSetup>,
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
    /// Life of the token a Facebook login without a configuration gives; 0 for never ending.
    pub login_token_seconds: i64,
    /// Seconds a code of the login dialog may be exchanged.
    pub code_seconds: i64,
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
            login_token_seconds: 5_183_944,
            code_seconds: 600,
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
    /// "Valid OAuth Redirect URIs"; a login elsewhere is blocked.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// The configuration of Facebook Login for Business; its tokens belong to a system user and never end.
    #[serde(default)]
    pub config_id: String,
    /// The webhook fields it is subscribed to; `messages`, those of calling and those of templates where a callback is saved and
    /// nothing is said.
    #[serde(default)]
    pub fields: Option<Vec<String>>,
    /// Published; an app in development mode gets no webhook. So where a callback is saved and nothing is said.
    #[serde(default)]
    pub live: Option<bool>,
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
    /// Further apps whose tokens may reach it.
    #[serde(default)]
    pub shared_with: Vec<String>,
    /// A permanent system user token for it; none where it is empty.
    #[serde(default)]
    pub access_token: String,
    /// The business portfolio that owns it.
    #[serde(default = "business")]
    pub business: String,
    /// A portfolio it is shared with, as with an agency.
    #[serde(default)]
    pub client_of: String,
    /// The app is subscribed to this WABA; without it no webhook is sent.
    #[serde(default = "yes")]
    pub subscribed: bool,
    /// It begins with the templates of `templates.json`.
    #[serde(default = "yes")]
    pub templates: bool,
    /// Onboarded to the Marketing Messages API.
    #[serde(default = "yes")]
    pub marketing: bool,
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
    /// Registered for the Cloud API; without it the number is PENDING and sends nothing.
    #[serde(default = "yes")]
    pub registered: bool,
    /// The code sent to the number was entered.
    #[serde(default = "yes")]
    pub verified: bool,
    /// The two-step PIN it has already.
    #[serde(default)]
    pub pin: String,
    #[serde(default = "green")]
    pub quality: String,
}

/// A Graph token.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenSetup {
    pub text: String,
    pub app: String,
    /// USER or SYSTEM_USER.
    #[serde(default = "system_user")]
    pub kind: String,
    #[serde(default = "both_scopes")]
    pub scopes: Vec<String>,
    /// The WABAs it reaches.
    pub wabas: Vec<String>,
    /// Seconds it lives; 0 for ever, less for one that is over.
    #[serde(default)]
    pub expires_in: i64,
}

/// A person with a Facebook login.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonSetup {
    pub id: String,
    pub name: String,
    /// The WABAs this person may share with an app.
    #[serde(default)]
    pub wabas: Vec<String>,
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
    /// The language its pages are opened in.
    #[serde(default = "english")]
    pub language: String,
    pub member_id: String,
    /// An app that is installed already; none where it is empty.
    #[serde(default)]
    pub client_id: String,
    #[serde(default)]
    pub client_secret: String,
    #[serde(default)]
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
    /// May set up Open Lines; admins may in any case.
    #[serde(default = "yes")]
    pub lines: bool,
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

fn business() -> String {
    "42".to_string()
}

fn english() -> String {
    "en".to_string()
}

fn green() -> String {
    "GREEN".to_string()
}

fn system_user() -> String {
    "SYSTEM_USER".to_string()
}

fn both_scopes() -> Vec<String> {
    [
        "whatsapp_business_management",
        "whatsapp_business_messaging",
    ]
    .map(str::to_string)
    .to_vec()
}

/// Reads a setup from TOML; the message names the place of a mistake.
pub fn read(text: &str) -> Result<Setup, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}
