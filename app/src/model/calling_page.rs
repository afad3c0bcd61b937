//! What the pages of calling begin with, or came back with.

use serde::{Deserialize, Serialize};

use super::{CallingDetail, CallingForm, ConfigFile, Moment, Pbx, Problem, SipCredentials, Switch};

/// The page with the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingShown {
    /// How it stands.
    pub detail: CallingDetail,
    /// The form that was refused, and why.
    pub refused: Option<(CallingForm, Vec<Problem>)>,
}

/// How calling stands, in few words: for the phone's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingState {
    /// Whether Meta says calling is on.
    pub calling: Switch,
    /// Whether Meta says SIP is on.
    pub sip: Switch,
    /// When Meta said so.
    pub read_at: Option<Moment>,
    /// Meta's code of what failed and is not solved, or its words where it has no code.
    pub error: Option<String>,
    /// Whether something is otherwise at Meta than it was saved here.
    pub differs: bool,
}

/// The page with what a telephone server signs in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordShown {
    /// The number with `+`.
    pub number: String,
    /// Whether the SIP password is known here.
    pub has_password: bool,
    /// It, where somebody has just asked for it.
    pub revealed: Option<SipCredentials>,
    /// Why it is not shown though it was asked for.
    pub problem: Option<Problem>,
}

/// The page with the files for a telephone server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupShown {
    /// The files.
    pub files: Vec<ConfigFile>,
    /// Whether the SIP password stands in them.
    pub with_password: bool,
    /// Why it does not though it was asked for.
    pub problem: Option<Problem>,
}

impl Pbx {
    /// Its name in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Asterisk => "asterisk",
            Self::Freepbx => "freepbx",
            Self::Freeswitch => "freeswitch",
            Self::Kamailio => "kamailio",
            Self::Other => "other",
        }
    }

    /// The one with this name in addresses.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pbx| pbx.slug() == slug)
    }
}
