//! Installations that wait for their portal.

use super::entities::{portal, portal_install};
use super::{Store, StoreError, Txn};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

impl Store {
    /// Portals of an app, whoever owns them: how an installation finds its own.
    pub async fn portals_by_client(
        &self,
        client_id: &str,
    ) -> Result<Vec<portal::Model>, StoreError> {
        if client_id.is_empty() {
            return Ok(Vec::new());
        }
        Ok(portal::Entity::find()
            .filter(portal::Column::ClientId.eq(client_id))
            .order_by_asc(portal::Column::CreatedAt)
            .all(self.reader())
            .await?)
    }

    /// Portals whose keys were typed in and whose installation has not come, the newest first.
    pub async fn portals_waiting(&self) -> Result<Vec<portal::Model>, StoreError> {
        Ok(portal::Entity::find()
            .filter(portal::Column::MemberId.eq(""))
            .filter(portal::Column::ClientId.ne(""))
            .order_by_desc(portal::Column::CreatedAt)
            .limit(50)
            .all(self.reader())
            .await?)
    }

    /// Installations for this client id, and those that do not say whose they are, the newest first.
    pub async fn installs_waiting(
        &self,
        client_id: &str,
        since: i64,
    ) -> Result<Vec<portal_install::Model>, StoreError> {
        let fits = Condition::any()
            .add(portal_install::Column::ClientId.eq(client_id))
            .add(portal_install::Column::ClientId.is_null());
        Ok(portal_install::Entity::find()
            .filter(portal_install::Column::ReceivedAt.gte(since))
            .filter(fits)
            .order_by_desc(portal_install::Column::ReceivedAt)
            .limit(5)
            .all(self.reader())
            .await?)
    }
}

impl Txn {
    /// Keeps an installation.
    pub async fn install_insert_in_txn(
        &self,
        row: portal_install::Model,
    ) -> Result<(), StoreError> {
        portal_install::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Forgets what a portal brought before.
    pub async fn installs_drop_in_txn(&self, member_id: &str) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM portal_install WHERE member_id = ?",
            [member_id.into()],
        )
        .await?;
        Ok(())
    }

    /// Forgets installations from before a moment, and the oldest where there are too many.
    pub async fn installs_forget_in_txn(&self, before: i64, most: u64) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM portal_install WHERE received_at < ? OR id NOT IN \
             (SELECT id FROM portal_install ORDER BY received_at DESC, id DESC LIMIT ?)",
            [
                before.into(),
                i64::try_from(most).unwrap_or(i64::MAX).into(),
            ],
        )
        .await?;
        Ok(())
    }
}
