//! An installation: proven, kept, matched to a portal of ours, exchanged for tokens that name their portal.

use super::call::AppCall;
use super::error::InstallError;
use super::give::{Kept, Writing, give, secret_of};
use super::keep::keep_pending;
use super::proof::{is_ours, profile_of};
use crate::errands::Errand;
use crate::state::AppState;
use crate::store::entities::portal;
use secrecy::ExposeSecret;
use uuid::Uuid;

/// Drafts that are tried with an installation that does not say whose it is.
const DRAFTS_TRIED: usize = 5;

/// Soon enough for somebody who looks, and late enough for a portal to come back, in milliseconds.
const SOON: i64 = 5_000;

/// What came of it.
#[derive(Debug)]
pub enum Installed {
    /// The portal has tokens.
    Portal(Uuid),
    /// No portal here has this client id yet: the installation waits to be claimed.
    Waits {
        /// The app's id, where Bitrix24 says it.
        client_id: Option<String>,
    },
}

/// Proves an installation and gives it to its portal, or keeps it until one claims it.
///
/// Once begun it goes on to its end even when the caller is gone: the answers hold the only tokens that still work.
pub async fn install(state: &AppState, call: &AppCall) -> Result<Installed, InstallError> {
    let (state, call) = (state.clone(), call.clone());
    let going = tokio::spawn(async move { go(&state, &call).await });
    let broken = |error: tokio::task::JoinError| InstallError::Silent {
        reason: error.to_string(),
    };
    going.await.map_err(broken)?
}

async fn go(state: &AppState, call: &AppCall) -> Result<Installed, InstallError> {
    if call.refresh_token.is_none() {
        return Err(InstallError::Incomplete("refresh token"));
    }
    let endpoint = call.server_endpoint.as_deref();
    let info = state
        .remotes
        .oauth
        .app_info(endpoint, &call.access_token)
        .await?;
    let client_id = info.client_id.as_deref();
    let kept = Kept {
        id: keep_pending(state, call, client_id).await?,
        call: call.clone(),
    };
    for portal in candidates(state, call, client_id).await? {
        let error = match give(state, &kept, &portal, Writing::Known).await {
            Ok(portal) => return Ok(Installed::Portal(portal)),
            Err(error) => error,
        };
        if error.is_spent() {
            let is_again = shown_again(state, call, client_id, &portal).await;
            if is_again || client_id.is_some() {
                state.store.install_forget(kept.id).await?;
            }
            if is_again {
                return Ok(Installed::Portal(portal.id));
            }
        }
        match error {
            // Not this one's, where Bitrix24 does not say whose it is.
            InstallError::KeysRefused { .. } if client_id.is_none() => {}
            // Of the same Marketplace app and another portal: somebody has to add that one here.
            InstallError::ForeignPortal if is_market(&portal.client_id) => {}
            error => {
                try_later(state, &portal, &error).await?;
                return Err(error);
            }
        }
    }
    Ok(Installed::Waits {
        client_id: info.client_id,
    })
}

/// The page was shown again with tokens that were exchanged before: the portal's own word about its user proves them.
async fn shown_again(
    state: &AppState,
    call: &AppCall,
    client_id: Option<&str>,
    portal: &portal::Model,
) -> bool {
    // An event is not shown again.
    let is_page = call.kind == "ui";
    let is_here = is_page && portal.member_id == call.member_id && portal.state == "ok";
    let proven = is_here && is_ours(state, portal, call, client_id);
    proven
        && profile_of(state, portal, call)
            .await
            .is_ok_and(|profile| profile.is_admin)
}

/// What could not be asked now is asked again by itself: the installation was kept.
async fn try_later(
    state: &AppState,
    portal: &portal::Model,
    error: &InstallError,
) -> Result<(), InstallError> {
    if error.is_silence() {
        let now = state.clock.now();
        let check = Errand::PortalCheck { portal: portal.id };
        state.store.errand_put(&check.row(now + SOON, now)?).await?;
    }
    Ok(())
}

/// Whether the keys are those of a Marketplace app, which serve any number of portals.
pub(super) fn is_market(client_id: &str) -> bool {
    client_id.starts_with("app.")
}

/// The portals it may be for: with this client id, with this member id, else those that wait for an installation.
async fn candidates(
    state: &AppState,
    call: &AppCall,
    client_id: Option<&str>,
) -> Result<Vec<portal::Model>, InstallError> {
    if let Some(client_id) = client_id {
        let mut all = state.store.portals_by_client(client_id).await?;
        all.retain(|portal| has_secret(state, portal));
        if is_market(client_id) {
            // A stranger's portal is nobody's here until somebody adds it.
            all.retain(|portal| portal.member_id.is_empty() || portal.member_id == call.member_id);
        }
        // The one that is this portal already comes first.
        all.sort_by_key(|portal| portal.member_id != call.member_id);
        all.truncate(1);
        return Ok(all);
    }
    if let Some(known) = state.store.portal_by_member(&call.member_id).await? {
        return Ok(vec![known]);
    }
    let mut drafts = state.store.portals_waiting().await?;
    drafts.retain(|portal| has_secret(state, portal));
    drafts.truncate(DRAFTS_TRIED);
    Ok(drafts)
}

pub(super) fn has_secret(state: &AppState, portal: &portal::Model) -> bool {
    secret_of(state, portal).is_ok_and(|secret| !secret.expose_secret().is_empty())
}
