//! An installation: proven, matched to a portal of ours, exchanged for tokens that name their portal.

use super::call::AppCall;
use super::error::InstallError;
use super::keep::{keep_pending, keep_tokens, next_portal};
use crate::bitrix::FreshTokens;
use crate::bus::Topic;
use crate::state::AppState;
use crate::store::entities::portal;
use crate::vault::Place;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// Drafts that are tried with an installation that does not say whose it is.
const DRAFTS_TRIED: usize = 5;

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
pub async fn install(state: &AppState, call: &AppCall) -> Result<Installed, InstallError> {
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
    for portal in candidates(state, call, client_id).await? {
        match give(state, call, &portal).await {
            Ok(portal) => return Ok(Installed::Portal(portal)),
            // Not this one's, where Bitrix24 does not say whose it is.
            Err(InstallError::KeysRefused { .. }) if client_id.is_none() => {}
            Err(error) => return Err(error),
        }
    }
    keep_pending(state, call, client_id).await?;
    Ok(Installed::Waits {
        client_id: info.client_id,
    })
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

fn has_secret(state: &AppState, portal: &portal::Model) -> bool {
    secret_of(state, portal).is_ok_and(|secret| !secret.expose_secret().is_empty())
}

/// The client secret of a portal.
pub(super) fn secret_of(
    state: &AppState,
    portal: &portal::Model,
) -> Result<SecretString, InstallError> {
    Ok(state
        .vault
        .open(Place::PortalClientSecret, portal.id, &portal.client_secret)?)
}

/// Exchanges the refresh token with the portal's keys: the answer says which portal it really is.
pub(super) async fn give(
    state: &AppState,
    call: &AppCall,
    portal: &portal::Model,
) -> Result<Uuid, InstallError> {
    let refresh = call
        .refresh_token
        .as_ref()
        .ok_or(InstallError::Incomplete("refresh token"))?;
    let secret = secret_of(state, portal)?;
    let endpoint = call.server_endpoint.as_deref();
    let fresh = state
        .remotes
        .oauth
        .refresh(endpoint, &portal.client_id, &secret, refresh)
        .await?;
    let portal = belongs(state, call, portal, &fresh).await?;
    keep_tokens(state, call, &portal, &fresh).await?;
    tracing::info!(portal = %portal.id, kind = call.kind, "An app was installed in a portal");
    state.bus.changed(portal.owner_id, Topic::Portals);
    state.bus.changed(portal.owner_id, Topic::Phones);
    state.bus.changed(portal.owner_id, Topic::Overview);
    state.bus.errand_came();
    Ok(portal.id)
}

/// The row that these tokens are for, as it will be.
async fn belongs(
    state: &AppState,
    call: &AppCall,
    portal: &portal::Model,
    fresh: &FreshTokens,
) -> Result<portal::Model, InstallError> {
    let member = fresh
        .member_id
        .clone()
        .ok_or(InstallError::Incomplete("member id"))?;
    let mut row = if portal.member_id.is_empty() || portal.member_id == member {
        portal.clone()
    } else if portal.client_id.starts_with("app.") {
        // One pair of keys serves every portal of a Marketplace app.
        match state.store.portal_by_member(&member).await? {
            Some(known) if known.client_id == portal.client_id => known,
            Some(_) => return Err(InstallError::PortalTaken),
            None => next_portal(state, portal)?,
        }
    } else {
        return Err(InstallError::ForeignPortal);
    };
    if let Some(other) = state.store.portal_by_member(&member).await?
        && other.id != row.id
    {
        return Err(InstallError::PortalTaken);
    }
    let address = fresh
        .address
        .clone()
        .ok_or(InstallError::Incomplete("portal address"))?;
    row.member_id = member;
    row.protocol = address.protocol().as_str().to_owned();
    row.domain = address.domain().to_owned();
    row.kind = Some(call.kind.to_owned());
    let scopes = if fresh.scopes.is_empty() {
        &call.scopes
    } else {
        &fresh.scopes
    };
    row.scopes = Some(scopes.join(","));
    if let Some(endpoint) = &call.server_endpoint {
        row.server_endpoint.clone_from(endpoint);
    }
    if let Some(token) = &call.application_token {
        row.application_token = state
            .vault
            .seal(Place::PortalApplicationToken, row.id, token);
    }
    Ok(row)
}
