//! Asking how a linked phone's connector is.

use super::link::note;
use super::place::{Found, find};
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
        Found::NotReady => {
            let waits = Check::unknown(name::CONNECTOR, "portal_not_ready");
            note(state, phone, &[waits]).await?;
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
    note(state, phone, std::slice::from_ref(&found)).await?;
    let (now, words) = (state.clock.now(), found.words());
    let word = match found.state() {
        "ok" => Some(("linked", None)),
        "bad" => Some(("failed", Some(words.as_str()))),
        // Nobody could tell: what was known stays known.
        _ => None,
    };
    if let Some((word, reason)) = word {
        state.store.phone_set_link(phone, word, reason, now).await?;
    }
    state.bus.changed(place.phone.owner_id, Topic::Phones);
    state.bus.changed(place.phone.owner_id, Topic::Overview);
    Ok(Outcome::Again(EVERY))
}
