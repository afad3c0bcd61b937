//! The settings of a phone's calling, as their form has them.

use serde::{Deserialize, Serialize};

mod read;

/// How the keys of the speech's encryption are exchanged. Meta's own default is `Dtls`; ours is `Sdes`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Srtp {
    /// In the SIP message, no handshake: no clipped first second.
    #[default]
    Sdes,
    /// By a DTLS handshake with ICE.
    Dtls,
}

/// A day of the week, in Meta's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// All of them, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

/// From when to when, as typed: `09:00`. Empty for none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Span {
    /// When it opens.
    pub from: String,
    /// When it closes.
    pub until: String,
}

/// A day on which other hours hold, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Holiday {
    /// The day: `2026-12-16`. Empty for a row that is not used.
    pub date: String,
    /// From when calls are closed: `00:00`.
    pub from: String,
    /// Until when: `23:59`.
    pub until: String,
}

/// When the business takes calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hours {
    /// Whether hours are kept at all.
    pub on: bool,
    /// An IANA name: `Asia/Almaty`.
    pub timezone: String,
    /// Seven days from Monday, up to two spans each.
    pub week: Vec<Vec<Span>>,
    /// Up to 20.
    pub holidays: Vec<Holiday>,
}

/// What takes a message when nobody takes the call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Voicemail {
    /// Whether it is on.
    pub on: bool,
    /// When the call is declined.
    pub on_reject: bool,
    /// When nobody answers in time.
    pub on_timeout: bool,
    /// How long it rings first, seconds 0..=30, as typed.
    pub seconds: String,
    /// Meta's id of the announcement, as typed.
    pub announcement: String,
}

/// All settings of calling, as the form has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallingForm {
    /// Calling enabled.
    pub calling: bool,
    /// SIP enabled.
    pub sip: bool,
    /// The server's address: a DNS name.
    pub host: String,
    /// Its TLS port as typed; empty means 5061.
    pub port: String,
    /// Parameters of the Request-URI's user, `name=value` a line.
    pub uri_params: String,
    /// Whether Meta also sends webhooks of calls that go by SIP.
    pub webhooks: bool,
    /// Whether customers see the call icon.
    pub icon: bool,
    /// Countries that see it, ISO 3166 alpha-2 with blanks or commas; empty for all.
    pub countries: String,
    /// Whether a customer who calls is asked for leave to be called back.
    pub callback: bool,
    /// How speech keys are exchanged.
    pub srtp: Srtp,
    /// G.711 A-law besides Opus.
    pub pcma: bool,
    /// G.711 µ-law besides Opus.
    pub pcmu: bool,
    /// When calls are taken.
    pub hours: Hours,
    /// Voicemail.
    pub voicemail: Voicemail,
    /// Whether calls are shown in the portal's CRM.
    pub in_crm: bool,
    /// The employee of the portal who gets calls of customers the CRM gives to nobody; their id as typed.
    pub crm_user: String,
    /// Whether the form was made before Meta told what the number has: what nobody touched in it stays as Meta has it.
    pub unread: bool,
}

impl Default for CallingForm {
    fn default() -> Self {
        Self {
            calling: false,
            sip: false,
            host: String::new(),
            port: String::new(),
            uri_params: String::new(),
            webhooks: true,
            icon: true,
            countries: String::new(),
            callback: true,
            srtp: Srtp::Sdes,
            pcma: false,
            pcmu: false,
            hours: Hours::default(),
            voicemail: Voicemail::default(),
            in_crm: false,
            crm_user: String::new(),
            unread: false,
        }
    }
}
