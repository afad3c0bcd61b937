//! Giving an installation to a portal: its refresh token is exchanged, and the answer says what is true of it.

use super::call::AppCall;
use super::error::InstallError;
use super::install::is_market;
use super::keep::{keep_tokens, renew_pending};
use crate::bitrix::app::Profile;
use crate::bitrix::{FreshTokens, PortalAddress};
use crate::bus::Topic;
use crate::state::AppState;
use crate::store::entities::portal;
use crate::vault::Place;
use secrecy::SecretString;
use uuid::Uuid;

/// An installation that is kept until a portal has its tokens.
pub(super) struct Kept {
    /// Its row.
    pub id: Uuid,
    /// What Bitrix24 brought.
    pub call: AppCall,
}

/// How much of the portal is to be written along with what an installation brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// It is stored as it is.
    Known,
    /// A form adds it.
    New,
    /// A form changes its name or keys.
    Edited,
}

/// What the exchange proved.
pub(super) struct Proven {
    /// The new tokens.
    pub fresh: FreshTokens,
    /// Whose they are.
    pub profile: Profile,
    /// The portal's key.
    pub member: String,
    /// Where it answers.
    pub address: PortalAddress,
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

/// Exchanges the refresh token with the portal's keys: the answer says which portal it really is, and the portal says
/// whether its user is an administrator. Nobody else's tokens are taken: they can bind no events, and the unsigned
/// rest of the call could lock the portal out.
///
/// Answers the portal that got the tokens; another one of the same Marketplace app where they turn out to be its own.
pub(super) async fn give(
    state: &AppState,
    kept: &Kept,
    portal: &portal::Model,
    writing: Writing,
) -> Result<Uuid, InstallError> {
    let proven = prove(state, kept, portal).await?;
    let row = belongs(state, &kept.call, portal, &proven).await?;
    let writing = if row.id == portal.id {
        writing
    } else {
        Writing::Known
    };
    keep_tokens(state, &row, &proven, writing).await?;
    tracing::info!(portal = %row.id, kind = kept.call.kind, "An app was installed in a portal");
    for topic in [Topic::Portals, Topic::Phones, Topic::Overview] {
        state.bus.changed(row.owner_id, topic);
    }
    state.bus.errand_came();
    Ok(row.id)
}

async fn prove(
    state: &AppState,
    kept: &Kept,
    portal: &portal::Model,
) -> Result<Proven, InstallError> {
    let call = &kept.call;
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
    let member = fresh
        .member_id
        .clone()
        .ok_or(InstallError::Incomplete("member id"))?;
    // The old refresh token is used up: the new one is kept before anybody else is asked.
    renew_pending(state, kept.id, &member, &portal.client_id, &fresh).await?;
    let address = fresh
        .address
        .clone()
        .ok_or(InstallError::Incomplete("portal address"))?;
    let portals = &state.remotes.portal;
    let profile = portals.profile(&address, &fresh.access_token).await?;
    if !profile.is_admin {
        state.store.install_forget(kept.id).await?;
        return Err(InstallError::NotAdmin);
    }
    Ok(Proven {
        address: profile.moved_to.clone().unwrap_or(address),
        fresh,
        profile,
        member,
    })
}

/// The row that these tokens are for, as it will be.
async fn belongs(
    state: &AppState,
    call: &AppCall,
    portal: &portal::Model,
    proven: &Proven,
) -> Result<portal::Model, InstallError> {
    let known = state.store.portal_by_member(&proven.member).await?;
    let mut row = match known {
        Some(known) if known.id == portal.id => portal.clone(),
        // One pair of keys serves every portal of a Marketplace app.
        Some(known) if known.client_id == portal.client_id && is_market(&known.client_id) => known,
        Some(_) => return Err(InstallError::PortalTaken),
        None if portal.member_id.is_empty() => portal.clone(),
        None => return Err(InstallError::ForeignPortal),
    };
    row.member_id.clone_from(&proven.member);
    row.protocol = proven.address.protocol().as_str().to_owned();
    row.domain = proven.address.domain().to_owned();
    // The event that a page's installation has bound follows it; the app stays one with a page.
    if call.kind == "ui" || row.kind.is_none() {
        row.kind = Some(call.kind.to_owned());
    }
    let scopes = if proven.fresh.scopes.is_empty() {
        &call.scopes
    } else {
        &proven.fresh.scopes
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
