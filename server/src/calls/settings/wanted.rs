//! Settings that were checked: what a person wants Meta to have.

use app::model::{Srtp, Weekday};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// All settings of a number's calling. Kept as JSON: fields may be added, never renamed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallingSettings {
    /// Calling is on.
    pub calling: bool,
    /// Calls go to a telephone server.
    pub sip: bool,
    /// The server; none where none was named.
    pub server: Option<SipAddress>,
    /// Webhooks of calls come although they go by SIP.
    pub webhooks: bool,
    /// Customers see the call icon.
    pub icon: bool,
    /// Only in these countries, ISO 3166 alpha-2 in order; empty for all.
    pub countries: Vec<String>,
    /// A customer who calls is asked for leave to be called back.
    pub callback: bool,
    /// How the keys of the speech are exchanged.
    pub srtp: Srtp,
    /// G.711 A-law besides Opus.
    pub pcma: bool,
    /// G.711 µ-law besides Opus.
    pub pcmu: bool,
    /// When calls are taken.
    pub hours: CallHours,
    /// Voicemail.
    pub voicemail: VoicemailSettings,
}

/// Where a telephone server is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SipAddress {
    /// A DNS name in small letters.
    pub host: String,
    /// Its TLS port.
    pub port: u16,
    /// What is put into the user part of the Request-URI.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
}

/// When calls are taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallHours {
    /// Hours are kept at all.
    pub on: bool,
    /// An IANA name.
    pub timezone: String,
    /// By day, then by time.
    pub week: Vec<OpenSpan>,
    /// By date.
    pub holidays: Vec<ShutSpan>,
}

/// A time of a day of the week when calls are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OpenSpan {
    /// The day.
    pub day: Weekday,
    /// From.
    pub from: TimeOfDay,
    /// Until.
    pub until: TimeOfDay,
}

/// A time of a date when they are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShutSpan {
    /// The day.
    pub date: Date,
    /// From.
    pub from: TimeOfDay,
    /// Until.
    pub until: TimeOfDay,
}

/// Voicemail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VoicemailSettings {
    /// It is on.
    pub on: bool,
    /// When the call is declined.
    pub on_reject: bool,
    /// When nobody answers in time.
    pub on_timeout: bool,
    /// How long it rings first; seconds, 30 at most.
    pub seconds: u8,
    /// Meta's id of the announcement; empty for none.
    pub announcement: String,
}

impl CallingSettings {
    /// The same without holidays that are over: Meta takes none, and keeps or forgets them as it likes.
    pub fn from_day(&self, today: Date) -> Self {
        let mut settings = self.clone();
        settings.hours.holidays.retain(|one| one.date >= today);
        settings
    }
}

impl CallingSettings {
    /// The same with what Meta has where these say nothing, for whoever could not see it.
    pub fn or_metas(mut self, metas: Self) -> Self {
        if self.hours == CallHours::default() {
            self.hours = metas.hours;
        }
        if self.voicemail == VoicemailSettings::default() {
            self.voicemail = metas.voicemail;
        }
        if self.countries.is_empty() {
            self.countries = metas.countries;
        }
        self.pcma |= metas.pcma;
        self.pcmu |= metas.pcmu;
        self
    }
}

/// A time of day in minutes, `00:00` to `23:59`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The last minute of a day.
    pub const LAST: Self = Self(23 * 60 + 59);

    /// Reads `09:00`, `9:00` or Meta's `0900`; none where it is no time.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (hours, minutes) = match text.split_once(':') {
            Some(parts) => parts,
            None if text.len() == 4 && text.is_ascii() => text.split_at(2),
            None => return None,
        };
        let number = |part: &str, longest: usize| -> Option<u16> {
            let is_number = (1..=longest).contains(&part.len())
                && part.bytes().all(|digit| digit.is_ascii_digit());
            is_number.then(|| part.parse().ok()).flatten()
        };
        let hours = number(hours, 2).filter(|hours| *hours < 24)?;
        let minutes = number(minutes, 2).filter(|found| *found < 60 && minutes.len() == 2)?;
        Some(Self(hours * 60 + minutes))
    }

    /// Of these minutes after midnight; none beyond the day.
    pub fn of_minutes(minutes: u16) -> Option<Self> {
        (minutes <= Self::LAST.0).then_some(Self(minutes))
    }

    /// As Meta writes it: `0900`.
    pub fn metas(self) -> String {
        format!("{:02}{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is no time of day"))
    }
}
