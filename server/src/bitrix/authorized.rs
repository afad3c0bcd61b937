//! Calls with the best living token of a portal, refreshed once when it has expired.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::address::PortalAddress;
use super::batch::{BatchAnswer, Command};
use super::call_error::CallError;
use super::client::{Answer, BitrixClient};
use super::oauth::{FreshTokens, OAuth, RefreshError};
use super::tokens::{PortalKeys, PortalToken, StoreTrouble, TokenStore};

#[cfg(test)]
mod tests;

/// How often a node that does not hold the lease looks for the new token.
const LOOK: Duration = Duration::from_millis(250);

/// How often it looks before it gives up: together longer than a refresh may take.
const LOOKS_MAX: u32 = 80;

/// Calls portals as one of their users. Cheap to clone; clones share the flights in the air.
#[derive(Clone)]
pub struct AuthorizedClient {
    client: BitrixClient,
    oauth: OAuth,
    store: Arc<dyn TokenStore>,
    flights: Arc<Mutex<HashMap<Uuid, Arc<Mutex<()>>>>>,
    look: Duration,
}

/// What is called with a token: one method, or a batch.
enum Request<'a> {
    One { method: &'a str, params: &'a Value },
    Batch(&'a [Command]),
}

/// What it brought.
enum Brought {
    One(Answer),
    Batch(BatchAnswer),
}

/// How a refresh went.
enum Refreshed {
    /// A newer token, and the portal's address where the OAuth server named it.
    Token(PortalToken, Option<PortalAddress>),
    /// This user's token will never work again.
    Dead,
}

impl AuthorizedClient {
    /// A caller over a client, an OAuth server and a store.
    pub fn new(client: BitrixClient, oauth: OAuth, store: Arc<dyn TokenStore>) -> Self {
        Self {
            client,
            oauth,
            store,
            flights: Arc::default(),
            look: LOOK,
        }
    }

    /// Calls a method as [`BitrixClient::call`] does.
    ///
    /// `expired_token` refreshes once and repeats once; a dismissed user's token is set aside for another's.
    /// `CallError::Reauthorize` when none is left.
    pub async fn call(
        &self,
        portal: &PortalKeys,
        method: &str,
        params: Value,
    ) -> Result<Answer, CallError> {
        match self
            .run(
                portal,
                Request::One {
                    method,
                    params: &params,
                },
            )
            .await?
        {
            Brought::One(answer) => Ok(answer),
            Brought::Batch(_) => Err(CallError::Unknown {
                reason: "a batch answered a call".to_owned(),
            }),
        }
    }

    /// Runs a batch as [`BitrixClient::batch`] does, with tokens as in `call`.
    pub async fn batch(
        &self,
        portal: &PortalKeys,
        commands: &[Command],
    ) -> Result<BatchAnswer, CallError> {
        match self.run(portal, Request::Batch(commands)).await? {
            Brought::Batch(answer) => Ok(answer),
            Brought::One(_) => Err(CallError::Unknown {
                reason: "a call answered a batch".to_owned(),
            }),
        }
    }

    async fn run(&self, portal: &PortalKeys, request: Request<'_>) -> Result<Brought, CallError> {
        let mut denied = None;
        for token in self.store.tokens_load(portal.id).await? {
            match self.run_as(portal, token, &request).await {
                Err(
                    CallError::UserGone { .. }
                    | CallError::InvalidToken { .. }
                    | CallError::ExpiredToken,
                ) => {}
                Err(error) if may_be_another_users_right(&error) => denied = denied.or(Some(error)),
                other => return other,
            }
        }
        Err(denied.unwrap_or(CallError::Reauthorize))
    }

    /// Runs the request with one user's token. An error of that token comes back only when the token is set aside.
    async fn run_as(
        &self,
        portal: &PortalKeys,
        token: PortalToken,
        request: &Request<'_>,
    ) -> Result<Brought, CallError> {
        let first = self.ask(&portal.address, &token, request).await;
        let (token, result) = match first {
            Err(CallError::ExpiredToken | CallError::InvalidToken { .. }) => {
                match self.refreshed(portal, &token).await? {
                    Refreshed::Dead => return Err(CallError::ExpiredToken),
                    Refreshed::Token(token, address) => {
                        let address = address.as_ref().unwrap_or(&portal.address);
                        let result = self.ask(address, &token, request).await;
                        (token, result)
                    }
                }
            }
            other => (token, other),
        };
        if let Err(CallError::UserGone { code } | CallError::InvalidToken { code }) = &result {
            tracing::warn!(
                code,
                "A portal no longer accepts a user's token; another user's is tried."
            );
            self.store
                .token_kill(token.id, token.generation, code)
                .await?;
        }
        result
    }

    async fn ask(
        &self,
        address: &PortalAddress,
        token: &PortalToken,
        request: &Request<'_>,
    ) -> Result<Brought, CallError> {
        let access = &token.access_token;
        match request {
            Request::One { method, params } => self
                .client
                .call(address, access, method, (*params).clone())
                .await
                .map(Brought::One),
            Request::Batch(commands) => self
                .client
                .batch(address, access, commands)
                .await
                .map(Brought::Batch),
        }
    }

    /// Gets a newer token than this one: refreshes it, or waits for whoever does, here or on another node.
    async fn refreshed(
        &self,
        portal: &PortalKeys,
        old: &PortalToken,
    ) -> Result<Refreshed, CallError> {
        let flight = self.flights.lock().await.entry(old.id).or_default().clone();
        let _in_flight = flight.lock().await;
        for _ in 0..LOOKS_MAX {
            let current = self
                .store
                .tokens_load(portal.id)
                .await?
                .into_iter()
                .find(|token| token.id == old.id);
            let Some(current) = current else {
                return Ok(Refreshed::Dead);
            };
            if current.generation != old.generation {
                return Ok(Refreshed::Token(current, None));
            }
            if self.store.refresh_begin(old.id, old.generation).await? {
                return self.refresh(portal, &current).await;
            }
            tokio::time::sleep(self.look).await;
        }
        Err(CallError::NotSent {
            reason: "another node has been refreshing the portal's token for too long".to_owned(),
        })
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
                self.store
                    .refresh_finish(old.id, old.generation, &fresh)
                    .await?;
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
                self.buried(portal, old, "the new tokens are for another portal")
                    .await
            }
            Err(RefreshError::Dead { code }) => self.buried(portal, old, &code).await,
            Err(error @ (RefreshError::Later { .. } | RefreshError::Unknown { .. })) => {
                self.store.refresh_stop(old.id, old.generation).await?;
                tracing::warn!(portal = %portal.id, %error, "A portal's token could not be refreshed now.");
                Err(CallError::NotSent {
                    reason: error.to_string(),
                })
            }
        }
    }

    async fn buried(
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

/// Denials that hang on the user: another user of the portal may have the right.
fn may_be_another_users_right(error: &CallError) -> bool {
    let CallError::Denied { code, .. } = error else {
        return false;
    };
    ["access_denied", "invalid_credentials", "user_access_error"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(code))
}

/// The call was not made: without tokens there is none.
impl From<StoreTrouble> for CallError {
    fn from(trouble: StoreTrouble) -> Self {
        Self::NotSent {
            reason: trouble.to_string(),
        }
    }
}
