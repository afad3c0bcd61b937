//! How long a certificate is valid.

use super::certificate::Certificate;
use super::{Code, Step, StepName};
use time::OffsetDateTime;

/// A day in seconds.
const DAY: i64 = 24 * 60 * 60;

/// With fewer days than these left a certificate is bad: whoever renews by a program has done so long before.
const DAYS_LEAST: i64 = 7;

/// Judges a certificate's time; `now` in seconds since the epoch.
pub fn judge(certificate: &Certificate, now: i64) -> Step {
    let left = certificate.ends.saturating_sub(now);
    let days = left.div_euclid(DAY);
    let (begins, ends) = (date(certificate.begins), date(certificate.ends));
    let (code, detail) = if certificate.begins > now {
        (Code::ExpiryFuture, format!("valid only from {begins} on"))
    } else if left < 0 {
        let ago = now.saturating_sub(certificate.ends) / DAY;
        (
            Code::ExpiryPast,
            format!("ended on {ends}, {}", days_words(ago, "ago")),
        )
    } else if left < DAYS_LEAST * DAY {
        (
            Code::ExpirySoon,
            format!("ends on {ends}: {}", days_words(days, "left")),
        )
    } else {
        (
            Code::ExpiryFar,
            format!("valid until {ends}: {}", days_words(days, "left")),
        )
    };
    Step::new(StepName::Expiry, code, detail)
        .arg("until", certificate.ends.saturating_mul(1000))
        .arg("days", days)
}

fn days_words(days: i64, what: &str) -> String {
    match days {
        1 => format!("1 day {what}"),
        days => format!("{days} days {what}"),
    }
}

fn date(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds)
        .map_or_else(|_| "a date far away".to_owned(), |at| at.date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judged(begins: i64, ends: i64, now: i64) -> (Code, String) {
        let certificate = Certificate {
            begins,
            ends,
            ..Certificate::default()
        };
        let step = judge(&certificate, now);
        (step.code, step.args["days"].clone())
    }

    #[test]
    fn a_week_is_the_least() {
        let code = |begins, ends| judged(begins, ends, 0).0;
        assert_eq!(code(0, 7 * DAY), Code::ExpiryFar);
        assert_eq!(code(0, 7 * DAY - 1), Code::ExpirySoon);
        assert_eq!(code(0, 0), Code::ExpirySoon);
        assert_eq!(code(-9, -1), Code::ExpiryPast);
        assert_eq!(code(1, 900 * DAY), Code::ExpiryFuture);
        assert_eq!(judged(0, 21 * DAY, 1).1, "20");
    }

    proptest! {
        #[test]
        fn any_time_can_be_judged(begins in any::<i64>(), ends in any::<i64>(), now in any::<i64>()) {
            judged(begins, ends, now);
        }
    }
}
