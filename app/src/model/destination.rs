//! Destinations: what has a rate limit, a portal or a business number, and how it fares.

use serde::{Deserialize, Serialize};

use super::{AuditRow, DestinationId, Filter, Moment, Sort};

/// What a destination is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DestinationKind {
    /// A Bitrix24 portal.
    Portal,
    /// A business number.
    Phone,
}

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DestinationState {
    /// Deliveries leave for it as they come.
    Runs,
    /// It rests by itself, and is tried again.
    Rests {
        /// Until then.
        until: Moment,
        /// Why; empty where it only was too fast.
        reason: String,
    },
    /// It is tried, and does not take anything.
    Fails {
        /// So often in a row.
        failures: u32,
        /// Why.
        reason: String,
    },
    /// A person holds it.
    Held {
        /// Since then.
        since: Moment,
        /// Who.
        by: String,
        /// Why.
        reason: String,
    },
}

/// A destination in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DestinationRow {
    /// Its id.
    pub id: DestinationId,
    /// Portal or business number.
    pub kind: DestinationKind,
    /// The portal's domain or the number.
    pub name: String,
    /// How it stands.
    pub state: DestinationState,
    /// When it last took something.
    pub answered_at: Option<Moment>,
    /// What it takes in a minute, of the last two.
    pub per_minute: u32,
    /// How full its pace bucket is, in percent; 0 while nobody said "too fast".
    pub bucket: u32,
    /// How many deliveries wait, counted to a limit.
    pub waiting: u32,
    /// When the oldest of them was created.
    pub oldest_at: Option<Moment>,
    /// When all will have gone, at the present rate.
    pub finish_at: Option<Moment>,
    /// Since when it fails.
    pub failing_since: Option<Moment>,
    /// What was done to it lately, oldest first.
    pub audit: Vec<AuditRow>,
}

/// What a person does to a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestinationStep {
    /// Nothing leaves for it any more.
    Hold,
    /// It goes on.
    Resume,
    /// It is tried now.
    Probe,
}

/// What the overview says of a destination that kept failing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DestinationNews {
    /// The portal's domain or the number.
    pub name: String,
    /// Why it fails.
    pub reason: String,
    /// Since when it fails, or when it was told.
    pub since: Moment,
    /// Since when it is well again.
    pub well_at: Option<Moment>,
}

/// Destinations are not narrowed but by their name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DestinationFilter {}

/// The columns destinations can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DestinationSort {
    /// Those in trouble first, then by name.
    #[default]
    Trouble,
}

impl Filter for DestinationFilter {
    type Column = DestinationSort;

    fn read(_: &dyn Fn(&str) -> Option<String>) -> Self {
        Self {}
    }

    fn write(&self, _: &mut dyn FnMut(&str, &str)) {}

    fn first_sort() -> Sort<DestinationSort> {
        Sort::up(DestinationSort::Trouble)
    }

    fn column_name(column: DestinationSort) -> &'static str {
        match column {
            DestinationSort::Trouble => "trouble",
        }
    }

    fn columns() -> &'static [DestinationSort] {
        &[DestinationSort::Trouble]
    }
}
