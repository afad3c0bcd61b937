//! The numbers Meta lists for a WABA: kept for the forms, checked and registered where they are phones here.

use super::Patience;
use super::register::registered;
use crate::connect::{Check, name};
use crate::state::AppState;
use crate::store::StoreError;
use crate::store::entities::{phone, waba, waba_number};
use crate::whatsapp::{GraphTrouble, PhoneNumber};
use secrecy::SecretString;
use uuid::Uuid;

/// The row a number is kept in.
pub(super) fn row(waba: Uuid, number: &PhoneNumber, now: i64) -> waba_number::Model {
    waba_number::Model {
        id: Uuid::now_v7(),
        waba_id: waba,
        phone_id: number.id.clone(),
        phone: number.digits(),
        name: number.verified_name.clone(),
        status: number.status.clone(),
        quality: number.quality_rating.clone(),
        raw: number.raw.to_string(),
        seen_at: now,
    }
}

/// Notes for each phone of the WABA how its number is at Meta, and registers those whose PIN waits.
pub(super) async fn tend(
    state: &AppState,
    waba: &waba::Model,
    token: &SecretString,
    numbers: &[PhoneNumber],
    patience: Patience,
) -> Result<(), StoreError> {
    for phone in state.store.phones_of_waba(waba.id).await? {
        let Some(number) = numbers.iter().find(|number| number.id == phone.phone_id) else {
            let gone = Check::bad(name::REGISTERED, "not_listed");
            note(state, &phone, &[gone]).await?;
            continue;
        };
        let registered = registered(state, &phone, token, number, patience).await?;
        let mut found: Vec<Check> = registered.into_iter().collect();
        found.extend([quality(number), limit(number)]);
        note(state, &phone, &found).await?;
    }
    Ok(())
}

async fn note(state: &AppState, phone: &phone::Model, found: &[Check]) -> Result<(), StoreError> {
    let findings: Vec<_> = found.iter().map(Check::finding).collect();
    let now = state.clock.now();
    state.store.checks_note(phone.id, &findings, now).await
}

/// That Meta did not say.
pub(super) fn silent(name: &'static str, trouble: &GraphTrouble) -> Check {
    Check::unknown(name, "meta_silent").reason(trouble.said())
}

fn quality(number: &PhoneNumber) -> Check {
    let rating = number.quality_rating.as_deref().unwrap_or("UNKNOWN");
    let check = match rating {
        "GREEN" => Check::ok(name::QUALITY, "quality"),
        "YELLOW" => Check::ok(name::QUALITY, "quality_medium"),
        "RED" => Check::bad(name::QUALITY, "quality_low"),
        _ => Check::unknown(name::QUALITY, "quality_unrated"),
    };
    check.arg("quality", rating)
}

fn limit(number: &PhoneNumber) -> Check {
    match &number.messaging_limit {
        Some(limit) => Check::ok(name::LIMIT, "limit").arg("limit", limit),
        None => Check::unknown(name::LIMIT, "limit_unknown"),
    }
}
