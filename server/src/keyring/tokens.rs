//! The tokens of portals' users, kept sealed.

use crate::bitrix::{FreshTokens, PortalToken, StoreTrouble, TokenStore};
use crate::clock::Clock;
use crate::store::{Store, StoreError};
use crate::vault::{Place, Vault};
use uuid::Uuid;

/// How long a node may take for a refresh before another may try, in milliseconds.
const LEASE: i64 = 30_000;

/// Keeps tokens in the database, sealed by the vault.
pub struct SealedTokens {
    store: Store,
    vault: Vault,
    clock: Clock,
}

impl SealedTokens {
    /// Over this installation's database and vault.
    pub fn new(store: Store, vault: Vault, clock: Clock) -> Self {
        Self {
            store,
            vault,
            clock,
        }
    }
}

fn trouble(error: StoreError) -> StoreTrouble {
    StoreTrouble(error.to_string())
}

#[async_trait::async_trait]
impl TokenStore for SealedTokens {
    async fn tokens_load(&self, portal: Uuid) -> Result<Vec<PortalToken>, StoreTrouble> {
        let rows = self.store.portal_tokens(portal).await.map_err(trouble)?;
        rows.into_iter()
            .filter(|row| row.dead_reason.is_none())
            .map(|row| {
                let open = |place, sealed: &[u8]| {
                    self.vault
                        .open(place, row.id, sealed)
                        .map_err(|error| StoreTrouble(error.to_string()))
                };
                Ok(PortalToken {
                    id: row.id,
                    generation: row.generation,
                    access_token: open(Place::PortalAccessToken, &row.access_token)?,
                    refresh_token: open(Place::PortalRefreshToken, &row.refresh_token)?,
                })
            })
            .collect()
    }

    async fn refresh_begin(&self, token: Uuid, generation: i64) -> Result<bool, StoreTrouble> {
        let now = self.clock.now();
        self.store
            .portal_token_begin_refresh(token, generation, now, now + LEASE)
            .await
            .map_err(trouble)
    }

    async fn refresh_finish(
        &self,
        token: Uuid,
        generation: i64,
        fresh: &FreshTokens,
    ) -> Result<(), StoreTrouble> {
        let access = self
            .vault
            .seal(Place::PortalAccessToken, token, &fresh.access_token);
        let refresh = self
            .vault
            .seal(Place::PortalRefreshToken, token, &fresh.refresh_token);
        let kept = self
            .store
            .portal_token_finish_refresh(token, generation, &access, &refresh)
            .await;
        if !kept.map_err(trouble)? {
            tracing::warn!(%token, "New tokens of a portal came too late: it had newer ones");
        }
        Ok(())
    }

    async fn refresh_stop(&self, token: Uuid, generation: i64) -> Result<(), StoreTrouble> {
        self.store
            .portal_token_stop_refresh(token, generation)
            .await
            .map_err(trouble)
    }

    async fn token_kill(
        &self,
        token: Uuid,
        generation: i64,
        reason: &str,
    ) -> Result<(), StoreTrouble> {
        self.store
            .portal_token_kill(token, generation, reason)
            .await
            .map_err(trouble)
    }
}
