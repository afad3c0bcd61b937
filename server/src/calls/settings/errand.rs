//! The errand that reads a number's calling: daily where calling is used, and whenever something asks for it.

use super::check::{Reading, calling_check};
use super::desk::SettingsDesk;
use super::trouble::Trouble;
use crate::errands::{Errand, Outcome};
use crate::state::AppState;
use crate::store::{StoreError, Txn};
use std::time::Duration;
use uuid::Uuid;

/// How often it is read when nothing asks for it.
const DAILY: Duration = Duration::from_secs(24 * 60 * 60);

/// How soon again when Meta was silent.
const SILENT: Duration = Duration::from_secs(5 * 60);

/// How soon again when Meta refused: an admin may have seen to it.
const REFUSED: Duration = Duration::from_secs(60 * 60);

/// How soon again when somebody is at it.
const BUSY: Duration = Duration::from_secs(30);

/// Reads it once, and again for as long as calling is used.
pub async fn calling_errand(state: &AppState, phone: Uuid) -> Result<Outcome, StoreError> {
    let desk = SettingsDesk {
        wait: Duration::ZERO,
        ..SettingsDesk::of(state)
    };
    Ok(match calling_check(&desk, phone).await {
        Ok(Reading::Used) => Outcome::Again(DAILY),
        Ok(Reading::Unused) | Err(Trouble::Gone) => Outcome::Done,
        Ok(Reading::Silent) => Outcome::Again(SILENT),
        Ok(Reading::Refused) => Outcome::Again(REFUSED),
        Ok(Reading::RefusedUnused) => Outcome::Done,
        Err(Trouble::Busy) => Outcome::Again(BUSY),
        Err(Trouble::Store(error)) => return Err(error),
        Err(
            Trouble::Token
            | Trouble::NoServer
            | Trouble::SamePassword
            | Trouble::Refused { .. }
            | Trouble::Silent,
        ) => Outcome::Again(REFUSED),
    })
}

/// Asks for it now, unless it is asked for already.
pub async fn ask_calling_check_in_txn(txn: &Txn, phone: Uuid, now: i64) -> Result<(), StoreError> {
    let errand = Errand::CallingCheck { phone };
    txn.errand_hasten_in_txn(&errand.row(now, now)?).await
}
