//! The tokens of a portal's users. One refresh at a time, on any number of nodes: a refresh
//! begins and ends with an UPDATE that only holds for the generation it was begun with.

use super::entities::portal_token;
use super::{Store, StoreError, Txn};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

impl Store {
    /// The tokens of a portal, administrators' before others', the longest known first. Dead ones are among them,
    /// with their reason.
    pub async fn portal_tokens(
        &self,
        portal: Uuid,
    ) -> Result<Vec<portal_token::Model>, StoreError> {
        Ok(portal_token::Entity::find()
            .filter(portal_token::Column::PortalId.eq(portal))
            .order_by_asc(portal_token::Column::NoAdmin)
            .order_by_asc(portal_token::Column::Id)
            .all(self.reader())
            .await?)
    }

    /// Notes whether a user is an administrator of the portal. True when that is news.
    pub async fn portal_token_note_admin(
        &self,
        portal: Uuid,
        bitrix_user: &str,
        is_admin: bool,
    ) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let noted = txn
            .run(
                "UPDATE portal_token SET no_admin = ? WHERE portal_id = ? AND bitrix_user = ? AND no_admin <> ?",
                [
                    (!is_admin).into(),
                    portal.into(),
                    bitrix_user.into(),
                    (!is_admin).into(),
                ],
            )
            .await?;
        txn.commit().await?;
        Ok(noted > 0)
    }

    /// Takes the right to refresh until `until`. False when another node refreshes, has refreshed,
    /// or found the token dead; then read it again.
    pub async fn portal_token_begin_refresh(
        &self,
        id: Uuid,
        generation: i64,
        now: i64,
        until: i64,
    ) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let begun = txn
            .run(
                "UPDATE portal_token SET refreshing_until = ?, updated_at = ? \
                 WHERE id = ? AND generation = ? AND refreshing_until <= ? AND dead_reason IS NULL",
                [
                    until.into(),
                    now.into(),
                    id.into(),
                    generation.into(),
                    now.into(),
                ],
            )
            .await?;
        txn.commit().await?;
        Ok(begun == 1)
    }

    /// Keeps what a refresh brought, sealed. False when another node was faster.
    pub async fn portal_token_finish_refresh(
        &self,
        id: Uuid,
        generation: i64,
        access_token: &[u8],
        refresh_token: &[u8],
    ) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let kept = txn
            .run(
                "UPDATE portal_token SET access_token = ?, refresh_token = ?, \
                 generation = generation + 1, refreshing_until = 0, dead_reason = NULL \
                 WHERE id = ? AND generation = ?",
                [
                    access_token.into(),
                    refresh_token.into(),
                    id.into(),
                    generation.into(),
                ],
            )
            .await?;
        txn.commit().await?;
        Ok(kept == 1)
    }

    /// Gives the right to refresh back after an attempt that brought nothing, so that the next
    /// one need not wait.
    pub async fn portal_token_stop_refresh(
        &self,
        id: Uuid,
        generation: i64,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE portal_token SET refreshing_until = 0 WHERE id = ? AND generation = ?",
            [id.into(), generation.into()],
        )
        .await?;
        txn.commit().await
    }

    /// Notes that a token can no longer be refreshed, unless it has been replaced since.
    pub async fn portal_token_kill(
        &self,
        id: Uuid,
        generation: i64,
        reason: &str,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE portal_token SET dead_reason = ?, refreshing_until = 0 \
             WHERE id = ? AND generation = ?",
            [reason.into(), id.into(), generation.into()],
        )
        .await?;
        txn.commit().await
    }
}

impl Txn {
    /// The tokens of a portal, as this transaction sees them, the longest known first.
    pub async fn portal_tokens_in_txn(
        &self,
        portal: Uuid,
    ) -> Result<Vec<portal_token::Model>, StoreError> {
        Ok(portal_token::Entity::find()
            .filter(portal_token::Column::PortalId.eq(portal))
            .order_by_asc(portal_token::Column::Id)
            .all(&self.0)
            .await?)
    }

    /// Adds a token. A second one of the same portal user is a duplicate.
    pub async fn portal_token_insert_in_txn(
        &self,
        token: portal_token::Model,
    ) -> Result<(), StoreError> {
        portal_token::Entity::insert(token.into_active_model())
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Writes a token as given.
    pub async fn portal_token_update_in_txn(
        &self,
        token: portal_token::Model,
    ) -> Result<(), StoreError> {
        token
            .into_active_model()
            .reset_all()
            .update(&self.0)
            .await?;
        Ok(())
    }
}
