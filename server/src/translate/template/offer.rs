//! An offer that runs out.

use serde_json::json;
use time::{Date, Month, PrimitiveDateTime, Time, UtcOffset};

use super::fill::Parts;
use super::fill_problem::FillProblem;
use super::given::Given;
use super::key::{Key, Word};
use crate::whatsapp::templates::LimitedTimeOffer;

pub(super) fn fill(
    offer: &LimitedTimeOffer,
    card: Option<u8>,
    given: &mut Given,
    parts: &mut Parts,
) -> Result<(), FillProblem> {
    parts.lines.extend(offer.text.clone());
    if !offer.has_expiration {
        return Ok(());
    }
    let found = given.required(card, Word::OfferUntil)?;
    let Some(at) = moment(&found) else {
        let key = Key::at(card, Word::OfferUntil);
        return Err(FillProblem::Malformed { key, found });
    };
    let parameter =
        json!({"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": at}});
    let content = json!({"type": "limited_time_offer", "parameters": [parameter]});
    parts.content.push(content);
    Ok(())
}

/// Milliseconds since the epoch, of `2030-01-31`, `31.01.2030 18:00`, `2030-01-31T18:00:00+05:00`, or of seconds or
/// milliseconds since the epoch. Without a zone it is UTC.
fn moment(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return match text.len() {
            10 => number.checked_mul(1000),
            13 => Some(number),
            _ => None,
        };
    }
    let (day, clock) = text.split_once(['T', ' ']).unwrap_or((text, "00:00"));
    let (clock, offset) = zone(clock.trim())?;
    let at = PrimitiveDateTime::new(date(day)?, time(clock)?).assume_offset(offset);
    at.unix_timestamp().checked_mul(1000)
}

fn date(text: &str) -> Option<Date> {
    let (year, month, day) = match text.contains('.') {
        true => three(text, '.').map(|[day, month, year]| (year, month, day)),
        false => three(text, '-').map(|[year, month, day]| (year, month, day)),
    }?;
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
}

fn three(text: &str, between: char) -> Option<[u16; 3]> {
    let numbers: Option<Vec<u16>> = text.split(between).map(|part| part.parse().ok()).collect();
    numbers?.try_into().ok()
}

fn time(text: &str) -> Option<Time> {
    let mut parts = text.split(':').map(|part| part.parse::<u8>());
    let hour = parts.next()?.ok()?;
    let minute = parts.next()?.ok()?;
    let second = parts.next().unwrap_or(Ok(0)).ok()?;
    let whole = parts.next().is_none();
    whole.then(|| Time::from_hms(hour, minute, second).ok())?
}

/// The time without its zone, and the zone.
fn zone(clock: &str) -> Option<(&str, UtcOffset)> {
    if let Some(clock) = clock.strip_suffix('Z') {
        return Some((clock, UtcOffset::UTC));
    }
    let Some(at) = clock.find(['+', '-']) else {
        return Some((clock, UtcOffset::UTC));
    };
    let (clock, offset) = clock.split_at_checked(at)?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    let (hours, minutes): (i8, i8) = (hours.parse().ok()?, minutes.parse().ok()?);
    let offset = UtcOffset::from_hms(hours.checked_mul(sign)?, minutes.checked_mul(sign)?, 0);
    Some((clock.trim_end(), offset.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_many_ways() {
        let noon = Some(1_893_499_200_000);
        for text in [
            "2030-01-01 12:00",
            "2030-01-01T12:00:00Z",
            "01.01.2030 12:00",
            "2030-01-01T17:00+05:00",
            "2030-01-01 09:00 -0300",
            "1893499200",
            "1893499200000",
        ] {
            assert_eq!(moment(text), noon, "{text}");
        }
        assert_eq!(moment("2030-01-01"), Some(1_893_456_000_000));
        for text in [
            "",
            "tomorrow",
            "2030-13-01",
            "2030-01-01 25:00",
            "12",
            "1.2",
            "2030-01-01 1:2:3:4",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
