//! What is known of a number's calling, as findings for the phone's health.

use super::kept::KeptError;
use super::wanted::CallingSettings;
use crate::connect::{Check, name};
use crate::whatsapp::calling::{Ability, CallHealth, Calling, HealthError, Restriction};
use app::model::Difference;

/// The findings; none where nobody uses calling. `now` in milliseconds.
pub(super) fn findings(
    wanted: Option<&CallingSettings>,
    calling: &Calling,
    drift: &[Difference],
    health: Option<&CallHealth>,
    now: i64,
) -> Vec<Check> {
    let is_on = calling.is_on == Some(true);
    let is_wanted = wanted.is_some_and(|wanted| wanted.calling);
    if !is_on && !is_wanted && drift.is_empty() {
        return Vec::new();
    }
    let mut found = vec![calling_check(calling, drift, is_on, now)];
    let sip_on = calling.sip.as_ref().and_then(|sip| sip.is_on) == Some(true);
    if is_on && sip_on {
        found.push(sip(health));
    }
    found
}

fn calling_check(calling: &Calling, drift: &[Difference], is_on: bool, now: i64) -> Check {
    if !drift.is_empty() {
        let fields: Vec<&str> = drift.iter().map(|one| one.field.as_str()).collect();
        return Check::bad(name::CALLING, "calling_drift").arg("fields", fields.join(", "));
    }
    if let Some(restriction) = standing(&calling.restrictions, now) {
        let bad = Check::bad(name::CALLING, "calling_restricted").arg("kind", &restriction.kind);
        return match restriction.until {
            Some(until) => bad.arg("until", until.saturating_mul(1000)),
            None => bad,
        };
    }
    if is_on {
        Check::ok(name::CALLING, "calling_on")
    } else {
        Check::bad(name::CALLING, "calling_off")
    }
}

/// The first restriction that is not over.
pub fn standing(restrictions: &[Restriction], now: i64) -> Option<&Restriction> {
    restrictions.iter().find(|one| {
        one.until
            .is_none_or(|until| until.saturating_mul(1000) > now)
    })
}

fn sip(health: Option<&CallHealth>) -> Check {
    let Some(health) = health else {
        return Check::unknown(name::SIP, "sip_unknown");
    };
    match health.calls {
        Some(Ability::Available) => Check::ok(name::SIP, "sip_available"),
        Some(Ability::Limited | Ability::Blocked) => {
            Check::bad(name::SIP, "sip_blocked").reason(reason(health))
        }
        None => Check::unknown(name::SIP, "sip_unknown"),
    }
}

/// Meta's words for why calls are blocked.
pub fn reason(health: &CallHealth) -> String {
    let blocked = health.errors().filter(|(part, error)| {
        part.calls.is_some_and(|able| able != Ability::Available)
            || matches!(error.code, Some(138_024 | 138_025))
    });
    let words: Vec<String> = blocked.map(|(_, error)| error_words(error)).collect();
    words.join(" ")
}

/// An error of Meta's health as a sentence.
pub fn error_words(error: &HealthError) -> String {
    let said = error.said.trim().trim_end_matches('.');
    match error.code {
        Some(code) => format!("{said} ({code})."),
        None => format!("{said}."),
    }
}

/// Meta was silent.
pub(super) fn silent(said: &str) -> Check {
    Check::unknown(name::CALLING, "meta_silent").reason(said)
}

/// Meta refused to tell.
pub(super) fn refused(error: &KeptError) -> Check {
    let said = error.said.trim().trim_end_matches('.');
    let reason = format!("{said} ({}).", error.code);
    Check::bad(name::CALLING, "calling_refused").reason(reason)
}
