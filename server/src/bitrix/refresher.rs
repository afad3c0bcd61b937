//! One refresh of a token at a time, here and on every other node (R8).

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use uuid::Uuid;

use super::address::PortalAddress;
use super::call_error::CallError;
use super::oauth::{FreshTokens, OAuth, RefreshError};
use super::tokens::{PortalKeys, PortalToken, StoreTrouble, TokenStore};

/// How often a node that does not hold the lease looks for the new token.
const LOOK: Duration = Duration::from_millis(250);

/// How often it looks before it gives up: together 20 seconds.
const LOOKS_MAX: u32 = 80;

/// How often new tokens are offered to a store that fails: the old refresh token may be used up by then.
const KEEPS_MAX: u32 = 20;

/// Refreshes tokens. Clones share the flights in the air.
#[derive(Clone)]
pub(super) struct Refresher {
    oauth: OAuth,
    store: Arc<dyn TokenStore>,
    flights: Arc<Mutex<HashMap<Uuid, Arc<Mutex<()>>>>>,
    look: Duration,
}

/// How a refresh went.
pub(super) enum Refreshed {
    /// A newer token, and the portal's address where the OAuth server named it.
    Token(PortalToken, Option<PortalAddress>),
    /// This user's token will never work again.
    Dead,
}

impl Refresher {
    pub(super) fn new(oauth: OAuth, store: Arc<dyn TokenStore>) -> Self {
        Self {
            oauth,
            store,
            flights: Arc::default(),
            look: LOOK,
        }
    }

    /// Looks and keeps at another pace than in real life.
    #[cfg(test)]
    pub(super) fn looking_every(mut self, look: Duration) -> Self {
        self.look = look;
        self
    }

    /// Gets a newer token than this one: refreshes it, or waits for whoever does.
    ///
    /// Once begun, a refresh goes on to its end even when the caller is gone: the answer holds the only
    /// refresh token that still works.
    pub(super) async fn newer_than(
        &self,
        portal: &PortalKeys,
        old: &PortalToken,
    ) -> Result<Refreshed, CallError> {
        let flight = self.flights.lock().await.entry(old.id).or_default().clone();
        let _in_flight = flight.lock().await;
        for _ in 0..LOOKS_MAX {
            let living = self.store.tokens_load(portal.id).await?;
            let Some(current) = living.into_iter().find(|token| token.id == old.id) else {
                return Ok(Refreshed::Dead);
            };
            if current.generation != old.generation {
                return Ok(Refreshed::Token(current, None));
            }
            if self
                .store
                .refresh_begin(current.id, current.generation)
                .await?
            {
                let (own, portal) = (self.clone(), portal.clone());
                let refresh = tokio::spawn(async move { own.refresh(&portal, &current).await });
                let broken = |_| CallError::NotSent {
                    reason: "the refresh of a token broke off".to_owned(),
                };
                return refresh.await.map_err(broken)?;
            }
            tokio::time::sleep(self.look).await;
        }
        let reason = "another node has been refreshing the portal's token for too long".to_owned();
        Err(CallError::NotSent { reason })
    }

    /// Refreshes under the lease. A failure that may pass leaves the token as it is: the call was not done.
    async fn refresh(
        &self,
        portal: &PortalKeys,
        old: &PortalToken,
    ) -> Result<Refreshed, CallError> {
        let endpoint = portal.server_endpoint.as_deref();
        let answer = self
            .oauth
            .refresh(
                endpoint,
                &portal.client_id,
                &portal.client_secret,
                &old.refresh_token,
            )
            .await;
        match answer {
            Ok(fresh) if is_for(&fresh, portal) => {
                self.keep(old, &fresh).await?;
                tracing::info!(portal = %portal.id, "A portal's token was refreshed.");
                let token = PortalToken {
                    id: old.id,
                    generation: old.generation + 1,
                    access_token: fresh.access_token,
                    refresh_token: fresh.refresh_token,
                };
                Ok(Refreshed::Token(token, fresh.address))
            }
            Ok(_) => {
                self.bury(portal, old, "the new tokens are for another portal")
                    .await
            }
            Err(RefreshError::Dead { code }) => self.bury(portal, old, &code).await,
            Err(error @ (RefreshError::Later { .. } | RefreshError::Unknown { .. })) => {
                self.store.refresh_stop(old.id, old.generation).await?;
                tracing::warn!(portal = %portal.id, %error, "A portal's token could not be refreshed now.");
                Err(CallError::NotSent {
                    reason: error.to_string(),
                })
            }
        }
    }

    /// Stores new tokens, patiently.
    async fn keep(&self, old: &PortalToken, fresh: &FreshTokens) -> Result<(), StoreTrouble> {
        let mut tries = 1;
        loop {
            match self
                .store
                .refresh_finish(old.id, old.generation, fresh)
                .await
            {
                Err(error) if tries < KEEPS_MAX => {
                    tracing::warn!(%error, tries, "New tokens of a portal could not be stored yet.");
                    tries += 1;
                    tokio::time::sleep(self.look).await;
                }
                result => return result,
            }
        }
    }

    async fn bury(
        &self,
        portal: &PortalKeys,
        old: &PortalToken,
        reason: &str,
    ) -> Result<Refreshed, CallError> {
        tracing::warn!(portal = %portal.id, reason, "A portal's token cannot be refreshed any more.");
        self.store
            .token_kill(old.id, old.generation, reason)
            .await?;
        Ok(Refreshed::Dead)
    }
}

fn is_for(fresh: &FreshTokens, portal: &PortalKeys) -> bool {
    fresh
        .member_id
        .as_ref()
        .is_none_or(|member| *member == portal.member_id)
}

/// The call was not made: without tokens there is none.
impl From<StoreTrouble> for CallError {
    fn from(trouble: StoreTrouble) -> Self {
        Self::NotSent {
            reason: trouble.to_string(),
        }
    }
}
