//! What calls teach about the link between a phone and its line.

use super::place::Place;
use crate::bitrix::connector::{status_params, status_read};
use crate::bitrix::{AuthorizedClient, CallError, PortalAddress};
use crate::bus::Topic;
use crate::connect::{Check, name};
use crate::state::AppState;
use crate::store::StoreError;

/// How often messages that go through are noted as proof, in milliseconds.
const PROVEN_EVERY: i64 = 10 * 60 * 1000;

/// Asks `imconnector.status` when nobody has asked before. The answer is for people: whether
/// messages go through, sending them tells.
pub(super) async fn check_on_first_use(state: &AppState, api: &AuthorizedClient, place: &Place) {
    if place.phone.link_state != "unchecked" || place.phone.link_checked_at.is_some() {
        return;
    }
    let answer = api
        .call(
            &place.keys,
            "imconnector.status",
            status_params(&place.channel),
        )
        .await;
    let bad = |code| ("failed", Some(Check::bad(name::CONNECTOR, code)));
    let (word, found) = match answer {
        Ok(answer) => match status_read(&answer.result) {
            Some(status) if status.status => ("linked", None),
            Some(status) if status.error => bad("in_error"),
            Some(_) => bad("inactive"),
            None => return,
        },
        Err(error @ CallError::Refused { .. }) => {
            let refused = Check::bad(name::CONNECTOR, "refused").reason(error.said());
            ("failed", Some(refused))
        }
        Err(error) => {
            tracing::info!(%error, phone = %place.phone.id, "A connector's state could not be asked");
            return;
        }
    };
    set(state, place, word, found).await;
}

/// A message went through: there is no better proof.
pub(super) async fn works(state: &AppState, place: &Place) {
    let checked_at = place.phone.link_checked_at.unwrap_or_default();
    let is_old = state.clock.now() - checked_at > PROVEN_EVERY;
    if place.phone.link_state != "linked" || is_old {
        set(state, place, "linked", None).await;
    }
}

/// The portal says that the channel is off.
pub(super) async fn broken(state: &AppState, place: &Place, error: &CallError) {
    if place.phone.link_state != "failed" {
        let refused = Check::bad(name::CONNECTOR, "refused").reason(error.said());
        set(state, place, "failed", Some(refused)).await;
    }
}

/// Stores the address a renamed portal answered from.
pub(super) async fn follow_move(state: &AppState, place: &Place, moved_to: Option<&PortalAddress>) {
    let Some(address) = moved_to else {
        return;
    };
    let (protocol, domain) = (address.protocol().as_str(), address.domain());
    if let Err(error) = state
        .store
        .portal_set_address(place.portal.id, protocol, domain)
        .await
    {
        tracing::warn!(%error, portal = %place.portal.id, "A portal's new address could not be stored");
    }
}

/// Writes how the link is, the same for lists and for the phone's page.
async fn set(state: &AppState, place: &Place, word: &str, bad: Option<Check>) {
    let (now, line) = (state.clock.now(), place.phone.line_id.unwrap_or_default());
    let reason = bad.clone().map(|check| check.arg("line", line).kept());
    let found = bad.unwrap_or_else(|| Check::ok(name::CONNECTOR, "active"));
    let found = found.arg("line", line);
    let written = async {
        let txn = state.store.begin().await?;
        let is_there = txn
            .phone_note_link_in_txn(&place.phone, word, reason.as_deref(), now)
            .await?;
        if is_there {
            txn.checks_note_in_txn(place.phone.id, &[found.finding()], now)
                .await?;
        }
        txn.commit().await
    };
    let written: Result<(), StoreError> = written.await;
    if let Err(error) = written {
        tracing::warn!(%error, phone = %place.phone.id, "A phone's link could not be noted");
        return;
    }
    state.bus.changed(place.phone.owner_id, Topic::Phones);
    state.bus.changed(place.phone.owner_id, Topic::Overview);
}
