//! Call hours: the whole object, checked as Meta checks it.

use super::refused::invalid;
use crate::graph::Refusal;
use crate::words::{iso, now, text_of};
use serde_json::{Map, Value};

const DAYS: [&str; 7] = [
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
];

/// Where time zones lie.
const AREAS: [&str; 11] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Etc",
    "Europe",
    "Indian",
    "Pacific",
];

/// The object as it is kept; nothing of an earlier one survives.
pub fn hours(value: &Value) -> Result<Value, Refusal> {
    let map = super::wanted::object(
        value,
        "call_hours",
        &[
            "status",
            "timezone_id",
            "weekly_operating_hours",
            "holiday_schedule",
        ],
    )?;
    let mut out = Map::new();
    let on = super::wanted::switch_of(map.get("status"), "call_hours.status")?;
    let on = on.ok_or_else(|| invalid("call_hours.status is required"))?;
    let word = crate::world::switch(on);
    out.insert("status".to_string(), Value::from(word));
    out.insert(
        "timezone_id".to_string(),
        Value::from(zone(map.get("timezone_id"))?),
    );
    let week = map
        .get("weekly_operating_hours")
        .and_then(Value::as_array)
        .filter(|it| !it.is_empty());
    let week = week
        .ok_or_else(|| invalid("call_hours.weekly_operating_hours must have at least one entry"))?;
    self::week(week)?;
    out.insert(
        "weekly_operating_hours".to_string(),
        Value::from(week.clone()),
    );
    if let Some(list) = map.get("holiday_schedule").filter(|it| !it.is_null()) {
        let list = list
            .as_array()
            .ok_or_else(|| invalid("call_hours.holiday_schedule must be a list"))?;
        holidays(list)?;
        out.insert("holiday_schedule".to_string(), Value::from(list.clone()));
    }
    Ok(Value::Object(out))
}

fn zone(value: Option<&Value>) -> Result<String, Refusal> {
    let name = text_of(value).unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || "_+-".contains(c);
    let mut parts = name.split('/');
    let known = name == "UTC"
        || parts.next().is_some_and(|area| AREAS.contains(&area))
            && name.contains('/')
            && parts.all(|part| !part.is_empty() && part.chars().all(plain));
    match known {
        true => Ok(name),
        false => Err(invalid(&format!(
            "call_hours.timezone_id: \"{name}\" is no time zone"
        ))),
    }
}

/// `HHMM` as minutes.
fn clock(value: Option<&Value>, what: &str) -> Result<u32, Refusal> {
    let wrong = || invalid(&format!("{what} must be a time as HHMM"));
    let text = value.and_then(Value::as_str).ok_or_else(wrong)?;
    if text.len() != 4 || !text.chars().all(|c| c.is_ascii_digit()) {
        return Err(wrong());
    }
    let number: u32 = text.parse().map_err(|_| wrong())?;
    let (hour, minute) = (number / 100, number % 100);
    match hour < 24 && minute < 60 {
        true => Ok(hour * 60 + minute),
        false => Err(wrong()),
    }
}

fn span(entry: &Value, names: (&str, &str), what: &str) -> Result<(u32, u32), Refusal> {
    let from = clock(entry.get(names.0), &format!("{what}.{}", names.0))?;
    let to = clock(entry.get(names.1), &format!("{what}.{}", names.1))?;
    match from < to {
        true => Ok((from, to)),
        false => Err(invalid(&format!(
            "{what}: {} must be before {}",
            names.0, names.1
        ))),
    }
}

fn week(entries: &[Value]) -> Result<(), Refusal> {
    let mut seen: Vec<(&str, (u32, u32))> = Vec::new();
    for entry in entries {
        let what = "call_hours.weekly_operating_hours";
        let day = entry.get("day_of_week").and_then(Value::as_str);
        let day = DAYS.into_iter().find(|it| Some(*it) == day);
        let day = day.ok_or_else(|| invalid(&format!("{what}.day_of_week is no day")))?;
        let own = span(entry, ("open_time", "close_time"), what)?;
        let same: Vec<(u32, u32)> = seen
            .iter()
            .filter(|(it, _)| *it == day)
            .map(|(_, span)| *span)
            .collect();
        if same.len() >= 2 {
            return Err(invalid(&format!("{what}: {day} has more than two entries")));
        }
        if same.iter().any(|it| own.0 < it.1 && it.0 < own.1) {
            return Err(invalid(&format!("{what}: entries of {day} overlap")));
        }
        seen.push((day, own));
    }
    Ok(())
}

fn holidays(entries: &[Value]) -> Result<(), Refusal> {
    let what = "call_hours.holiday_schedule";
    if entries.len() > 20 {
        return Err(invalid(&format!("{what} has more than 20 entries")));
    }
    let today: String = iso(now()).chars().take(10).collect();
    for entry in entries {
        let date = text_of(entry.get("date")).unwrap_or_default();
        if !is_date(&date) {
            return Err(invalid(&format!("{what}.date: \"{date}\" is no date")));
        }
        if date < today {
            return Err(invalid(&format!("{what}.date: {date} is in the past")));
        }
        span(entry, ("start_time", "end_time"), what)?;
    }
    Ok(())
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |part: &str, length: usize| {
        let good = part.len() == length && part.chars().all(|c| c.is_ascii_digit());
        part.parse::<u8>().ok().or(Some(0)).filter(|_| good)
    };
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|it| (1..=12).contains(&it))
        && number(day, 2).is_some_and(|it| (1..=31).contains(&it))
}
