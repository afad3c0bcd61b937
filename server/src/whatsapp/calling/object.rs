//! Meta's `calling` object.

use serde_json::Value;
use std::collections::BTreeMap;

/// The settings of a number's calling. What Meta did not say is none: its defaults are nobody's to guess here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calling {
    /// Whether calling is on.
    pub is_on: Option<bool>,
    /// Who sees the call icon.
    pub icon: Option<Icon>,
    /// Countries whose customers see it, in capitals; empty for all.
    pub countries: Option<Vec<String>>,
    /// Whether a customer who calls is asked for leave to be called back.
    pub callback: Option<bool>,
    /// When calls are taken.
    pub hours: Option<Hours>,
    /// How the keys of the speech are exchanged; Meta does not tell it where it never was set.
    pub key_exchange: Option<KeyExchange>,
    /// The telephone servers.
    pub sip: Option<Sip>,
    /// Codecs besides Opus, in capitals.
    pub codecs: Option<Vec<String>>,
    /// Voicemail.
    pub voicemail: Option<Voicemail>,
    /// What Meta forbids at the moment.
    pub restrictions: Vec<Restriction>,
    /// The object as it came, without passwords.
    pub raw: Value,
}

/// Who sees the call icon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Everybody.
    Shown,
    /// Nobody.
    Hidden,
    /// A word of Meta's that is new here.
    Other(String),
}

/// How the keys of the speech are exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyExchange {
    /// In the SIP message.
    Sdes,
    /// By a handshake.
    Dtls,
    /// A word of Meta's that is new here.
    Other(String),
}

/// When calls are taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// Whether hours are kept. Where Meta leaves the word out, hours that are there count.
    pub is_on: bool,
    /// An IANA name; empty where Meta does not say.
    pub timezone: String,
    /// When it is open, in Meta's order.
    pub week: Vec<Opening>,
    /// Days with other hours.
    pub holidays: Vec<Shut>,
}

/// An opening on a day of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// `MONDAY`.
    pub day: String,
    /// `0900`.
    pub open: String,
    /// `1800`.
    pub close: String,
}

/// A time on a date when calls are not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shut {
    /// `2026-12-16`.
    pub date: String,
    /// `0000`.
    pub from: String,
    /// `2359`.
    pub until: String,
}

/// The telephone servers of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sip {
    /// Whether calls go to them.
    pub is_on: Option<bool>,
    /// Whether webhooks of calls are sent all the same. The key is unconfirmed: Meta may never tell it.
    pub webhooks: Option<bool>,
    /// One for each app of Meta's.
    pub servers: Vec<Server>,
}

/// A telephone server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// The app of Meta's that set it, where Meta says so.
    pub app: Option<String>,
    /// Its name, as it was written.
    pub host: String,
    /// Its port, where Meta says so.
    pub port: Option<u16>,
    /// What is put into the user part of the Request-URI.
    pub params: BTreeMap<String, String>,
}

/// What takes a message when nobody takes the call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voicemail {
    /// Whether it is on.
    pub is_on: bool,
    /// `REJECT`, `TIMEOUT`.
    pub triggers: Vec<String>,
    /// How long it rings first; seconds.
    pub seconds: Option<i64>,
    /// Meta's id of the announcement.
    pub announcement: Option<String>,
}

/// A restriction of a number's calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// Meta's word for it.
    pub kind: String,
    /// Why.
    pub reason: Option<String>,
    /// Until when; unix seconds.
    pub until: Option<i64>,
}
