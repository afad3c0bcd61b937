//! A line that a phone has left.

use super::step::{Stop, stop};
use crate::bitrix::connector::{Channel, activate};
use crate::connect::name;
use crate::errands::{Errand, Outcome};
use crate::keyring::portal_keys;
use crate::state::AppState;
use crate::store::StoreError;
use uuid::Uuid;

/// Switches the connector off for a line, unless a phone has taken the line meanwhile or is about to.
/// One that took it while it was switched off is linked again.
pub async fn line_off(
    state: &AppState,
    portal: Uuid,
    line: i64,
    connector: &str,
) -> Result<Outcome, StoreError> {
    let Some(row) = state.store.portal_find(portal).await? else {
        return Ok(Outcome::Done);
    };
    let store = &state.store;
    let is_used = store
        .phone_by_line(portal, line, connector)
        .await?
        .is_some()
        || store.line_is_wanted(portal, line).await?;
    let (false, Ok(keys)) = (is_used, portal_keys(&state.vault, &row)) else {
        return Ok(Outcome::Done);
    };
    let channel = Channel {
        connector: connector.to_owned(),
        line: line.to_string(),
    };
    match activate(&state.remotes.bitrix, &keys, &channel, false).await {
        Ok(()) => {
            if let Some(phone) = store.phone_by_line(portal, line, connector).await? {
                let (link, now) = (Errand::PhoneLink { phone: phone.id }, state.clock.now());
                store.errand_put(&link.row(now, now)?).await?;
                state.bus.errand_came();
            }
            Ok(Outcome::Done)
        }
        Err(error) => match stop(name::LINK_ACTIVATE, &error) {
            Stop::Later(_, after) => Ok(Outcome::Again(after)),
            Stop::Refused(_) => {
                tracing::info!(%error, %portal, line, "A connector could not be switched off for a line");
                Ok(Outcome::Done)
            }
        },
    }
}
