//! What the overview's charts show: messages by hour and day, how long things take, what fails.

use serde::{Deserialize, Serialize};

use super::{DeliveryError, Moment};

/// Messages that arrived within an hour or a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrafficSpan {
    /// When it began, UTC.
    pub at: Moment,
    /// From customers, in the portal.
    pub inbound: u32,
    /// To customers, at Meta.
    pub outbound: u32,
}

/// How long something took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Took {
    /// Half of all took no longer, in milliseconds.
    pub half: u32,
    /// Nineteen of twenty took no longer, in milliseconds.
    pub most: u32,
}

/// Why deliveries failed, and how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureCause {
    /// The code and its words, where there are any.
    pub why: DeliveryError,
    /// How many.
    pub count: u32,
}

/// Everything the charts show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traffic {
    /// The last 24 hours, this one included.
    pub hours: Vec<TrafficSpan>,
    /// The last seven days, today included.
    pub days: Vec<TrafficSpan>,
    /// From a receipt at the door to the answer, in the last 24 hours; none where nothing came.
    pub acknowledged: Option<Took>,
    /// From a customer's webhook to the portal.
    pub inbound: Option<Took>,
    /// From an operator's event to Meta.
    pub outbound: Option<Took>,
    /// Causes of the last 24 hours' failures, the most frequent first.
    pub failures: Vec<FailureCause>,
    /// Failures of other causes.
    pub other_failures: u32,
}

impl Traffic {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        let silent =
            |spans: &[TrafficSpan]| spans.iter().all(|span| span.inbound + span.outbound == 0);
        silent(&self.hours)
            && silent(&self.days)
            && self.failures.is_empty()
            && self.acknowledged.is_none()
    }
}
