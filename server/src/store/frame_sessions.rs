//! Sessions of pages in Bitrix24's frame, by the hash of their key.

use super::entities::frame_session;
use super::{Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

impl Store {
    /// Keeps a session, and forgets those that are over.
    pub async fn frame_insert(
        &self,
        row: frame_session::Model,
        now: i64,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "DELETE FROM frame_session WHERE expires_at < ?",
            [now.into()],
        )
        .await?;
        frame_session::Entity::insert(row.into_active_model())
            .exec_without_returning(&txn.0)
            .await?;
        txn.commit().await
    }

    /// The session with this key that is not over.
    pub async fn frame_find(
        &self,
        token_hash: &[u8],
        now: i64,
    ) -> Result<Option<frame_session::Model>, StoreError> {
        Ok(frame_session::Entity::find()
            .filter(frame_session::Column::TokenHash.eq(token_hash))
            .filter(frame_session::Column::ExpiresAt.gt(now))
            .one(self.reader())
            .await?)
    }

    /// Lets a session live on.
    pub async fn frame_touch(&self, id: Uuid, until: i64) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE frame_session SET expires_at = ? WHERE id = ?",
            [until.into(), id.into()],
        )
        .await?;
        txn.commit().await
    }
}

impl Txn {
    /// Ends the pages in a portal's frame.
    pub async fn frames_delete_of_portal_in_txn(&self, portal: Uuid) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM frame_session WHERE portal_id = ?",
            [portal.into()],
        )
        .await?;
        Ok(())
    }
}
