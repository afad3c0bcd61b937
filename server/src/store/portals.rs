//! Bitrix24 portals.

use super::entities::portal;
use super::{Scope, Store, StoreError, Txn};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

impl Store {
    /// The portals somebody may see, by domain.
    pub async fn portals(&self, scope: Scope) -> Result<Vec<portal::Model>, StoreError> {
        Ok(scope
            .narrow(portal::Entity::find(), portal::Column::OwnerId)
            .order_by_asc(portal::Column::Domain)
            .order_by_asc(portal::Column::Id)
            .all(self.reader())
            .await?)
    }

    /// The portal with this member id, whoever owns it: how Bitrix24 names itself at the door.
    pub async fn portal_by_member(
        &self,
        member_id: &str,
    ) -> Result<Option<portal::Model>, StoreError> {
        // A portal whose app is not installed yet has an empty one.
        if member_id.is_empty() {
            return Ok(None);
        }
        Ok(portal::Entity::find()
            .filter(portal::Column::MemberId.eq(member_id))
            .one(self.reader())
            .await?)
    }

    /// The portal with this id, if it may be seen.
    pub async fn portal_of(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<portal::Model>, StoreError> {
        Ok(scope
            .narrow(portal::Entity::find_by_id(id), portal::Column::OwnerId)
            .one(self.reader())
            .await?)
    }

    /// The portal a row of the server's own refers to. Pages ask with a [`Scope`].
    pub async fn portal_find(&self, id: Uuid) -> Result<Option<portal::Model>, StoreError> {
        Ok(portal::Entity::find_by_id(id).one(self.reader()).await?)
    }

    /// Notes how a portal does and why.
    pub async fn portal_set_state(
        &self,
        id: Uuid,
        state: &str,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.portal_set_state_in_txn(id, state, reason).await?;
        txn.commit().await
    }

    /// Notes the address a portal was renamed to.
    pub async fn portal_set_address(
        &self,
        id: Uuid,
        protocol: &str,
        domain: &str,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE portal SET protocol = ?, domain = ? WHERE id = ?",
            [protocol.into(), domain.into(), id.into()],
        )
        .await?;
        txn.commit().await
    }
}

impl Txn {
    /// All portals, as this transaction sees them.
    pub async fn portals_in_txn(&self) -> Result<Vec<portal::Model>, StoreError> {
        Ok(portal::Entity::find().all(&self.0).await?)
    }

    /// Deletes a portal with its tokens, and what was known and planned about it.
    pub async fn portal_delete_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM destination WHERE kind = 'portal' AND target_id = ?",
            [id.into()],
        )
        .await?;
        self.checks_drop_in_txn(id, None).await?;
        self.errands_drop_in_txn(id).await?;
        self.portal_country_drop_in_txn(id).await?;
        self.run("DELETE FROM portal WHERE id = ?", [id.into()])
            .await?;
        Ok(())
    }

    /// Adds a portal. A second one with the same member id is a duplicate.
    pub async fn portal_insert_in_txn(&self, portal: portal::Model) -> Result<(), StoreError> {
        portal::Entity::insert(portal.into_active_model())
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Adds a portal as a form has it. One that an installation has written meanwhile takes the form's fields.
    pub async fn portal_put_in_txn(&self, portal: portal::Model) -> Result<(), StoreError> {
        let again = OnConflict::column(portal::Column::Id)
            .update_columns([
                portal::Column::Name,
                portal::Column::ClientId,
                portal::Column::ClientSecret,
                portal::Column::UpdatedAt,
            ])
            .to_owned();
        portal::Entity::insert(portal.into_active_model())
            .on_conflict(again)
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Writes what a form changes of a portal; with another app it has to be installed anew. False when it is gone.
    pub async fn portal_edit_in_txn(&self, portal: &portal::Model) -> Result<bool, StoreError> {
        self.run(
            "UPDATE portal SET state = 'needs_install', state_reason = NULL, kind = NULL \
             WHERE id = ? AND client_id <> ? AND member_id <> ''",
            [portal.id.into(), portal.client_id.as_str().into()],
        )
        .await?;
        let edited = self
            .run(
                "UPDATE portal SET name = ?, client_id = ?, client_secret = ?, updated_at = ? WHERE id = ?",
                [
                    portal.name.clone().into(),
                    portal.client_id.as_str().into(),
                    portal.client_secret.clone().into(),
                    portal.updated_at.into(),
                    portal.id.into(),
                ],
            )
            .await?;
        Ok(edited == 1)
    }

    /// Writes what an installation brings: which portal it is, where it answers, what proves its events. What a form
    /// changes meanwhile stays. False when the portal is gone, or is another portal's or another app's by now.
    pub async fn portal_installed_in_txn(
        &self,
        portal: &portal::Model,
    ) -> Result<bool, StoreError> {
        let installed = self
            .run(
                "UPDATE portal SET member_id = ?, protocol = ?, domain = ?, kind = ?, scopes = ?, \
                 server_endpoint = ?, application_token = ?, state = 'ok', state_reason = NULL, installed_at = ?, \
                 updated_at = ? WHERE id = ? AND client_id = ? AND (member_id = '' OR member_id = ?)",
                [
                    portal.member_id.as_str().into(),
                    portal.protocol.as_str().into(),
                    portal.domain.as_str().into(),
                    portal.kind.clone().into(),
                    portal.scopes.clone().into(),
                    portal.server_endpoint.as_str().into(),
                    portal.application_token.clone().into(),
                    portal.installed_at.into(),
                    portal.updated_at.into(),
                    portal.id.into(),
                    portal.client_id.as_str().into(),
                    portal.member_id.as_str().into(),
                ],
            )
            .await?;
        Ok(installed == 1)
    }

    /// Notes that the app was removed, and ends the pages in the portal's frame. False when it was installed again
    /// since: an installation is written at once, its removal when its receipt is read.
    pub async fn portal_uninstalled_in_txn(
        &self,
        id: Uuid,
        received_at: i64,
    ) -> Result<bool, StoreError> {
        let gone = self
            .run(
                "UPDATE portal SET state = 'uninstalled', state_reason = 'app_uninstalled' \
                 WHERE id = ? AND (installed_at IS NULL OR installed_at <= ?)",
                [id.into(), received_at.into()],
            )
            .await?;
        if gone == 1 {
            self.frames_delete_of_portal_in_txn(id).await?;
        }
        Ok(gone == 1)
    }

    /// Writes a portal as given.
    pub async fn portal_update_in_txn(&self, portal: portal::Model) -> Result<(), StoreError> {
        portal
            .into_active_model()
            .reset_all()
            .update(&self.0)
            .await?;
        Ok(())
    }

    /// Notes how a portal does and why.
    pub async fn portal_set_state_in_txn(
        &self,
        id: Uuid,
        state: &str,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE portal SET state = ?, state_reason = ? WHERE id = ?",
            [state.into(), reason.into(), id.into()],
        )
        .await?;
        Ok(())
    }
}
