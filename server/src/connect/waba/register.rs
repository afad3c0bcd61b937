//! Registering a number for the Cloud API, with the PIN that is its two-step PIN from then on.
//!
//! Meta counts attempts: a number is registered ten times in three days at most, and a PIN is not
//! guessed. So a refusal is not repeated by itself, a wait that Meta states is kept, and a number
//! whose PIN nobody told us is not tried at all.

use super::Patience;
use super::numbers::silent;
use crate::connect::{Check, name};
use crate::state::AppState;
use crate::store::StoreError;
use crate::store::entities::{check_result, phone};
use crate::vault::Place;
use crate::whatsapp::errors::{Verdict, verdict};
use crate::whatsapp::{GraphTrouble, PhoneNumber};
use secrecy::SecretString;
use std::time::Duration;

/// Whether the number is registered, after registering it where that is allowed. `None`: nothing new is
/// known, and what was said before stands.
pub(super) async fn registered(
    state: &AppState,
    phone: &phone::Model,
    token: &SecretString,
    number: &PhoneNumber,
    patience: Patience,
) -> Result<Option<Check>, StoreError> {
    let status = number.status.as_deref().unwrap_or("UNKNOWN");
    let said = |check: Check| Ok(Some(check.arg("status", status)));
    if !number.needs_registering() {
        return said(of_status(status));
    }
    let before = state.store.checks_of(&[phone.id]).await?;
    let before = before.iter().find(|found| found.name == name::REGISTERED);
    let until = state.store.phone_register_after(phone.id).await?;
    if let Some(until) = until.filter(|until| *until > state.clock.now()) {
        let code = waiting(before.map_or("", |found| found.code.as_str()));
        return said(Check::bad(name::REGISTERED, code).arg("until", until));
    }
    if let Some(stands) = before.and_then(refusal) {
        return said(stands);
    }
    let Some(pin) = pin(state, phone, number).await? else {
        return said(Check::bad(name::REGISTERED, "pin_needed"));
    };
    let call = state.remotes.graph.register(token, &phone.phone_id, &pin);
    match patience.with(call).await {
        Ok(()) => said(Check::ok(name::REGISTERED, "registered")),
        Err(trouble) => {
            let check = refused(&trouble, state.clock.now());
            if let Ok(until) = check.value("until").parse() {
                state.store.phone_register_wait(phone.id, until).await?;
            }
            said(check)
        }
    }
}

/// What a status of Meta's says of a number that is not to be registered by us. Source: "Phone numbers".
fn of_status(status: &str) -> Check {
    match status {
        "CONNECTED" | "FLAGGED" => Check::ok(name::REGISTERED, "registered"),
        "BANNED" | "RESTRICTED" | "DELETED" | "MIGRATED" | "RATE_LIMITED" | "OFFLINE"
        | "PENDING" | "DISCONNECTED" => Check::bad(name::REGISTERED, "number_status"),
        "UNVERIFIED" => Check::bad(name::REGISTERED, "number_unverified"),
        _ => Check::unknown(name::REGISTERED, "number_status"),
    }
}

/// A refusal that only a person can end: it stands until somebody types a PIN or presses Check now.
fn refusal(found: &check_result::Model) -> Option<Check> {
    let code = match found.code.as_str() {
        "pin_wrong" => "pin_wrong",
        "register_refused" => "register_refused",
        "number_unverified" => "number_unverified",
        _ => return None,
    };
    let args: std::collections::BTreeMap<String, String> =
        serde_json::from_str(&found.args).unwrap_or_default();
    let check = Check::bad(name::REGISTERED, code);
    Some(match args.get("reason") {
        Some(reason) => check.reason(reason),
        None => check,
    })
}

/// The sentence of a wait that goes on.
fn waiting(before: &str) -> &'static str {
    match before {
        "pin_tries" => "pin_tries",
        "number_leaving" => "number_leaving",
        _ => "register_limit",
    }
}

/// Why Meta did not register a number; with `until` where it states a wait.
pub(super) fn refused(trouble: &GraphTrouble, now: i64) -> Check {
    let bad = |code| Check::bad(name::REGISTERED, code);
    let wait = |code| bad(code).arg("until", now.saturating_add(asked_wait(trouble)));
    match trouble.code() {
        Some(133_005) => bad("pin_wrong"),
        Some(133_006) => bad("number_unverified"),
        Some(133_008 | 133_009) => wait("pin_tries"),
        Some(133_015) => wait("number_leaving"),
        Some(133_016) => wait("register_limit"),
        _ if trouble.is_silence() => silent(name::REGISTERED, trouble),
        _ => bad("register_refused").reason(trouble.words()),
    }
}

/// How long Meta asks to wait, by itself or by the meaning of its code; in milliseconds.
fn asked_wait(trouble: &GraphTrouble) -> i64 {
    let (by_code, asked) = match trouble {
        GraphTrouble::Refused { error, after } => (verdict(error), *after),
        GraphTrouble::NotSent { .. } | GraphTrouble::Unknown { .. } => (Verdict::Backoff, None),
    };
    let by_code = match by_code {
        Verdict::Wait(time) => time,
        Verdict::Permanent | Verdict::Backoff | Verdict::PairRate | Verdict::Stop => Duration::ZERO,
    };
    let wait = asked.unwrap_or_default().max(by_code);
    i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)
}

/// The PIN to register a number with: the stored one, else a new one, kept before it is used. `None`: Meta
/// has one that nobody told us.
async fn pin(
    state: &AppState,
    phone: &phone::Model,
    number: &PhoneNumber,
) -> Result<Option<SecretString>, StoreError> {
    if let Some(sealed) = &phone.pin {
        return Ok(open(state, phone, sealed));
    }
    if number.has_pin == Some(true) {
        return Ok(None);
    }
    let pin: SecretString = format!("{:06}", rand::random_range(0..1_000_000_u32)).into();
    let sealed = state.vault.seal(Place::PhonePin, phone.id, &pin);
    if state.store.phone_pin_first(phone.id, &sealed).await? {
        return Ok(Some(pin));
    }
    // Somebody was quicker: theirs counts.
    let stored = state.store.phone_find(phone.id).await?;
    let sealed = stored.and_then(|phone| phone.pin);
    Ok(sealed.and_then(|sealed| open(state, phone, &sealed)))
}

fn open(state: &AppState, phone: &phone::Model, sealed: &[u8]) -> Option<SecretString> {
    match state.vault.open(Place::PhonePin, phone.id, sealed) {
        Ok(pin) => Some(pin),
        Err(error) => {
            tracing::error!(%error, phone = %phone.id, "A PIN cannot be opened");
            None
        }
    }
}

/// Registers a phone with a PIN that somebody typed. Once Meta takes it, it is kept and said.
pub async fn register_typed(
    state: &AppState,
    phone: &phone::Model,
    token: &SecretString,
    pin: &SecretString,
) -> Result<Typed, StoreError> {
    let now = state.clock.now();
    let until = state.store.phone_register_after(phone.id).await?;
    if let Some(until) = until.filter(|until| *until > now) {
        return Ok(Typed::Wait(until));
    }
    let call = state.remotes.graph.register(token, &phone.phone_id, pin);
    let trouble = match Patience::of_a_person().with(call).await {
        Ok(()) => {
            let sealed = state.vault.seal(Place::PhonePin, phone.id, pin);
            let good = Check::ok(name::REGISTERED, "registered");
            let txn = state.store.begin().await?;
            txn.phone_pin_taken_in_txn(phone.id, &sealed).await?;
            txn.checks_note_in_txn(phone.id, &[good.finding()], state.clock.now())
                .await?;
            txn.commit().await?;
            return Ok(Typed::Registered);
        }
        Err(trouble) => trouble,
    };
    let check = refused(&trouble, now);
    if check.state() == "unknown" {
        return Ok(Typed::Silent(trouble.words()));
    }
    let until = check.value("until").parse::<i64>().ok();
    if let Some(until) = until {
        state.store.phone_register_wait(phone.id, until).await?;
    }
    let now = state.clock.now();
    let findings = [check.finding()];
    state.store.checks_note(phone.id, &findings, now).await?;
    Ok(match (check.code(), until) {
        (_, Some(until)) => Typed::Wait(until),
        ("pin_wrong", None) => Typed::Wrong,
        ("number_unverified", None) => Typed::Unverified,
        _ => Typed::Refused(trouble.words()),
    })
}

/// What came of a typed PIN.
#[derive(Debug, PartialEq, Eq)]
pub enum Typed {
    /// Meta took it.
    Registered,
    /// It is not the number's PIN.
    Wrong,
    /// The number has to be verified at Meta first.
    Unverified,
    /// Meta wants nothing of it until then; milliseconds.
    Wait(i64),
    /// Meta said no, in its words.
    Refused(String),
    /// Meta did not answer.
    Silent(String),
}
