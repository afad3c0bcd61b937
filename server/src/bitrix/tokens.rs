//! The tokens of a portal's users, and the store that keeps them.

use async_trait::async_trait;
use secrecy::SecretString;
use uuid::Uuid;

use super::address::PortalAddress;
use super::oauth::FreshTokens;

/// What a call to a portal needs besides a token.
#[derive(Clone, Debug)]
pub struct PortalKeys {
    /// The portal's row.
    pub id: Uuid,
    /// The portal's lasting key at Bitrix24; a refresh must be for the same one.
    pub member_id: String,
    /// Where it answers today.
    pub address: PortalAddress,
    /// The app's id at this portal.
    pub client_id: String,
    /// The app's secret; only the OAuth server ever gets it.
    pub client_secret: SecretString,
    /// The OAuth server the portal named.
    pub server_endpoint: Option<String>,
}

/// The tokens of one user of a portal.
#[derive(Clone, Debug)]
pub struct PortalToken {
    /// The token's row.
    pub id: Uuid,
    /// Counts its refreshes: who holds an older number holds an older token.
    pub generation: i64,
    /// Lives an hour.
    pub access_token: SecretString,
    /// Lives 180 days, and changes with each refresh.
    pub refresh_token: SecretString,
}

/// The store did not do it; its own words are for the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the token store fails: {0}")]
pub struct StoreTrouble(pub String);

/// Keeps tokens and lends the right to refresh, so that one node at a time refreshes one token (R8).
#[async_trait]
pub trait TokenStore: Send + Sync {
    /// The living tokens of a portal, the preferred one first. Read anew each time: another node may have refreshed.
    async fn tokens_load(&self, portal: Uuid) -> Result<Vec<PortalToken>, StoreTrouble>;

    /// Takes the lease on refreshing this generation. False when another holds it, or the token has moved on.
    /// The lease ends by itself when its holder dies.
    async fn refresh_begin(&self, token: Uuid, generation: i64) -> Result<bool, StoreTrouble>;

    /// Keeps what the refresh brought, makes it the next generation and ends the lease. `fresh.address` is the
    /// portal's address as the OAuth server knows it.
    async fn refresh_finish(
        &self,
        token: Uuid,
        generation: i64,
        fresh: &FreshTokens,
    ) -> Result<(), StoreTrouble>;

    /// Ends the lease after a refresh that brought nothing, so that the next try need not wait.
    async fn refresh_stop(&self, token: Uuid, generation: i64) -> Result<(), StoreTrouble>;

    /// Marks a token as dead, unless it was replaced since. It is not loaded again.
    async fn token_kill(
        &self,
        token: Uuid,
        generation: i64,
        reason: &str,
    ) -> Result<(), StoreTrouble>;
}
