//! Another secret for an app that is installed: proven by the refresh that will need it anyway.

use crate::bitrix::{FreshTokens, PortalToken, RefreshError, StoreTrouble, TokenStore};
use crate::keyring::SealedTokens;
use crate::state::AppState;
use crate::store::entities::portal;
use crate::vault::{Place, VaultError};
use std::time::Duration;

/// How often new tokens are offered to a database that fails, and how long is waited in between.
const KEEPS_MAX: u32 = 20;
const LOOK: Duration = Duration::from_millis(250);

/// Why keys are not proven.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// Bitrix24 refuses the client id and secret.
    #[error("Bitrix24 refuses the client id and secret ({code})")]
    Refused {
        /// Its code.
        code: String,
    },
    /// Nobody could tell.
    #[error("Bitrix24's OAuth server could not be asked: {reason}")]
    Silent {
        /// In words.
        reason: String,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreTrouble),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Refreshes a token of the portal with the keys of `portal`, which need not be stored yet, and keeps what it brings.
/// A portal without living tokens has nothing to prove them by.
///
/// Once begun it goes on to its end even when the caller is gone: the answer holds the only refresh token that still
/// works.
pub async fn keys_prove(state: &AppState, portal: &portal::Model) -> Result<(), KeysError> {
    let (state, portal) = (state.clone(), portal.clone());
    let going = tokio::spawn(async move { go(&state, &portal).await });
    going.await.map_err(|error| KeysError::Silent {
        reason: error.to_string(),
    })?
}

/// Keeps the new tokens, patiently: the old ones may be used up.
async fn keep(
    tokens: &SealedTokens,
    old: &PortalToken,
    fresh: &FreshTokens,
) -> Result<(), KeysError> {
    let mut tries = 1;
    loop {
        match tokens.refresh_finish(old.id, old.generation, fresh).await {
            Err(error) if tries < KEEPS_MAX => {
                tracing::warn!(%error, tries, "New tokens of a portal could not be stored yet");
                tries += 1;
                tokio::time::sleep(LOOK).await;
            }
            result => return Ok(result?),
        }
    }
}

async fn go(state: &AppState, portal: &portal::Model) -> Result<(), KeysError> {
    let (store, vault, clock) = (
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    );
    let tokens = SealedTokens::new(store, vault, clock);
    let Some(token) = tokens.tokens_load(portal.id).await?.into_iter().next() else {
        return Ok(());
    };
    let secret = state
        .vault
        .open(Place::PortalClientSecret, portal.id, &portal.client_secret)?;
    if !tokens.refresh_begin(token.id, token.generation).await? {
        return Err(KeysError::Silent {
            reason: "the portal's token is being refreshed just now".to_owned(),
        });
    }
    let endpoint = Some(portal.server_endpoint.as_str());
    let refreshed = state
        .remotes
        .oauth
        .refresh(endpoint, &portal.client_id, &secret, &token.refresh_token)
        .await;
    let error = match refreshed {
        Ok(fresh) => return keep(&tokens, &token, &fresh).await,
        Err(error) => error,
    };
    tokens.refresh_stop(token.id, token.generation).await?;
    match error {
        // The keys were taken and the token is what is too old: that is the portal's own trouble.
        RefreshError::Dead { code } if code.eq_ignore_ascii_case("invalid_grant") => Ok(()),
        RefreshError::Dead { code } => Err(KeysError::Refused { code }),
        RefreshError::Later { reason } | RefreshError::Unknown { reason } => {
            Err(KeysError::Silent { reason })
        }
    }
}
