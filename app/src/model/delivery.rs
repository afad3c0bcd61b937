//! Deliveries as the panel lists and opens them.

use serde::{Deserialize, Serialize};

use super::{
    AuditRow, ConversationId, DeadLetter, DeliveryId, Filter, Moment, PageQuery, PhoneId, PortalId,
    Sort,
};

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Its time has not come, or another of its line is before it.
    Waiting,
    /// It is on its way now.
    Sending,
    /// Sent, and no answer came; it is looked up before it is repeated.
    Unknown,
    /// The other side has it.
    Delivered,
    /// The other side refused it for good.
    Refused,
    /// Given up after a bounded time.
    Dead,
    /// Refused or given up, and put away by a person.
    Discarded,
}

/// Which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From WhatsApp into the portal.
    ToBitrix,
    /// From the portal to the customer.
    ToWhatsApp,
}

impl Direction {
    /// Its name in URLs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ToBitrix => "to_bitrix",
            Self::ToWhatsApp => "to_whatsapp",
        }
    }
}

/// What the other side answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryError {
    /// Its code, as the other side spells it.
    pub code: String,
    /// Its words.
    pub text: String,
}

/// One delivery in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRow {
    /// Its id.
    pub id: DeliveryId,
    /// What it is, a stable code such as `inbound_text`; unknown codes are shown as they are.
    pub kind: String,
    /// Which way it goes.
    pub direction: Direction,
    /// How it stands.
    pub state: DeliveryState,
    /// Where to: the portal's domain or the business number.
    pub destination: String,
    /// The customer's number or id.
    pub conversation: String,
    /// When its cause happened.
    pub created_at: Moment,
    /// When it is tried next.
    pub next_try_at: Option<Moment>,
    /// How often it was tried.
    pub attempts: u32,
    /// Why it is not delivered.
    pub last_error: Option<DeliveryError>,
}

/// One attempt to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it began.
    pub at: Moment,
    /// What came of it, a stable code: `delivered`, `refused`, `later`, `unknown`.
    pub outcome: String,
    /// The status of the answer, when there was one.
    pub http_status: Option<u16>,
    /// What the other side said.
    pub error: Option<DeliveryError>,
    /// How long it took.
    pub duration_ms: u32,
}

/// One delivery, opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryDetail {
    /// What the list shows.
    pub row: DeliveryRow,
    /// The business number it belongs to.
    pub phone: String,
    /// The text, shortened; none for ticks.
    pub preview: Option<String>,
    /// The message's id on the other side, once known.
    pub remote_id: Option<String>,
    /// How many deliveries of its line are before it.
    pub ahead: u32,
    /// When it ended, if it has.
    pub done_at: Option<Moment>,
    /// The receipt it was written because of, where one is known.
    pub cause: Option<DeliveryCause>,
    /// The attempts that were recorded, oldest first.
    pub timeline: Vec<Attempt>,
    /// Its conversation, for finding what else is in it.
    pub conversation: ConversationId,
    /// What people did to it, oldest first.
    pub audit: Vec<AuditRow>,
    /// What can be done with it, when it is a dead letter.
    pub dead: Option<DeadLetter>,
}

/// The receipt a delivery was written because of. Log lines name it by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryCause {
    /// Its number.
    pub receipt: i64,
    /// When it came.
    pub at: Moment,
}

/// Which deliveries to list by their state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateFilter {
    /// What waits, failed or is unknown.
    #[default]
    Attention,
    /// Waiting or on its way.
    Waiting,
    /// Refused or dead.
    Failed,
    /// Sent without an answer.
    Unknown,
    /// Done.
    Delivered,
    /// Put away.
    Discarded,
    /// All of them.
    All,
}

impl StateFilter {
    /// All choices, in the order they are offered.
    pub const ALL: [Self; 7] = [
        Self::Attention,
        Self::Waiting,
        Self::Failed,
        Self::Unknown,
        Self::Delivered,
        Self::Discarded,
        Self::All,
    ];

    /// Its name in URLs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Delivered => "delivered",
            Self::Discarded => "discarded",
            Self::All => "all",
        }
    }

    /// The states it lets through.
    pub const fn states(self) -> &'static [DeliveryState] {
        use DeliveryState::{Dead, Delivered, Discarded, Refused, Sending, Unknown, Waiting};
        match self {
            Self::Attention => &[Waiting, Sending, Unknown, Refused, Dead],
            Self::Waiting => &[Waiting, Sending],
            Self::Failed => &[Refused, Dead],
            Self::Unknown => &[Unknown],
            Self::Delivered => &[Delivered],
            Self::Discarded => &[Discarded],
            Self::All => &[
                Waiting, Sending, Unknown, Delivered, Refused, Dead, Discarded,
            ],
        }
    }
}

/// What to list of the deliveries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryFilter {
    /// By state.
    pub state: StateFilter,
    /// By the way it goes; none means both.
    pub direction: Option<Direction>,
    /// To this portal.
    pub portal: Option<PortalId>,
    /// Of this business number.
    pub phone: Option<PhoneId>,
    /// Of this conversation.
    pub conversation: Option<ConversationId>,
    /// With this code of the other side; empty means any.
    pub cause: String,
}

/// Portals and business numbers that deliveries can be narrowed to, with their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryPlaces {
    /// Portals.
    pub portals: Vec<(PortalId, String)>,
    /// Business numbers.
    pub phones: Vec<(PhoneId, String)>,
}

/// The columns deliveries can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliverySort {
    /// By when it was created.
    #[default]
    Created,
    /// By how often it was tried.
    Attempts,
}

impl PageQuery<DeliveryFilter> {
    /// Whether the list asked for can be sorted by attempts. All that has ever been delivered cannot: nothing keeps it in
    /// that order, and to sort millions for a page takes seconds.
    pub fn sorts_by_attempts(&self) -> bool {
        !self
            .filter
            .state
            .states()
            .contains(&DeliveryState::Delivered)
            || self.filter.conversation.is_some()
            || !self.search.trim().is_empty()
    }

    /// The same, sorted as it can be.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        if self.sort.by == DeliverySort::Attempts && !self.sorts_by_attempts() {
            self.sort = DeliveryFilter::first_sort();
        }
        self
    }
}

impl Filter for DeliveryFilter {
    type Column = DeliverySort;

    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let state = get("state").unwrap_or_default();
        let direction = get("direction").unwrap_or_default();
        Self {
            state: StateFilter::ALL
                .into_iter()
                .find(|choice| choice.as_str() == state)
                .unwrap_or_default(),
            direction: [Direction::ToBitrix, Direction::ToWhatsApp]
                .into_iter()
                .find(|choice| choice.as_str() == direction),
            portal: get("portal").and_then(|id| id.parse().ok()),
            phone: get("phone").and_then(|id| id.parse().ok()),
            conversation: get("conversation").and_then(|id| id.parse().ok()),
            cause: get("cause").unwrap_or_default().trim().to_owned(),
        }
    }

    fn write(&self, put: &mut dyn FnMut(&str, &str)) {
        if self.state != StateFilter::default() {
            put("state", self.state.as_str());
        }
        if let Some(direction) = self.direction {
            put("direction", direction.as_str());
        }
        if let Some(portal) = self.portal {
            put("portal", &portal.to_string());
        }
        if let Some(phone) = self.phone {
            put("phone", &phone.to_string());
        }
        if let Some(conversation) = self.conversation {
            put("conversation", &conversation.to_string());
        }
        if !self.cause.is_empty() {
            put("cause", &self.cause);
        }
    }

    fn first_sort() -> Sort<DeliverySort> {
        Sort::down(DeliverySort::Created)
    }

    fn column_name(column: DeliverySort) -> &'static str {
        match column {
            DeliverySort::Created => "created",
            DeliverySort::Attempts => "attempts",
        }
    }

    fn columns() -> &'static [DeliverySort] {
        &[DeliverySort::Created, DeliverySort::Attempts]
    }
}
