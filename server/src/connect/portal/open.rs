//! Somebody opens THOTH inside Bitrix24: proven by their token, at the OAuth server and at the portal we know.

use super::call::AppCall;
use super::error::InstallError;
use super::install::{Installed, install};
use super::proof::{is_ours, profile_of};
use crate::bitrix::{CallError, ProofError};
use crate::state::AppState;
use crate::store::StoreError;
use crate::store::entities::portal;
use std::time::Duration;
use uuid::Uuid;

/// How long a person waits at most.
const TIME: Duration = Duration::from_secs(15);

/// Who looks.
#[derive(Debug)]
pub struct Opened {
    /// The portal.
    pub portal: Uuid,
    /// Whose portal it is: with their rights the page is shown.
    pub owner: Uuid,
    /// The user in Bitrix24.
    pub bitrix_user: String,
}

/// Why the page is not shown.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No app is installed here for this portal.
    #[error("the portal is not connected")]
    UnknownPortal,
    /// The token is not one of this app's, or not of this portal.
    #[error("the token is not proven")]
    NotProven,
    /// Only administrators of the portal may.
    #[error("the user is no administrator of the portal")]
    NotAdmin,
    /// Nobody could tell.
    #[error("could not be asked: {0}")]
    Silent(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ProofError> for OpenError {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Refused { .. } => Self::NotProven,
            ProofError::Silent { reason } => Self::Silent(reason),
        }
    }
}

impl From<CallError> for OpenError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::ExpiredToken
            | CallError::InvalidToken { .. }
            | CallError::UserGone { .. }
            | CallError::Reauthorize
            | CallError::Refused { .. }
            | CallError::Denied { .. } => Self::NotProven,
            CallError::RateLimited { .. }
            | CallError::OperationLimit { .. }
            | CallError::Overload
            | CallError::ServerError { .. }
            | CallError::NotSent { .. }
            | CallError::Unknown { .. } => Self::Silent(error.to_string()),
        }
    }
}

/// Proves who opens a page.
pub async fn open(state: &AppState, call: &AppCall) -> Result<Opened, OpenError> {
    tokio::time::timeout(TIME, proven(state, call))
        .await
        .unwrap_or_else(|_| Err(OpenError::Silent("no answer in time".to_owned())))
}

async fn proven(state: &AppState, call: &AppCall) -> Result<Opened, OpenError> {
    let endpoint = call.server_endpoint.as_deref();
    let info = state
        .remotes
        .oauth
        .app_info(endpoint, &call.access_token)
        .await?;
    let client_id = info.client_id.as_deref();
    let stored = state.store.portal_by_member(&call.member_id).await?;
    let known = stored.filter(|portal| portal.state == "ok");
    let (portal, is_given) = match known {
        Some(portal) => (portal, false),
        // Opened before it was installed, or after its tokens died: this brings new ones.
        None => (given(state, call).await?, true),
    };
    if client_id.is_some_and(|id| id != portal.client_id) {
        return Err(OpenError::NotProven);
    }
    let profile = profile_of(state, &portal, call).await?;
    if !profile.is_admin {
        return Err(OpenError::NotAdmin);
    }
    if !is_given && !is_ours(state, &portal, call, client_id) {
        // Bitrix24 does not say whose token it is: only our own app's can be exchanged with our keys.
        let exchanged = given(state, call).await.map_err(unproven)?;
        if exchanged.id != portal.id {
            return Err(OpenError::NotProven);
        }
    } else if !is_given && call.refresh_token.is_some() && is_dead(state, &portal).await? {
        // An administrator looks, and nobody's tokens work any more: theirs do.
        if let Err(error) = given(state, call).await {
            tracing::warn!(%error, portal = %portal.id, "A portal's dead tokens could not be replaced");
        }
    }
    Ok(Opened {
        portal: portal.id,
        owner: portal.owner_id,
        bitrix_user: profile.user_id,
    })
}

/// Whether nobody's tokens of the portal work.
async fn is_dead(state: &AppState, portal: &portal::Model) -> Result<bool, StoreError> {
    let tokens = state.store.portal_tokens(portal.id).await?;
    Ok(tokens.iter().all(|token| token.dead_reason.is_some()))
}

/// Takes the tokens of the call, as an installation does.
async fn given(state: &AppState, call: &AppCall) -> Result<portal::Model, OpenError> {
    match install(state, call).await {
        Ok(Installed::Portal(id)) => {
            let found = state.store.portal_find(id).await?;
            found.ok_or(OpenError::UnknownPortal)
        }
        Ok(Installed::Waits { .. }) => Err(OpenError::UnknownPortal),
        Err(InstallError::NotAdmin) => Err(OpenError::NotAdmin),
        Err(InstallError::Store(error)) => Err(OpenError::Store(error)),
        Err(error) if error.is_silence() => Err(OpenError::Silent(error.to_string())),
        Err(error) => {
            tracing::warn!(%error, "A page was opened in a portal whose app is not connected here");
            Err(OpenError::UnknownPortal)
        }
    }
}

/// The portal is known; its app is what is not proven.
fn unproven(error: OpenError) -> OpenError {
    match error {
        OpenError::UnknownPortal => OpenError::NotProven,
        OpenError::NotProven | OpenError::NotAdmin | OpenError::Silent(_) | OpenError::Store(_) => {
            error
        }
    }
}
