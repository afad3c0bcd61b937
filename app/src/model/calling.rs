//! Calling of a phone: what Meta has, what failed, what is otherwise than it was saved.

use serde::{Deserialize, Serialize};

use super::{CallingForm, Check, Moment, PhoneId};

/// On, off, or nobody could tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// Meta says it is on.
    On,
    /// Meta says it is off.
    Off,
    /// Meta has not been asked, or did not say.
    Unknown,
}

/// What failed and is not solved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingError {
    /// Meta's code: `138015`; empty where there was none.
    pub code: String,
    /// Meta's words.
    pub said: String,
    /// What it means, in the reader's language; empty for unknown codes.
    pub means: String,
    /// What to do now, in the reader's language; empty for unknown codes.
    pub remedy: String,
    /// When.
    pub at: Moment,
}

/// One setting that is otherwise at Meta.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Its path in Meta's object: `sip.servers`.
    pub field: String,
    /// What was saved here.
    pub ours: String,
    /// What Meta has.
    pub metas: String,
}

/// A SIP server Meta has for the number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SipServer {
    /// The Meta app it belongs to, where Meta says so.
    pub app: Option<String>,
    /// Its name.
    pub host: String,
    /// Its port, where Meta says so.
    pub port: Option<u16>,
    /// Whether it is of the app whose token we use.
    pub is_ours: bool,
}

/// A restriction Meta has put on the number's calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// Meta's kind of it.
    pub kind: String,
    /// Meta's reason.
    pub reason: Option<String>,
    /// Until when.
    pub until: Option<Moment>,
}

/// What a check of a telephone server found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrunkReport {
    /// The server that was checked.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Steps in their order; names as `thoth trunk check` prints them.
    pub steps: Vec<TrunkStep>,
    /// When it was checked.
    pub at: Moment,
}

/// One step of a check of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrunkStep {
    /// How it ended, with the code of its sentence and its values; `detail` is the proof, `ms` how long it took.
    pub check: Check,
    /// What to do, in the reader's language; empty when it is well.
    pub remedy: String,
}

/// Everything the page of a phone's calling shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingDetail {
    /// The phone.
    pub phone: PhoneId,
    /// Its number with `+`.
    pub number: String,
    /// What the form begins with: what was saved, else what Meta has, else our defaults.
    pub form: CallingForm,
    /// Whether Meta says calling is on.
    pub calling: Switch,
    /// Whether Meta says SIP is on.
    pub sip: Switch,
    /// When Meta said so.
    pub read_at: Option<Moment>,
    /// What failed and is not solved.
    pub error: Option<CallingError>,
    /// What is otherwise at Meta than it was saved here.
    pub drift: Vec<Difference>,
    /// All servers Meta has.
    pub servers: Vec<SipServer>,
    /// What Meta forbids.
    pub restrictions: Vec<Restriction>,
    /// Whether the SIP password is known here.
    pub has_password: bool,
    /// Whether the portal may be told of calls: it has the scope `telephony`.
    pub telephony: bool,
    /// The last check of the server.
    pub trunk: Option<TrunkReport>,
}

/// How saving ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingSaved {
    /// What stays different at Meta though it was written twice.
    pub drift: Vec<Difference>,
}

/// What a telephone server signs in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SipCredentials {
    /// The number's digits.
    pub username: String,
    /// Meta's password.
    pub password: String,
}

/// Whose settings win.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DriftSide {
    /// What was saved here is written to Meta again.
    Ours,
    /// What Meta has is kept here.
    Metas,
}

/// What happened to a phone's calling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingEvent {
    /// When.
    pub at: Moment,
    /// Who did it; none for Meta and THOTH itself.
    pub person: Option<String>,
    /// A stable code: `saved`, `failed`, `solved`, `drift`, `revealed`, `rotated`, `meta_changed`, `restricted`,
    /// `checked`.
    pub kind: String,
    /// What changed.
    pub changes: Vec<Difference>,
    /// Meta's code and words, where it failed.
    pub said: Option<String>,
}

/// Why no call arrives: what must be true, in the order to look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyNoCall {
    /// Each with its proof; remedies are told by its code.
    pub checks: Vec<Check>,
    /// The first that stops calls.
    pub stops: Option<u8>,
}

/// Telephone servers for which a configuration is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pbx {
    /// Asterisk.
    Asterisk,
    /// FreePBX.
    Freepbx,
    /// FreeSWITCH.
    Freeswitch,
    /// Kamailio.
    Kamailio,
    /// Any other: a table of values.
    Other,
}

impl Pbx {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::Asterisk,
        Self::Freepbx,
        Self::Freeswitch,
        Self::Kamailio,
        Self::Other,
    ];
}

/// A file for a telephone server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigFile {
    /// Its name: `pjsip.conf`.
    pub name: String,
    /// What is in it.
    pub text: String,
}
