//! An SMS sender that a phone has left behind in a portal.

use super::step::{Stop, stop};
use crate::bitrix::sms::sender_delete;
use crate::connect::name;
use crate::errands::{Errand, Outcome};
use crate::keyring::portal_keys;
use crate::state::AppState;
use crate::store::StoreError;
use uuid::Uuid;

/// Removes a sender, unless a phone of the portal has the code by now. One that took it while it was removed is
/// registered again.
pub async fn sender_off(state: &AppState, portal: Uuid, code: &str) -> Result<Outcome, StoreError> {
    let Some(row) = state.store.portal_find(portal).await? else {
        return Ok(Outcome::Done);
    };
    let is_used = state.store.sender_user(portal, code).await?.is_some();
    let (false, Ok(keys)) = (is_used, portal_keys(&state.vault, &row)) else {
        return Ok(Outcome::Done);
    };
    match sender_delete(&state.remotes.bitrix, &keys, code).await {
        Ok(()) => {
            if let Some(phone) = state.store.sender_user(portal, code).await? {
                let (sync, now) = (Errand::SenderSync { phone }, state.clock.now());
                state.store.errand_put(&sync.row(now, now)?).await?;
                state.bus.errand_came();
            }
            Ok(Outcome::Done)
        }
        Err(error) => match stop(name::SMS, &error) {
            Stop::Later(_, after) => Ok(Outcome::Again(after)),
            Stop::Refused(_) => {
                tracing::info!(%error, %portal, "An SMS sender that was left could not be removed");
                Ok(Outcome::Done)
            }
        },
    }
}
