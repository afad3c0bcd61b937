//! Somebody opens THOTH inside Bitrix24: proven by their token, at the OAuth server and at the portal we know.

use super::call::AppCall;
use super::install::{Installed, install};
use crate::bitrix::{CallError, PortalAddress, ProofError};
use crate::state::AppState;
use crate::store::StoreError;
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
    let stored = state.store.portal_by_member(&call.member_id).await?;
    let portal = match stored {
        Some(portal) if portal.state == "ok" => portal,
        // Opened before it was installed, or after its tokens died: this brings new ones.
        Some(_) | None => match install(state, call).await {
            Ok(Installed::Portal(id)) => {
                let found = state.store.portal_find(id).await?;
                found.ok_or(OpenError::UnknownPortal)?
            }
            Ok(Installed::Waits { .. }) | Err(_) => return Err(OpenError::UnknownPortal),
        },
    };
    if info.client_id.is_some_and(|id| id != portal.client_id) {
        return Err(OpenError::NotProven);
    }
    // The portal is asked at the address we know, never at the one the call names.
    let address = PortalAddress::parse(&portal.protocol, &portal.domain)
        .map_err(|_| OpenError::UnknownPortal)?;
    let profile = state
        .remotes
        .portal
        .profile(&address, &call.access_token)
        .await?;
    if !profile.is_admin {
        return Err(OpenError::NotAdmin);
    }
    Ok(Opened {
        portal: portal.id,
        owner: portal.owner_id,
        bitrix_user: profile.user_id,
    })
}
