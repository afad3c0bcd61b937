//! A portal was saved: an installation that waits for its keys is its own now.

use super::error::InstallError;
use super::give::{Kept, Writing, give};
use super::install::{has_secret, is_market};
use super::keep::{INSTALL_WAITS, of_pending};
use crate::state::AppState;
use crate::store::entities::portal;

/// Takes the newest installation that waits for this client id, and writes the portal along with it as `writing`
/// says. False when none does, and then nothing is written.
///
/// An installation that does not say whose it is, is tried with these keys. Once begun it goes on to its end even
/// when the caller is gone, as an installation does.
pub async fn claim(
    state: &AppState,
    portal: &portal::Model,
    writing: Writing,
) -> Result<bool, InstallError> {
    let (state, portal) = (state.clone(), portal.clone());
    let going = tokio::spawn(async move { go(&state, &portal, writing).await });
    let broken = |error: tokio::task::JoinError| InstallError::Silent {
        reason: error.to_string(),
    };
    going.await.map_err(broken)?
}

async fn go(
    state: &AppState,
    portal: &portal::Model,
    writing: Writing,
) -> Result<bool, InstallError> {
    if !has_secret(state, portal) {
        return Ok(false);
    }
    let member = Some(portal.member_id.as_str()).filter(|member| !member.is_empty());
    let since = state.clock.now() - INSTALL_WAITS;
    let waiting = state
        .store
        .installs_waiting(&portal.client_id, member, since)
        .await?;
    let mut refused = None;
    for install in waiting {
        let kept = Kept {
            id: install.id,
            call: of_pending(state, &install)?,
        };
        let is_named = install.client_id.is_some();
        let error = match give(state, &kept, portal, writing).await {
            Ok(id) if id == portal.id => return Ok(true),
            // It was another portal's of the same app.
            Ok(_) => continue,
            Err(error) => error,
        };
        match error {
            error if error.is_spent() => {
                if is_named || member.is_some() {
                    state.store.install_forget(install.id).await?;
                }
            }
            InstallError::NotAdmin => {}
            error @ InstallError::KeysRefused { .. } if !is_named => refused = Some(error),
            InstallError::ForeignPortal | InstallError::PortalTaken
                if !is_named || is_market(&portal.client_id) => {}
            error => return Err(error),
        }
    }
    // Bitrix24 knows no app with these keys, whosever the installations are.
    refused.map_or(Ok(false), Err)
}
