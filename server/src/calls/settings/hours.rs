//! Hours and holidays of the form, checked by Meta's rules.

use super::wanted::{CallHours, OpenSpan, ShutSpan, TimeOfDay};
use app::model::{Hours, Problem, ProblemCode, Span, Weekday};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Openings a day.
const SPANS_MAX: usize = 2;

/// Holidays altogether.
pub const HOLIDAYS_MAX: usize = 20;

/// Checks hours; problems stand at `timezone`, at the day, at `holiday_1` and so on, and at `holidays`.
pub fn hours_check(hours: &Hours, now: i64, take: &mut dyn FnMut(Problem)) -> CallHours {
    let zone = zone(&hours.timezone);
    if zone.is_none() {
        take(Problem::new(ProblemCode::TimezoneInvalid).at("timezone"));
    }
    let timezone = zone.as_ref().and_then(|zone| zone.iana_name());
    let timezone = timezone.unwrap_or_default().to_owned();
    let mut week = Vec::new();
    let mut faults = false;
    for (day, spans) in Weekday::ALL.into_iter().zip(&hours.week) {
        match day_check(day, spans) {
            Ok(found) => week.extend(found),
            Err(problem) => {
                faults = true;
                take(problem.at(day.field()));
            }
        }
    }
    if week.is_empty() && !faults {
        take(Problem::new(ProblemCode::HoursEmpty).at(Weekday::Monday.field()));
    }
    let today = day_of(now, zone.unwrap_or(TimeZone::UTC));
    CallHours {
        on: hours.on,
        timezone,
        week,
        holidays: holidays(hours, today, take),
    }
}

/// A time zone by its IANA name, in whichever case it is written.
pub fn zone(name: &str) -> Option<TimeZone> {
    let zone = TimeZone::get(name.trim()).ok()?;
    zone.iana_name()
        .is_some_and(|name| !name.eq_ignore_ascii_case("Etc/Unknown"))
        .then_some(zone)
}

/// The day it is in a zone; `now` in milliseconds.
pub fn day_of(now: i64, zone: TimeZone) -> Date {
    let now = Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH);
    now.to_zoned(zone).date()
}

/// The day it is in the zone of these hours; in UTC where they have none.
pub fn today(hours: &CallHours, now: i64) -> Date {
    day_of(now, zone(&hours.timezone).unwrap_or(TimeZone::UTC))
}

/// Whether calls are taken now; `now` in milliseconds.
pub fn is_open(hours: &CallHours, now: i64) -> bool {
    if !hours.on {
        return true;
    }
    let local = local(hours, now);
    let minutes = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute()));
    let Some(time) = minutes.ok().and_then(TimeOfDay::of_minutes) else {
        return true;
    };
    let day = usize::try_from(local.weekday().to_monday_zero_offset());
    let day = day.ok().and_then(|day| Weekday::ALL.get(day));
    let mut spans = hours.week.iter();
    let is_shut = hours
        .holidays
        .iter()
        .any(|one| one.date == local.date() && one.from <= time && time <= one.until);
    // The last minute of a day belongs to it.
    let within =
        |span: &OpenSpan| span.from <= time && (time < span.until || span.until == TimeOfDay::LAST);
    !is_shut && spans.any(|span| Some(&span.day) == day && within(span))
}

/// What the clock shows where the hours are kept: `2026-12-16 09:00`.
pub fn local_time(hours: &CallHours, now: i64) -> String {
    let local = local(hours, now);
    format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute())
}

fn local(hours: &CallHours, now: i64) -> jiff::Zoned {
    let now = Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH);
    now.to_zoned(zone(&hours.timezone).unwrap_or(TimeZone::UTC))
}

fn day_check(day: Weekday, spans: &[Span]) -> Result<Vec<OpenSpan>, Problem> {
    let typed = spans
        .iter()
        .filter(|span| !span.from.trim().is_empty() || !span.until.trim().is_empty());
    let mut found = Vec::new();
    for span in typed {
        let (from, until) = times(&span.from, &span.until)?;
        found.push(OpenSpan { day, from, until });
    }
    if found.len() > SPANS_MAX {
        return Err(Problem::new(ProblemCode::TooMany).arg("most", SPANS_MAX));
    }
    found.sort_unstable();
    let overlap = found.windows(2).any(|pair| match pair {
        [first, second] => second.from < first.until,
        _ => false,
    });
    if overlap {
        return Err(Problem::new(ProblemCode::SpansOverlap));
    }
    Ok(found)
}

/// Two times in their order. `24:00` is the last minute of the day, which is as far as Meta's days go.
fn times(from: &str, until: &str) -> Result<(TimeOfDay, TimeOfDay), Problem> {
    let invalid = || Problem::new(ProblemCode::TimeInvalid);
    let from = TimeOfDay::parse(from).ok_or_else(invalid)?;
    let until = match until.trim() {
        "24:00" | "2400" => TimeOfDay::LAST,
        other => TimeOfDay::parse(other).ok_or_else(invalid)?,
    };
    if from < until {
        Ok((from, until))
    } else {
        Err(Problem::new(ProblemCode::TimesReversed))
    }
}

fn holidays(hours: &Hours, today: Date, take: &mut dyn FnMut(Problem)) -> Vec<ShutSpan> {
    let mut found = Vec::new();
    for (number, row) in (1..).zip(&hours.holidays) {
        if row.date.trim().is_empty() {
            continue;
        }
        let mut at = |problem: Problem| take(problem.at(&format!("holiday_{number}")));
        let filled = |text: &str, else_: &str| match text.trim() {
            "" => else_.to_owned(),
            text => text.to_owned(),
        };
        let times = times(&filled(&row.from, "00:00"), &filled(&row.until, "23:59"));
        match (row.date.trim().parse::<Date>(), times) {
            (Err(_), _) => at(Problem::new(ProblemCode::DateInvalid)),
            (Ok(date), _) if date < today => at(Problem::new(ProblemCode::DatePast)),
            (Ok(_), Err(problem)) => at(problem),
            (Ok(date), Ok((from, until))) => found.push(ShutSpan { date, from, until }),
        }
    }
    if found.len() > HOLIDAYS_MAX {
        take(
            Problem::new(ProblemCode::TooMany)
                .arg("most", HOLIDAYS_MAX)
                .at("holidays"),
        );
    }
    found.sort_unstable();
    found
}
