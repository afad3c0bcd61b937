//! Asking how a linked phone's connector is.

use super::link::waits;
use super::place::{Found, Place, find};
use super::step::{Stop, stop};
use crate::bitrix::connector::{Channel, status};
use crate::bus::Topic;
use crate::connect::{Check, name};
use crate::errands::Outcome;
use crate::state::AppState;
use crate::store::StoreError;
use std::time::Duration;
use uuid::Uuid;

/// How often a phone is asked about.
const EVERY: Duration = Duration::from_secs(15 * 60);

/// Asks the portal about the connector, with the line, and notes what it says.
pub async fn check(state: &AppState, phone: Uuid) -> Result<Outcome, StoreError> {
    let place = match find(state, phone).await? {
        Found::Place(place) => place,
        Found::Nothing => return Ok(Outcome::Done),
        Found::NotReady(why) => {
            waits(state, phone, &why).await?;
            return Ok(Outcome::Done);
        }
    };
    let (Some(line), Some(connector)) = (place.phone.line_id, &place.phone.connector) else {
        return Ok(Outcome::Done);
    };
    let channel = Channel {
        connector: connector.clone(),
        line: line.to_string(),
    };
    let found = match status(&state.remotes.bitrix, &place.keys, &channel).await {
        Ok(found) if found.status => Check::ok(name::CONNECTOR, "active"),
        Ok(found) if found.error => Check::bad(name::CONNECTOR, "in_error"),
        Ok(_) => Check::bad(name::CONNECTOR, "inactive"),
        Err(error) => match stop(name::CONNECTOR, &error) {
            Stop::Refused(check) | Stop::Later(check, _) => check,
        },
    };
    let found = found.arg("line", line);
    keep(state, &place, &found).await?;
    state.bus.changed(place.phone.owner_id, Topic::Phones);
    state.bus.changed(place.phone.owner_id, Topic::Overview);
    Ok(Outcome::Again(EVERY))
}

/// Notes the finding for the phone's page and for lists, unless the phone has another line by now.
async fn keep(state: &AppState, place: &Place, found: &Check) -> Result<(), StoreError> {
    let (now, kept) = (state.clock.now(), found.kept());
    let txn = state.store.begin().await?;
    let is_there = match found.state() {
        "ok" => {
            txn.phone_note_link_in_txn(&place.phone, "linked", None, now)
                .await?
        }
        "bad" => {
            txn.phone_note_link_in_txn(&place.phone, "failed", Some(&kept), now)
                .await?
        }
        // Nobody could tell: what lists know stays known.
        _ => {
            let now = txn.phone_find_in_txn(place.phone.id).await?;
            now.is_some_and(|now| now.line_id == place.phone.line_id)
        }
    };
    if is_there {
        txn.checks_note_in_txn(place.phone.id, &[found.finding()], now)
            .await?;
    }
    txn.commit().await
}
