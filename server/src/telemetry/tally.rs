//! Where facts are counted: for whoever watches the server at once, and by hour for the overview.

use super::fact::{Fact, What};
use super::hours::Hours;
use super::numbers::name;

/// Counts facts. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// By hour, until it is written.
    pub hours: Hours,
}

impl Tally {
    /// Counts it.
    pub fn add(&self, fact: &Fact) {
        show(&fact.what);
        self.hours.add(fact);
    }
}

/// Labels are words of ours, never a stranger's: what they may be is bounded.
fn show(what: &What) {
    match what {
        What::Acknowledged { source, took } => {
            metrics::counter!(name::RECEIPTS, "source" => *source).increment(1);
            metrics::histogram!(name::ACKNOWLEDGEMENT, "source" => *source).record(*took);
        }
        What::Read { source, took } => {
            let source = super::label_of(source, &["meta", "bitrix", "sms"]);
            metrics::histogram!(name::READING, "source" => source).record(seconds(*took));
        }
        What::Delivered { kind, took } => {
            let direction = kind.direction().as_str();
            let kind = kind.as_str();
            metrics::counter!(name::DELIVERIES, "outcome" => "delivered", "kind" => kind, "direction" => direction)
                .increment(1);
            if let Some(took) = took {
                metrics::histogram!(name::DELIVERY, "direction" => direction)
                    .record(seconds(*took));
            }
        }
        What::Failed { kind, state, .. } => {
            failed(kind.as_str(), kind.direction().as_str(), state.as_str())
        }
        What::FailedLate { kind, .. } => {
            failed(kind.as_str(), kind.direction().as_str(), "failed_late")
        }
    }
}

fn failed(kind: &'static str, direction: &'static str, outcome: &'static str) {
    metrics::counter!(name::DELIVERIES, "outcome" => outcome, "kind" => kind, "direction" => direction)
        .increment(1);
}

fn seconds(milliseconds: i64) -> f64 {
    milliseconds.max(0) as f64 / 1000.0
}
