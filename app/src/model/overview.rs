//! The overview: what is connected, whether it is healthy, what moved today.

use serde::{Deserialize, Serialize};

use super::{Check, DestinationNews, Moment, WabaId};

/// How sure we are that something works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It works, and there is proof.
    Ok,
    /// It works in part, or soon will not.
    Attention,
    /// It does not work, and there is proof.
    Failed,
    /// Nobody knows.
    Unknown,
}

/// What a health sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A WhatsApp Business Account.
    Waba,
    /// A business number.
    Phone,
    /// A Bitrix24 portal.
    Portal,
}

/// What the verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "proof", rename_all = "snake_case")]
pub enum Proof {
    /// Meta has sent a webhook for it.
    WebhookSeen,
    /// Meta never has.
    WebhookNeverSeen,
    /// The connector is active on this line.
    ConnectorActive {
        /// The open line.
        line: i64,
    },
    /// What a check found.
    Found {
        /// The finding.
        check: Check,
    },
    /// The line is set and was not asked about yet.
    ConnectorUnchecked {
        /// The open line, when it is known.
        line: Option<i64>,
    },
    /// The number has no line.
    NotLinked,
    /// The portal answers and its token is good.
    PortalAnswers,
    /// The portal was not called yet.
    PortalUnchecked,
    /// The app was removed from the portal.
    PortalUninstalled,
    /// There are no tokens for the portal.
    PortalNeedsTokens,
    /// The portal does not let us in.
    PortalRefuses {
        /// Bitrix24's words.
        reason: String,
    },
}

/// One health sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// What it is about.
    pub subject: Subject,
    /// Its name: the WABA's name, the number, the domain.
    pub name: String,
    /// How it stands.
    pub verdict: Verdict,
    /// Why we say so.
    pub proof: Proof,
    /// When that was last known.
    pub at: Option<Moment>,
}

/// Messages since midnight, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// From customers.
    pub inbound: u32,
    /// To customers.
    pub outbound: u32,
    /// Deliveries that failed for good.
    pub failed: u32,
}

/// What has not arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Waiting or on its way.
    pub waiting: u32,
    /// Sent without an answer.
    pub unknown: u32,
    /// Given up or refused.
    pub dead: u32,
    /// Since when the oldest one waits.
    pub oldest_waiting_at: Option<Moment>,
}

/// Why receipts are kept unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldReason {
    /// They name a number or a portal that is not set up here.
    NobodyOwnsIt,
    /// They could not be understood.
    NotUnderstood,
    /// Several reasons.
    Mixed,
}

/// Receipts that were kept and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// How many.
    pub count: u32,
    /// Why.
    pub reason: HeldReason,
}

/// A WABA of whose templates there is news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateNews {
    /// The WABA.
    pub waba: WabaId,
    /// Its name.
    pub name: String,
    /// Of how many templates.
    pub count: u32,
}

/// Everything the overview shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// How many WABAs.
    pub wabas: u32,
    /// How many business numbers.
    pub phones: u32,
    /// How many portals.
    pub portals: u32,
    /// The health sentences: all that is not ok first, then the rest, at most a dozen.
    pub connections: Vec<Connection>,
    /// How many health sentences were left out.
    pub more: u32,
    /// Messages today.
    pub today: Today,
    /// What has not arrived.
    pub queue: Queue,
    /// Receipts that could not be read, if any.
    pub held: Option<Held>,
    /// WABAs of whose templates there is news.
    pub news: Vec<TemplateNews>,
    /// Destinations that keep failing, or are well again.
    pub destinations: Vec<DestinationNews>,
    /// When Meta last knocked.
    pub last_meta_at: Option<Moment>,
    /// When Bitrix24 last knocked.
    pub last_bitrix_at: Option<Moment>,
}
