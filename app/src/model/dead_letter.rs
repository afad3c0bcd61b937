//! Dead letters by what they died of, and what can be done with them.

use serde::{Deserialize, Serialize};

use super::{
    DeliveryError, DeliveryId, DeliveryRow, DestinationId, Filter, Moment, Page, PhoneId, Sort,
    UserId,
};

/// Why dead letters are dead: the same owner, destination, code and words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CauseKey {
    /// Whose.
    pub owner: UserId,
    /// Where they were to go.
    pub destination: DestinationId,
    /// The other side's code; empty where there is none.
    pub code: String,
    /// How its words begin.
    pub words: String,
}

impl CauseKey {
    /// Names and values, for addresses and forms.
    pub fn fields(&self) -> [(&'static str, String); 4] {
        [
            ("owner", self.owner.to_string()),
            ("destination", self.destination.to_string()),
            ("code", self.code.clone()),
            ("words", self.words.clone()),
        ]
    }
}

/// A cause in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseRow {
    /// The cause.
    pub key: CauseKey,
    /// The portal's domain or the business number.
    pub destination: String,
    /// The code, and the words in the reader's language.
    pub error: DeliveryError,
    /// How many.
    pub total: u32,
    /// When the first ended.
    pub oldest_at: Moment,
    /// When the last ended.
    pub newest_at: Moment,
}

/// A phone to whose line, or from which, dead letters can go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetChoice {
    /// The phone.
    pub id: PhoneId,
    /// Its number, with `+`.
    pub phone: String,
    /// Its portal and line; empty for what goes to a customer.
    pub line: String,
}

/// A cause, opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseDetail {
    /// What the list shows.
    pub row: CauseRow,
    /// How many could arrive twice when they are replayed.
    pub doubles: u32,
    /// Where they can go in place of where they were to go.
    pub targets: Vec<TargetChoice>,
    /// One page of them.
    pub letters: Page<DeliveryRow>,
}

/// What can be done with one dead letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLetter {
    /// What it died of.
    pub cause: CauseKey,
    /// Whether it could arrive twice when it is replayed.
    pub may_double: bool,
    /// Where it can go in place of where it was to go.
    pub targets: Vec<TargetChoice>,
}

/// Something a person, or THOTH itself, did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Who, as they were called then.
    pub person: String,
    /// What, a stable code: `replay`, `redirect`, `discard`, `hold`, `resume`, `probe`, `failing`, `well`.
    pub action: String,
    /// Why, in their words.
    pub reason: Option<String>,
    /// From where to where.
    pub detail: Option<String>,
    /// When.
    pub at: Moment,
}

/// What is done with dead letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadLetterAct {
    /// Back into the queue; to this phone's line, or from this phone, where one is named.
    Replay {
        /// The phone.
        to: Option<PhoneId>,
    },
    /// Put away.
    Discard,
}

/// With which dead letters it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// With these.
    Chosen(Vec<DeliveryId>),
    /// With all that died of this.
    All(CauseKey),
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeadLetterDone {
    /// As many were replayed or discarded.
    pub done: u32,
    /// As many stayed as they were.
    pub left: u32,
    /// Whether the rest follows by itself.
    pub more: bool,
}

/// Which dead letters to list: all, or those of a cause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CauseFilter {
    /// The cause.
    pub cause: Option<CauseKey>,
}

/// Causes have one order: those with most dead letters first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CauseSort {
    /// By how many.
    #[default]
    Total,
}

impl Filter for CauseFilter {
    type Column = CauseSort;

    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let id = |name: &str| get(name).unwrap_or_default();
        let cause = match (id("owner").parse(), id("destination").parse()) {
            (Ok(owner), Ok(destination)) => Some(CauseKey {
                owner,
                destination,
                code: get("code").unwrap_or_default(),
                words: get("words").unwrap_or_default(),
            }),
            _ => None,
        };
        Self { cause }
    }

    fn write(&self, put: &mut dyn FnMut(&str, &str)) {
        if let Some(cause) = &self.cause {
            for (name, value) in cause.fields() {
                put(name, &value);
            }
        }
    }

    fn first_sort() -> Sort<CauseSort> {
        Sort::down(CauseSort::Total)
    }

    fn column_name(column: CauseSort) -> &'static str {
        match column {
            CauseSort::Total => "total",
        }
    }

    fn columns() -> &'static [CauseSort] {
        &[CauseSort::Total]
    }
}
