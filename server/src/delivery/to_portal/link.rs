//! What calls teach about the link between a phone and its line.

use super::place::Place;
use crate::bitrix::connector::{status_params, status_read};
use crate::bitrix::{AuthorizedClient, CallError, PortalAddress};
use crate::bus::Topic;
use crate::state::AppState;

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
    let (word, reason) = match answer {
        Ok(answer) => match status_read(&answer.result) {
            Some(status) if status.status => ("linked", None),
            Some(status) if status.error => (
                "failed",
                Some("the connector is in its error state".to_owned()),
            ),
            Some(status) if !status.configured => {
                ("failed", Some("the connector is not configured".to_owned()))
            }
            Some(_) => (
                "failed",
                Some("the connector is not active on this line".to_owned()),
            ),
            None => (
                "unchecked",
                Some("the portal's answer could not be read".to_owned()),
            ),
        },
        Err(CallError::Refused {
            code, description, ..
        }) => ("failed", Some(format!("{code}: {description}"))),
        Err(error) => {
            tracing::info!(%error, phone = %place.phone.id, "A connector's state could not be asked");
            return;
        }
    };
    set(state, place, word, reason.as_deref()).await;
}

/// A message went through: there is no better proof.
pub(super) async fn works(state: &AppState, place: &Place) {
    if place.phone.link_state != "linked" {
        set(state, place, "linked", None).await;
    }
}

/// The portal says that the channel is off.
pub(super) async fn broken(state: &AppState, place: &Place, error: &CallError) {
    if place.phone.link_state != "failed" {
        set(state, place, "failed", Some(&error.to_string())).await;
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

async fn set(state: &AppState, place: &Place, word: &str, reason: Option<&str>) {
    let now = state.clock.now();
    if let Err(error) = state
        .store
        .phone_set_link(place.phone.id, word, reason, now)
        .await
    {
        tracing::warn!(%error, phone = %place.phone.id, "A phone's link could not be noted");
        return;
    }
    state.bus.changed(place.phone.owner_id, Topic::Phones);
    state.bus.changed(place.phone.owner_id, Topic::Overview);
}
