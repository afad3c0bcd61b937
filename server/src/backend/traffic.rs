//! The charts of the overview, from sums by hour.

use super::Request;
use super::scope::count;
use crate::store::{HourSum, Scope, StoreError};
use crate::telemetry::{HOUR, UNMEASURED};
use crate::translate::Language;
use crate::whatsapp::errors::words_of;
use app::model::{DeliveryError, FailureCause, Moment, Took, Traffic, TrafficSpan};
use app::preferences::language_of_request;

/// A day in milliseconds.
const DAY: i64 = 24 * HOUR;

/// How many days are shown.
const DAYS: i64 = 7;

/// How many hours are shown.
const HOURS: i64 = 24;

/// How many causes are told apart.
const CAUSES: usize = 8;

impl Request {
    /// Messages by hour and day, how long they took, what failed.
    pub(super) async fn traffic_now(&self, scope: Scope) -> Result<Traffic, StoreError> {
        let language = Language::of_code(language_of_request());
        let now = self.state.clock.now();
        let store = &self.state.store;
        let hours = store.hours_of(scope, first_day(now)).await?;
        let marks = store.hour_marks(scope, first_hour(now)).await?;
        Ok(traffic(now, &hours, &marks, language))
    }
}

const fn first_hour(now: i64) -> i64 {
    now - now.rem_euclid(HOUR) - (HOURS - 1) * HOUR
}

const fn first_day(now: i64) -> i64 {
    now - now.rem_euclid(DAY) - (DAYS - 1) * DAY
}

fn traffic(now: i64, hours: &[HourSum], marks: &[HourSum], language: Language) -> Traffic {
    let mut failures: Vec<_> = marks.iter().filter(|sum| sum.series == "failed").collect();
    failures.sort_by_key(|sum| std::cmp::Reverse(sum.amount));
    let others = failures.iter().skip(CAUSES).map(|sum| sum.amount).sum();
    let failures = failures.iter().take(CAUSES).map(|sum| FailureCause {
        why: why(&sum.mark, language),
        count: count(sum.amount),
    });
    Traffic {
        hours: spans(hours, first_hour(now), HOUR, HOURS),
        days: spans(hours, first_day(now), DAY, DAYS),
        acknowledged: took(marks, "acknowledged"),
        inbound: took(marks, "inbound"),
        outbound: took(marks, "outbound"),
        failures: failures.collect(),
        other_failures: count(others),
    }
}

/// So many spans of a length, one after the other; those of which nothing is known are empty.
fn spans(hours: &[HourSum], first: i64, length: i64, many: i64) -> Vec<TrafficSpan> {
    let span = |place: i64| {
        let at = first + place * length;
        let within = |series: &str| {
            let sums = hours
                .iter()
                .filter(|sum| sum.series == series && (at..at + length).contains(&sum.at));
            count(sums.map(|sum| sum.amount).sum())
        };
        TrafficSpan {
            at: Moment(at),
            inbound: within("inbound"),
            outbound: within("outbound"),
        }
    };
    (0..many).map(span).collect()
}

/// What half and nineteen of twenty took no longer than: the bound of the bucket in which the last of them lies.
fn took(marks: &[HourSum], series: &str) -> Option<Took> {
    let marks = marks
        .iter()
        .filter(|sum| sum.series == series && sum.mark != UNMEASURED);
    let buckets = marks.filter_map(|sum| Some((sum.mark.parse::<i64>().ok()?, sum.amount)));
    let mut buckets: Vec<(i64, i64)> = buckets.collect();
    buckets.sort_unstable();
    let total: i64 = buckets.iter().map(|(_, amount)| amount).sum();
    let bound = |hundredths: i64| {
        let mut seen = 0;
        let reached = buckets.iter().find(|(_, amount)| {
            seen += amount;
            seen * 100 >= total * hundredths
        });
        reached.map(|(bound, _)| count(*bound))
    };
    Some(Took {
        half: bound(50)?,
        most: bound(95)?,
    })
}

/// The words of Meta's codes; another's code speaks for itself.
fn why(code: &str, language: Language) -> DeliveryError {
    let known = code.parse().ok().and_then(|code| words_of(code, language));
    DeliveryError {
        code: code.to_owned(),
        text: known.unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(at: i64, series: &str, mark: &str, amount: i64) -> HourSum {
        HourSum {
            at,
            series: series.to_owned(),
            mark: mark.to_owned(),
            amount,
        }
    }

    #[test]
    fn an_hour_stands_in_its_place_and_in_its_day() {
        let now = 20 * DAY + 5 * HOUR + 1;
        let hours = [
            sum(now - 1, "inbound", "", 3),
            sum(20 * DAY - HOUR, "outbound", "", 4),
            sum(14 * DAY, "inbound", "", 5),
            sum(now - 1, "failed", "", 9),
        ];
        let shown = traffic(now, &hours, &[], Language::English);
        assert_eq!(shown.hours.len(), 24);
        assert_eq!(shown.hours.first().unwrap().at, Moment(19 * DAY + 6 * HOUR));
        let last = shown.hours.last().unwrap();
        assert_eq!((last.at, last.inbound), (Moment(20 * DAY + 5 * HOUR), 3));
        let evening = shown.hours.iter().find(|span| span.outbound > 0).unwrap();
        assert_eq!((evening.at, evening.outbound), (Moment(20 * DAY - HOUR), 4));
        let days: Vec<_> = shown
            .days
            .iter()
            .map(|span| (span.inbound, span.outbound))
            .collect();
        assert_eq!(
            days,
            [(5, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 4), (3, 0)]
        );
    }

    #[test]
    fn times_are_bounds_and_unknown_where_nothing_was_measured() {
        let marks = [
            sum(0, "inbound", "1000", 6),
            sum(0, "inbound", "20", 50),
            sum(0, "inbound", "100", 44),
            sum(0, "inbound", UNMEASURED, 1000),
            sum(0, "outbound", UNMEASURED, 7),
        ];
        let expected = Took {
            half: 20,
            most: 1000,
        };
        assert_eq!(took(&marks, "inbound"), Some(expected));
        assert_eq!(took(&marks, "outbound"), None);
        assert_eq!(took(&marks, "acknowledged"), None);
    }

    #[test]
    fn the_most_frequent_causes_come_first_and_the_rest_together() {
        let marks: Vec<_> = (1..=10)
            .map(|number| sum(0, "failed", &format!("code {number}"), number))
            .chain([sum(0, "failed", "131047", 100)])
            .collect();
        let shown = traffic(0, &[], &marks, Language::English);
        let first = shown.failures.first().unwrap();
        assert_eq!((&*first.why.code, first.count), ("131047", 100));
        assert!(!first.why.text.is_empty());
        assert_eq!(shown.failures.len(), CAUSES);
        assert_eq!(shown.other_failures, 1 + 2 + 3);
    }

    proptest! {
        #[test]
        fn most_is_never_less_than_half(amounts in prop::collection::vec(1_i64..1000, 1..10)) {
            let bounds = crate::telemetry::BOUNDS.iter().zip(&amounts);
            let marks: Vec<_> = bounds
                .map(|(bound, amount)| sum(0, "inbound", &bound.to_string(), *amount))
                .collect();
            let took = took(&marks, "inbound").unwrap();
            prop_assert!(took.half <= took.most);
        }
    }
}
