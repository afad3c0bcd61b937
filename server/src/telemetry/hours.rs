//! What happened in each hour, in memory until somebody writes it down.
//!
//! Counting costs a message next to nothing, and writing costs as much for one message as for a million: a few rows
//! an hour. What a process that is killed had not written yet is lost to the charts, some seconds of it; no message is.

use super::fact::{Fact, What};
use crate::outbox::{DeliveryKind, Speaker};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// An hour in milliseconds.
pub const HOUR: i64 = 60 * 60 * 1000;

/// Bounds of the buckets of how long something took, in milliseconds. What took longer is in the last.
pub const BOUNDS: [i64; 18] = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000,
    3_600_000, 86_400_000,
];

/// The mark of what nobody measured.
pub const UNMEASURED: &str = "";

/// The series whose marks are codes.
const FAILED: &str = "failed";

/// Codes come from strangers: where so many sums wait to be written, a new one is `other`.
const MOST: usize = 10_000;

/// The longest code that is kept, in characters.
const LONGEST: usize = 60;

/// Which sum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum {
    /// Whose; the nil id for everybody's together.
    pub owner: Uuid,
    /// When the hour began, in milliseconds.
    pub at: i64,
    /// `acknowledged`, `inbound`, `outbound` or `failed`.
    pub series: &'static str,
    /// The bound of its bucket, or a code.
    pub mark: String,
}

/// The sums that wait to be written. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Hours(Arc<Mutex<BTreeMap<Sum, i64>>>);

impl Hours {
    /// Counts what happened, for its owner and for everybody together.
    pub fn add(&self, fact: &Fact) {
        let Some((series, mark)) = place(&fact.what) else {
            return;
        };
        let at = fact.at - fact.at.rem_euclid(HOUR);
        let mut sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // How long things take has few marks of our own.
        let mark = if sums.len() < MOST || series != FAILED {
            mark
        } else {
            "other".to_owned()
        };
        for owner in [fact.owner, Uuid::nil()] {
            let sum = Sum {
                owner,
                at,
                series,
                mark: mark.clone(),
            };
            *sums.entry(sum).or_default() += 1;
        }
    }

    /// Takes all sums, to write them.
    pub fn take(&self) -> BTreeMap<Sum, i64> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What waits to be written for an owner, of hours that began at `since` or later.
    pub fn waiting(&self, owner: Uuid, since: i64) -> BTreeMap<Sum, i64> {
        let sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = sums
            .iter()
            .filter(|(sum, _)| sum.owner == owner && sum.at >= since);
        own.map(|(sum, amount)| (sum.clone(), *amount)).collect()
    }

    /// Brings back what could not be written.
    pub fn bring_back(&self, unwritten: BTreeMap<Sum, i64>) {
        let mut sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (sum, amount) in unwritten {
            *sums.entry(sum).or_default() += amount;
        }
    }
}

/// The series and the mark under which something counts; none for what no chart shows.
fn place(what: &What) -> Option<(&'static str, String)> {
    match what {
        What::Acknowledged { took, .. } => {
            let took = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
            Some(("acknowledged", mark(took)))
        }
        What::Read { .. } => None,
        What::Delivered { kind, took } => {
            let series = series_of(*kind)?;
            Some((series, took.map_or_else(|| UNMEASURED.to_owned(), mark)))
        }
        What::Failed { code, .. } | What::FailedLate { code, .. } => {
            Some((FAILED, code.chars().take(LONGEST).collect()))
        }
    }
}

/// Where a message that arrived counts; ticks, our own lines and the like are no messages.
const fn series_of(kind: DeliveryKind) -> Option<&'static str> {
    match kind.speaker() {
        Speaker::Customer => Some("inbound"),
        Speaker::Operator => Some("outbound"),
        Speaker::Thoth | Speaker::Nobody => None,
    }
}

/// The bound of the bucket that holds so many milliseconds.
fn mark(took: i64) -> String {
    let bound = BOUNDS.iter().find(|bound| took <= **bound);
    bound
        .or(BOUNDS.last())
        .map_or_else(String::new, i64::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn arrived(at: i64, owner: Uuid, took: i64) -> Fact {
        let kind = DeliveryKind::InboundText;
        let took = Some(took);
        Fact {
            at,
            owner,
            what: What::Delivered { kind, took },
        }
    }

    #[test]
    fn each_counts_for_its_owner_and_for_everybody() {
        let hours = Hours::default();
        let (ann, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
        hours.add(&arrived(HOUR + 1, ann, 7));
        hours.add(&arrived(HOUR + 2, bob, 9));
        hours.add(&arrived(2 * HOUR, ann, 99_000_000));
        let sums = hours.take();
        let amount = |owner, hour: i64, mark: &str| {
            let sum = Sum {
                owner,
                at: hour * HOUR,
                series: "inbound",
                mark: mark.to_owned(),
            };
            sums.get(&sum).copied()
        };
        assert_eq!(amount(ann, 1, "10"), Some(1));
        assert_eq!(amount(bob, 1, "10"), Some(1));
        assert_eq!(amount(Uuid::nil(), 1, "10"), Some(2));
        assert_eq!(amount(ann, 2, "86400000"), Some(1));
        assert_eq!(sums.len(), 5);
    }

    #[test]
    fn what_could_not_be_written_is_not_lost() {
        let hours = Hours::default();
        hours.add(&arrived(0, Uuid::from_u128(1), 7));
        let unwritten = hours.take();
        hours.add(&arrived(1, Uuid::from_u128(1), 7));
        hours.bring_back(unwritten);
        assert!(hours.take().values().all(|amount| *amount == 2));
    }

    #[test]
    fn strangers_codes_do_not_fill_the_memory() {
        let hours = Hours::default();
        for number in 0..MOST {
            let what = What::FailedLate {
                kind: DeliveryKind::OutboundText,
                code: format!("{number}{}", "x".repeat(1000)),
            };
            let owner = Uuid::from_u128(1);
            hours.add(&Fact { at: 0, owner, what });
        }
        hours.add(&arrived(0, Uuid::from_u128(1), 7));
        let sums = hours.take();
        let timed = sums.keys().filter(|sum| sum.series == "inbound");
        assert!(timed.into_iter().all(|sum| sum.mark == "10"));
        assert!(sums.len() <= MOST + 4);
        assert!(sums.keys().all(|sum| sum.mark.len() <= LONGEST));
        assert_eq!(sums.values().sum::<i64>(), 2 * MOST as i64 + 2);
    }

    proptest! {
        #[test]
        fn every_length_has_a_bucket_that_holds_it(took in 0_i64..200_000_000) {
            let bound: i64 = mark(took).parse().unwrap();
            prop_assert!(BOUNDS.contains(&bound));
            prop_assert!(took <= bound || bound == 86_400_000);
        }
    }
}
