//! Calls as the panel lists them, and who may be called.

use serde::{Deserialize, Serialize};

use super::{CallId, CallPermissionId, Filter, Moment, Page, Sort};

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallDirection {
    /// A customer.
    In,
    /// The business.
    Out,
}

/// How a call stands or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// It rings.
    Ringing,
    /// People talk.
    Talking,
    /// They have talked.
    Answered,
    /// Nobody took it.
    Missed,
    /// It was declined.
    Declined,
    /// It failed; Meta's error says why.
    Failed,
    /// It is long over, and Meta never told how it ended.
    Unknown,
}

impl CallOutcome {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Ringing,
        Self::Talking,
        Self::Answered,
        Self::Missed,
        Self::Declined,
        Self::Failed,
        Self::Unknown,
    ];

    /// Its name in URLs and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ringing => "ringing",
            Self::Talking => "talking",
            Self::Answered => "answered",
            Self::Missed => "missed",
            Self::Declined => "declined",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

impl CallDirection {
    /// Both.
    pub const ALL: [Self; 2] = [Self::In, Self::Out];

    /// Its name in URLs and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }
}

/// One call in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRow {
    /// Its id.
    pub id: CallId,
    /// Meta's id of it.
    pub wacid: String,
    /// The business number with `+`.
    pub phone: String,
    /// The customer's name, where known.
    pub name: Option<String>,
    /// The customer's number or id.
    pub customer: String,
    /// Who called.
    pub direction: CallDirection,
    /// How it stands.
    pub outcome: CallOutcome,
    /// When it began.
    pub started_at: Moment,
    /// How long they talked, seconds.
    pub duration: Option<u32>,
    /// Meta's code and words, where it failed.
    pub error: Option<String>,
    /// Whether the portal's CRM knows of it.
    pub in_crm: bool,
}

/// How many calls of a day ended in which way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallDay {
    /// Midnight UTC of the day.
    pub day: Moment,
    /// Answered.
    pub answered: u32,
    /// Missed or declined.
    pub missed: u32,
    /// Failed.
    pub failed: u32,
}

/// The page of calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallsPage {
    /// The list.
    pub list: Page<CallRow>,
    /// The last 14 days, oldest first.
    pub days: Vec<CallDay>,
}

/// Which calls to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CallFilter {
    /// By who called.
    pub direction: Option<CallDirection>,
    /// By how it ended.
    pub outcome: Option<CallOutcome>,
}

/// The columns calls can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallSort {
    /// By when it began.
    #[default]
    Started,
    /// By how long they talked.
    Duration,
}

impl Filter for CallFilter {
    type Column = CallSort;

    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let direction = get("direction").unwrap_or_default();
        let outcome = get("outcome").unwrap_or_default();
        Self {
            direction: CallDirection::ALL
                .into_iter()
                .find(|choice| choice.as_str() == direction),
            outcome: CallOutcome::ALL
                .into_iter()
                .find(|choice| choice.as_str() == outcome),
        }
    }

    fn write(&self, put: &mut dyn FnMut(&str, &str)) {
        if let Some(direction) = self.direction {
            put("direction", direction.as_str());
        }
        if let Some(outcome) = self.outcome {
            put("outcome", outcome.as_str());
        }
    }

    fn first_sort() -> Sort<CallSort> {
        Sort::down(CallSort::Started)
    }

    fn column_name(column: CallSort) -> &'static str {
        match column {
            CallSort::Started => "started",
            CallSort::Duration => "duration",
        }
    }

    fn columns() -> &'static [CallSort] {
        &[CallSort::Started, CallSort::Duration]
    }
}

/// Whether a customer may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PermissionStatus {
    /// Nobody asked.
    None,
    /// Asked, not answered.
    Asked,
    /// For seven days.
    Temporary,
    /// Until it is revoked.
    Permanent,
    /// The customer said no.
    Denied,
}

impl PermissionStatus {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::None,
        Self::Asked,
        Self::Temporary,
        Self::Permanent,
        Self::Denied,
    ];

    /// Its name in URLs and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Asked => "asked",
            Self::Temporary => "temporary",
            Self::Permanent => "permanent",
            Self::Denied => "denied",
        }
    }
}

/// One customer's leave to be called, in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallPermissionRow {
    /// Its id.
    pub id: CallPermissionId,
    /// The business number with `+`.
    pub phone: String,
    /// The customer's name, where known.
    pub name: Option<String>,
    /// The customer's number or id.
    pub customer: String,
    /// How it stands.
    pub status: PermissionStatus,
    /// When it was asked for last.
    pub asked_at: Option<Moment>,
    /// Until when the leave is good.
    pub expires_at: Option<Moment>,
    /// How many requests Meta still allows; none while it was not asked.
    pub requests_left: Option<u32>,
    /// How many calls Meta still allows today; none while it was not asked.
    pub calls_left: Option<u32>,
    /// When it may be asked for again, where the limit is reached.
    pub again_at: Option<Moment>,
    /// Calls in a row that were not answered: four end the leave.
    pub unanswered: u32,
}

/// Which permissions to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CallPermissionFilter {
    /// By how it stands.
    pub status: Option<PermissionStatus>,
}

/// The columns permissions can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallPermissionSort {
    /// By when something changed.
    #[default]
    Changed,
}

impl Filter for CallPermissionFilter {
    type Column = CallPermissionSort;

    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let status = get("status").unwrap_or_default();
        Self {
            status: PermissionStatus::ALL
                .into_iter()
                .find(|choice| choice.as_str() == status),
        }
    }

    fn write(&self, put: &mut dyn FnMut(&str, &str)) {
        if let Some(status) = self.status {
            put("status", status.as_str());
        }
    }

    fn first_sort() -> Sort<CallPermissionSort> {
        Sort::down(CallPermissionSort::Changed)
    }

    fn column_name(column: CallPermissionSort) -> &'static str {
        match column {
            CallPermissionSort::Changed => "changed",
        }
    }

    fn columns() -> &'static [CallPermissionSort] {
        &[CallPermissionSort::Changed]
    }
}
