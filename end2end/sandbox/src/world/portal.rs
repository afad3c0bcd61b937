//! Bitrix24's side: portals with their tokens, connectors, lines and chats.

use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// One portal.
#[derive(Debug)]
pub struct Portal {
    pub name: String,
    pub language: String,
    pub member_id: String,
    /// `host:port` it answers on.
    pub domain: String,
    /// Hosts that answer 302 with the new domain.
    pub old_domains: Vec<String>,
    /// The local applications.
    pub apps: Vec<LocalApp>,
    /// Pages of apps that are open, by their APP_SID.
    pub frames: HashMap<String, Frame>,
    /// Codes of the full OAuth flow.
    pub codes: Vec<OauthCode>,
    pub placements: Vec<Placement>,
    pub users: Vec<User>,
    /// Access tokens by their text.
    pub access: HashMap<String, Token>,
    /// Living refresh tokens; the old one goes when a new one is given.
    pub refresh: HashMap<String, Owner>,
    pub connectors: BTreeMap<String, Connector>,
    pub lines: BTreeMap<i64, Line>,
    pub chats: BTreeMap<i64, Chat>,
    /// Chat by connector, line and external user (or external chat, for group connectors).
    pub chat_index: HashMap<(String, i64, String), i64>,
    pub bound: Vec<Bound>,
    pub next_id: i64,
    /// The leaky bucket: level and when it was last drained (unix seconds with a fraction).
    pub bucket: (f64, f64),
    /// Seconds used per method and when that count started.
    pub operating: HashMap<String, (f64, f64)>,
    /// Message items seen, for the switch that refuses every n-th.
    pub items: u64,
    /// Chats changed by the running call; drained into live notices.
    pub touched: Vec<i64>,
    pub senders: Vec<Sender>,
    pub texts: Vec<Sms>,
    /// Calls of outside telephony, oldest first.
    pub calls: Vec<ExternalCall>,
    pub call_lines: Vec<ExternalLine>,
}

/// Somebody who works in the portal.
#[derive(Debug, Clone, Serialize)]
pub struct User {
    pub id: i64,
    pub name: String,
    pub last_name: String,
    pub admin: bool,
    /// May set up Open Lines.
    pub lines: bool,
    /// Works here no more; their tokens are worth nothing.
    pub dismissed: bool,
}

/// A local application.
#[derive(Debug, Clone, Serialize)]
pub struct LocalApp {
    pub client_id: String,
    pub client_secret: String,
    pub application_token: String,
    pub name: String,
    /// "Your handler path".
    pub handler: String,
    /// "Initial installation path".
    pub install: String,
    /// "Script uses API only".
    pub api_only: bool,
    /// What the tokens may do.
    pub scopes: Vec<String>,
    /// What the form says instead, until the app is installed again.
    pub scopes_pending: Option<Vec<String>>,
    /// Who may use it; everybody where nobody is named. Administrators may in any case.
    pub users: Vec<i64>,
    /// Grows with each update.
    pub version: i64,
    /// The installation is finished; before that no event comes and nothing of it is shown.
    pub installed: bool,
    /// Gets every event besides the handlers bound by `event.bind`.
    pub events_url: String,
}

impl LocalApp {
    /// Somebody may use it.
    pub fn open_to(&self, user: &User) -> bool {
        self.users.is_empty() || user.admin || self.users.contains(&user.id)
    }

    /// What was asked for since the last installation is given now.
    pub fn scopes_take(&mut self) {
        self.scopes = self
            .scopes_pending
            .take()
            .unwrap_or_else(|| std::mem::take(&mut self.scopes));
    }

    /// The app was given this permission.
    pub fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| own == scope)
    }
}

/// Whose a token is: a user of the portal, in an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    pub user: i64,
    /// The app's client id.
    pub app: String,
}

/// A page of an app that somebody looks at.
#[derive(Debug, Clone)]
pub struct Frame {
    pub owner: Owner,
    /// It shows the installation page, which may finish the installation.
    pub installing: bool,
}

/// A code of the full OAuth flow; single use, 30 seconds.
#[derive(Debug, Clone)]
pub struct OauthCode {
    pub code: String,
    pub owner: Owner,
    pub until: i64,
}

/// A handler bound by `placement.bind`.
#[derive(Debug, Clone)]
pub struct Placement {
    pub app: String,
    pub placement: String,
    pub handler: String,
    pub title: String,
}

/// An access token.
#[derive(Debug, Clone)]
pub struct Token {
    pub owner: Owner,
    pub expires: i64,
}

/// A registered connector.
#[derive(Debug, Clone)]
pub struct Connector {
    /// The app that registered it.
    pub app: String,
    pub name: String,
    pub need_signature: bool,
    pub chat_group: bool,
    pub placement_handler: String,
    /// Channel per line.
    pub channels: BTreeMap<i64, Channel>,
}

/// A connector on one line.
#[derive(Debug, Clone, Default)]
pub struct Channel {
    pub active: bool,
    /// What `imconnector.connector.data.set` stored.
    pub data: Option<Value>,
}

/// An SMS provider's sender.
#[derive(Debug, Clone, Serialize)]
pub struct Sender {
    /// The app that registered it.
    pub app: String,
    pub code: String,
    /// A text, or texts by language.
    pub name: Value,
    pub description: Value,
    pub handler: String,
}

/// A text message that was handed to a sender.
#[derive(Debug, Clone, Serialize)]
pub struct Sms {
    /// Hex, `message_id` on the wire.
    pub id: String,
    pub app: String,
    pub sender: String,
    /// Who sent it; 0 for a robot.
    pub author: i64,
    /// crm or bizproc.
    pub module: &'static str,
    /// As it was typed.
    pub to: String,
    pub body: String,
    pub at: i64,
    /// The last state that was reported back.
    pub state: Option<String>,
    /// Every state that was reported back, in order.
    pub reported: Vec<String>,
    /// The handler's answer: HTTP status, or 0 and words where there was none.
    pub answer: Option<(u16, String)>,
    /// The form as it was posted.
    #[serde(skip)]
    pub form: String,
}

/// A line of outside telephony.
#[derive(Debug, Clone, Serialize)]
pub struct ExternalLine {
    pub id: i64,
    /// The app that added it.
    pub app: String,
    pub number: String,
    pub name: String,
    pub auto_create: bool,
}

/// A call of outside telephony.
#[derive(Debug, Clone, Serialize)]
pub struct ExternalCall {
    /// `externalCall.<hex>.<unix seconds>`
    pub id: String,
    pub app: String,
    pub user: i64,
    pub number: String,
    /// 1 out, 2 in, 3 in and redirected, 4 callback, 5 information.
    pub kind: i64,
    pub line: String,
    /// `EXTERNAL_CALL_ID`
    pub external: String,
    pub started: String,
    pub registered_at: i64,
    /// How often it was registered; more than once is the same call told again.
    pub registered: u32,
    /// A card of it is on somebody's screen.
    pub shown: bool,
    pub finished: bool,
    pub duration: i64,
    pub status: String,
    /// The CRM activity, once it is finished.
    pub activity: i64,
    /// What it made in the CRM.
    pub created: Option<(String, i64)>,
}

/// An Open Line.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: i64,
    pub params: serde_json::Map<String, Value>,
}

impl Line {
    /// The line's name for people.
    pub fn name(&self) -> String {
        crate::words::text_of(self.params.get("LINE_NAME")).unwrap_or_default()
    }

    /// The line works.
    pub fn active(&self) -> bool {
        crate::words::flag_of(self.params.get("ACTIVE"), true)
    }
}

/// A handler bound by `event.bind`.
#[derive(Debug, Clone)]
pub struct Bound {
    pub id: i64,
    pub app: String,
    /// Upper case.
    pub event: String,
    pub handler: String,
    pub auth_type: i64,
}

/// A chat of an Open Line.
#[derive(Debug, Clone, Serialize)]
pub struct Chat {
    pub id: i64,
    pub session_id: i64,
    pub connector: String,
    pub line: i64,
    pub external_chat_id: String,
    pub external_user_id: String,
    /// The portal's own id of the guest.
    pub guest_id: i64,
    pub name: String,
    pub messages: Vec<ChatMessage>,
}

/// Where a chat message comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    In,
    Out,
    System,
}

/// What the operator sees beside their message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChatTick {
    /// Not for incoming messages.
    None,
    Undelivered,
    Delivered,
    Read,
}

/// One message in a chat.
#[derive(Debug, Clone, Serialize)]
pub struct ChatMessage {
    pub id: i64,
    /// External ids: given with the message, or by the delivery status.
    pub external_ids: Vec<String>,
    pub direction: Direction,
    pub author: String,
    pub text: String,
    pub status: ChatTick,
    pub at: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Value>,
    /// What became of the event that carried it to the handlers: waiting, ok, or the failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    pub deleted: bool,
}
