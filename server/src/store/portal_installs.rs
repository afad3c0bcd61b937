//! Installations that wait for their portal.

use super::entities::{portal, portal_install};
use super::{Store, StoreError, Txn};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// Installations that are tried for one portal: of its own app, and of those that do not say whose they are.
const TRIED: u64 = 10;

/// Installations that may wait: of one app, of those that do not say whose they are, and in all. Strangers' tokens
/// are tokens too, and may not crowd the others out.
const OF_ONE_APP: i64 = 20;
const NAMELESS: i64 = 200;
const MOST: i64 = 1000;

/// Tokens that took the place of an installation's own, and the portal they turned out to be for.
pub struct RenewedInstall<'a> {
    /// The portal's key.
    pub member_id: &'a str,
    /// The app whose keys brought them.
    pub client_id: &'a str,
    /// Sealed.
    pub access_token: &'a [u8],
    /// Sealed.
    pub refresh_token: &'a [u8],
}

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

    /// Installations for this client id, then those that do not say whose they are, each the newest first. With a
    /// member id only those that came from there.
    pub async fn installs_waiting(
        &self,
        client_id: &str,
        member_id: Option<&str>,
        since: i64,
    ) -> Result<Vec<portal_install::Model>, StoreError> {
        let newest = |mut query: Select<portal_install::Entity>| {
            if let Some(member) = member_id {
                query = query.filter(portal_install::Column::MemberId.eq(member));
            }
            query
                .filter(portal_install::Column::ReceivedAt.gte(since))
                .order_by_desc(portal_install::Column::ReceivedAt)
                .order_by_desc(portal_install::Column::Id)
                .limit(TRIED)
        };
        let own =
            portal_install::Entity::find().filter(portal_install::Column::ClientId.eq(client_id));
        let nameless =
            portal_install::Entity::find().filter(portal_install::Column::ClientId.is_null());
        let mut found = newest(own).all(self.reader()).await?;
        found.extend(newest(nameless).all(self.reader()).await?);
        Ok(found)
    }

    /// Keeps an installation, and as many of the others as may wait.
    pub async fn install_keep(
        &self,
        row: portal_install::Model,
        before: i64,
    ) -> Result<(), StoreError> {
        let client = row.client_id.clone();
        let txn = self.begin().await?;
        portal_install::Entity::insert(row.into_active_model())
            .exec_without_returning(&txn.0)
            .await?;
        txn.installs_forget_in_txn(before, client.as_deref())
            .await?;
        txn.commit().await
    }

    /// Keeps the tokens that took the place of an installation's own.
    pub async fn install_renew(
        &self,
        id: Uuid,
        renewed: &RenewedInstall<'_>,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE portal_install SET member_id = ?, client_id = ?, access_token = ?, refresh_token = ? WHERE id = ?",
            [
                renewed.member_id.into(),
                renewed.client_id.into(),
                renewed.access_token.into(),
                renewed.refresh_token.into(),
                id.into(),
            ],
        )
        .await?;
        txn.commit().await
    }

    /// Forgets an installation that will never do.
    pub async fn install_forget(&self, id: Uuid) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run("DELETE FROM portal_install WHERE id = ?", [id.into()])
            .await?;
        txn.commit().await
    }

    /// Forgets installations from before a moment: their tokens are not kept for nobody.
    pub async fn installs_sweep(&self, before: i64) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "DELETE FROM portal_install WHERE received_at < ?",
            [before.into()],
        )
        .await?;
        txn.commit().await
    }
}

impl Txn {
    /// Forgets what a portal brought for an app before, once it has its tokens.
    pub async fn installs_drop_in_txn(
        &self,
        member_id: &str,
        client_id: &str,
    ) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM portal_install WHERE member_id = ? AND (client_id IS NULL OR client_id = ?)",
            [member_id.into(), client_id.into()],
        )
        .await?;
        Ok(())
    }

    /// Forgets installations from before a moment, and the oldest where there are too many.
    async fn installs_forget_in_txn(
        &self,
        before: i64,
        client_id: Option<&str>,
    ) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM portal_install WHERE received_at < ?",
            [before.into()],
        )
        .await?;
        let order = "ORDER BY received_at DESC, id DESC LIMIT ?";
        match client_id {
            Some(client) => {
                let sql = format!(
                    "DELETE FROM portal_install WHERE client_id = ? AND id NOT IN \
                     (SELECT id FROM portal_install WHERE client_id = ? {order})"
                );
                self.run(&sql, [client.into(), client.into(), OF_ONE_APP.into()])
                    .await?;
            }
            None => {
                let sql = format!(
                    "DELETE FROM portal_install WHERE client_id IS NULL AND id NOT IN \
                     (SELECT id FROM portal_install WHERE client_id IS NULL {order})"
                );
                self.run(&sql, [NAMELESS.into()]).await?;
            }
        }
        let sql = format!(
            "DELETE FROM portal_install WHERE id NOT IN (SELECT id FROM portal_install {order})"
        );
        self.run(&sql, [MOST.into()]).await?;
        Ok(())
    }
}
