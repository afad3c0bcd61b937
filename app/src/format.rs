//! Times and numbers as people read them.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    model::{COUNTED, Moment},
    text,
};

const SECOND: i64 = 1000;
/// What is nearer than this is now.
const SOON: i64 = 5 * SECOND;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

#[derive(Clone, Copy)]
struct Now(RwSignal<Moment>);

/// Makes the present time known to the page; in the browser it moves on by itself.
pub fn provide_now() {
    let now = RwSignal::new(present());
    provide_context(Now(now));
    Effect::new(move |_| {
        let tick = move || now.set(present());
        if let Ok(handle) = set_interval_with_handle(tick, Duration::from_secs(10)) {
            on_cleanup(move || handle.clear());
        }
    });
}

/// The present time of the page.
pub fn now() -> Moment {
    use_context::<Now>().map_or_else(present, |now| now.0.get())
}

/// The present time of whoever asks.
#[cfg(not(feature = "hydrate"))]
pub fn present() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Moment(since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }))
}

/// The present time of whoever asks.
#[cfg(feature = "hydrate")]
pub fn present() -> Moment {
    #[allow(clippy::cast_possible_truncation)]
    Moment(js_sys::Date::now() as i64)
}

/// "2 minutes ago", "in 5 seconds", "just now".
pub fn relative(at: Moment, now: Moment) -> String {
    let passed = now.since(at);
    let (count, unit) = span(passed.abs());
    match (unit, passed >= 0) {
        (Unit::Moment, true) => text!(time.just_now),
        (Unit::Moment, false) => text!(time.any_moment),
        (Unit::Seconds, true) => text!(time.seconds_ago, count = count),
        (Unit::Minutes, true) => text!(time.minutes_ago, count = count),
        (Unit::Hours, true) => text!(time.hours_ago, count = count),
        (Unit::Days, true) => text!(time.days_ago, count = count),
        (Unit::Seconds, false) => text!(time.in_seconds, count = count),
        (Unit::Minutes, false) => text!(time.in_minutes, count = count),
        (Unit::Hours, false) => text!(time.in_hours, count = count),
        (Unit::Days, false) => text!(time.in_days, count = count),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Moment,
    Seconds,
    Minutes,
    Hours,
    Days,
}

fn span(length: i64) -> (u32, Unit) {
    let (divisor, unit) = match length {
        ..SOON => (SECOND, Unit::Moment),
        SOON..MINUTE => (SECOND, Unit::Seconds),
        MINUTE..HOUR => (MINUTE, Unit::Minutes),
        HOUR..DAY => (HOUR, Unit::Hours),
        DAY.. => (DAY, Unit::Days),
    };
    (u32::try_from(length / divisor).unwrap_or(u32::MAX), unit)
}

/// The moment as ISO 8601, for `datetime`.
pub fn iso(at: Moment) -> String {
    let (year, month, day) = date(at);
    let (hour, minute, second) = clock(at);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The day of a moment as ISO 8601, in UTC.
pub fn day(at: Moment) -> String {
    let (year, month, day) = date(at);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The hour and minute of a moment, in UTC.
pub fn hour(at: Moment) -> String {
    let (hour, minute, _) = clock(at);
    format!("{hour:02}:{minute:02} UTC")
}

/// The moment in words, exact to the second, in UTC.
pub fn exact(at: Moment) -> String {
    let (year, month, day) = date(at);
    let (hour, minute, second) = clock(at);
    format!(
        "{day} {} {year}, {hour:02}:{minute:02}:{second:02} UTC",
        month_name(month)
    )
}

fn month_name(month: u32) -> String {
    match month {
        1 => text!(time.month.jan),
        2 => text!(time.month.feb),
        3 => text!(time.month.mar),
        4 => text!(time.month.apr),
        5 => text!(time.month.may),
        6 => text!(time.month.jun),
        7 => text!(time.month.jul),
        8 => text!(time.month.aug),
        9 => text!(time.month.sep),
        10 => text!(time.month.oct),
        11 => text!(time.month.nov),
        _ => text!(time.month.dec),
    }
}

fn clock(at: Moment) -> (i64, i64, i64) {
    let in_day = at.0.rem_euclid(DAY);
    (
        in_day / HOUR,
        in_day % HOUR / MINUTE,
        in_day % MINUTE / SECOND,
    )
}

/// Year, month and day of a moment in the proleptic Gregorian calendar, counted in eras of
/// 400 years that begin on 1 March.
fn date(at: Moment) -> (i64, u32, u32) {
    let days = at.0.div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year + era * 400 + i64::from(month <= 2);
    (
        year,
        u32::try_from(month).unwrap_or(1),
        u32::try_from(day).unwrap_or(1),
    )
}

/// A length of time in a few letters: "120 ms", "3.4 s"; whole minutes and hours as such.
pub fn duration(ms: u32) -> String {
    const MINUTE: u32 = 60_000;
    const HOUR: u32 = 60 * MINUTE;
    if ms < 1000 {
        text!(time.ms, n = ms)
    } else if ms.is_multiple_of(HOUR) {
        text!(time.h, n = ms / HOUR)
    } else if ms.is_multiple_of(MINUTE) {
        text!(time.min, n = ms / MINUTE)
    } else {
        let tenths = ms / 100;
        text!(time.s, n = format!("{}.{}", tenths / 10, tenths % 10))
    }
}

/// A number with thin spaces between thousands.
pub fn number(value: u32) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// A count that stopped at [`COUNTED`]: `10 000+` when there is more.
pub fn counted(value: u32) -> String {
    if value > COUNTED {
        format!("{}+", number(COUNTED))
    } else {
        number(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(iso(Moment(0)), "1970-01-01T00:00:00Z");
        assert_eq!(iso(Moment(951_782_400_000)), "2000-02-29T00:00:00Z");
        assert_eq!(iso(Moment(1_767_225_599_000)), "2025-12-31T23:59:59Z");
        assert_eq!(iso(Moment(-1000)), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn a_length_is_told_in_its_largest_unit() {
        assert_eq!(span(4_999), (4, Unit::Moment));
        assert_eq!(span(59_000), (59, Unit::Seconds));
        assert_eq!(span(61_000), (1, Unit::Minutes));
        assert_eq!(span(25 * HOUR), (1, Unit::Days));
    }

    #[test]
    fn thousands_are_kept_apart() {
        assert_eq!(number(7), "7");
        assert_eq!(number(1234), "1\u{202f}234");
        assert_eq!(number(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
