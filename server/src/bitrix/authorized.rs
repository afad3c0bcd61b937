//! Calls with the best living token of a portal, refreshed once when it has expired.

use std::sync::Arc;

use serde_json::Value;

use super::address::PortalAddress;
use super::batch::{BatchAnswer, Command};
use super::call_error::CallError;
use super::client::{Answer, BitrixClient};
use super::oauth::OAuth;
use super::refresher::{Refreshed, Refresher};
use super::tokens::{PortalKeys, PortalToken, TokenStore};

#[cfg(test)]
mod tests;

/// Calls portals as one of their users. Cheap to clone.
#[derive(Clone)]
pub struct AuthorizedClient {
    client: BitrixClient,
    refresher: Refresher,
    store: Arc<dyn TokenStore>,
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

impl AuthorizedClient {
    /// A caller over a client, an OAuth server and a store. One for the whole process: its clones share the
    /// refreshes that are under way.
    pub fn new(client: BitrixClient, oauth: OAuth, store: Arc<dyn TokenStore>) -> Self {
        Self {
            client,
            refresher: Refresher::new(oauth, store.clone()),
            store,
        }
    }

    /// Calls a method as [`BitrixClient::call`] does.
    ///
    /// `expired_token` refreshes once and repeats once; a dismissed user's token is set aside for another's.
    /// `CallError::Reauthorize` when none is left; `CallError::ExpiredToken` when even new ones have expired.
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
        let mut first_trouble = None;
        for token in self.store.tokens_load(portal.id).await? {
            match self.run_as(portal, token, &request).await {
                Err(CallError::UserGone { .. } | CallError::InvalidToken { .. }) => {}
                Err(error) if another_user_may_help(&error) => {
                    first_trouble = first_trouble.or(Some(error))
                }
                other => return other,
            }
        }
        Err(first_trouble.unwrap_or(CallError::Reauthorize))
    }

    /// Runs the request with one user's token. `UserGone` and `InvalidToken` mean that the token was set aside.
    async fn run_as(
        &self,
        portal: &PortalKeys,
        token: PortalToken,
        request: &Request<'_>,
    ) -> Result<Brought, CallError> {
        let (token, result) = match self.ask(&portal.address, &token, request).await {
            Err(CallError::ExpiredToken | CallError::InvalidToken { .. }) => {
                match self.refresher.newer_than(portal, &token).await? {
                    Refreshed::Dead => {
                        return Err(CallError::InvalidToken {
                            code: "dead".to_owned(),
                        });
                    }
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
}

/// Nothing was done, and it hangs on the user: a denial another may not meet, or a token that expires at once.
fn another_user_may_help(error: &CallError) -> bool {
    let personal = ["access_denied", "invalid_credentials", "user_access_error"];
    match error {
        CallError::ExpiredToken => true,
        CallError::Denied { code, .. } => personal
            .iter()
            .any(|known| known.eq_ignore_ascii_case(code)),
        CallError::InvalidToken { .. }
        | CallError::UserGone { .. }
        | CallError::Reauthorize
        | CallError::RateLimited { .. }
        | CallError::OperationLimit { .. }
        | CallError::Overload
        | CallError::Refused { .. }
        | CallError::ServerError { .. }
        | CallError::NotSent { .. }
        | CallError::Unknown { .. } => false,
    }
}
