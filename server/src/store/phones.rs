//! Business phones and the lines they are linked to.

use super::entities::phone;
use super::{Scope, Store, StoreError, Txn};
use crate::errands::Errand;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

impl Store {
    /// The phones somebody may see, by number.
    pub async fn phones(&self, scope: Scope) -> Result<Vec<phone::Model>, StoreError> {
        Ok(scope
            .narrow(phone::Entity::find(), phone::Column::OwnerId)
            .order_by_asc(phone::Column::Phone)
            .order_by_asc(phone::Column::Id)
            .all(self.reader())
            .await?)
    }

    /// One owner's phones.
    pub async fn phones_of_owner(&self, owner: Uuid) -> Result<Vec<phone::Model>, StoreError> {
        self.phones(Scope::Owner(owner)).await
    }

    /// The phone a row of the server's own refers to. Pages ask with a [`Scope`].
    pub async fn phone_find(&self, id: Uuid) -> Result<Option<phone::Model>, StoreError> {
        Ok(phone::Entity::find_by_id(id).one(self.reader()).await?)
    }

    /// The phones of a WABA. Whoever asks has found it with its owner.
    pub async fn phones_of_waba(&self, waba: Uuid) -> Result<Vec<phone::Model>, StoreError> {
        Ok(phone::Entity::find()
            .filter(phone::Column::WabaId.eq(waba))
            .all(self.reader())
            .await?)
    }

    /// An owner's phone by the id Meta has for it.
    pub async fn phone_by_phone_id(
        &self,
        owner: Uuid,
        phone_id: &str,
    ) -> Result<Option<phone::Model>, StoreError> {
        Ok(phone::Entity::find()
            .filter(phone::Column::OwnerId.eq(owner))
            .filter(phone::Column::PhoneId.eq(phone_id))
            .one(self.reader())
            .await?)
    }

    /// The phone with this id of Meta's, whoever owns it: one number is connected once.
    pub async fn phone_by_any_id(
        &self,
        phone_id: &str,
    ) -> Result<Option<phone::Model>, StoreError> {
        Ok(phone::Entity::find()
            .filter(phone::Column::PhoneId.eq(phone_id))
            .one(self.reader())
            .await?)
    }

    /// The phone linked to this line of a portal through this connector.
    pub async fn phone_by_line(
        &self,
        portal: Uuid,
        line_id: i64,
        connector: &str,
    ) -> Result<Option<phone::Model>, StoreError> {
        Ok(phone::Entity::find()
            .filter(phone::Column::PortalId.eq(portal))
            .filter(phone::Column::LineId.eq(line_id))
            .filter(phone::Column::Connector.eq(connector))
            .one(self.reader())
            .await?)
    }

    /// Notes what a check of the link found, and when.
    pub async fn phone_set_link(
        &self,
        id: Uuid,
        state: &str,
        reason: Option<&str>,
        checked_at: i64,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE phone SET link_state = ?, link_reason = ?, link_checked_at = ? WHERE id = ?",
            [state.into(), reason.into(), checked_at.into(), id.into()],
        )
        .await?;
        txn.commit().await
    }

    /// Notes that the portal took the line away: the phone keeps its portal and has no line.
    pub async fn phone_unlink(
        &self,
        id: Uuid,
        reason: &str,
        checked_at: i64,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.phone_unlink_in_txn(id, reason, checked_at).await?;
        txn.commit().await
    }
}

impl Txn {
    /// Linking has begun.
    pub async fn phone_linking_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET link_state = 'linking', link_reason = NULL WHERE id = ? AND line_id IS NULL",
            [id.into()],
        )
        .await?;
        Ok(())
    }

    /// The phone is linked to a line. Another phone on that line is a duplicate.
    pub async fn phone_linked_in_txn(
        &self,
        id: Uuid,
        line: i64,
        connector: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET line_id = ?, connector = ?, link_state = 'linked', link_reason = NULL, \
             link_checked_at = ?, line_wanted = NULL WHERE id = ?",
            [line.into(), connector.into(), now.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// The phone could not be linked, and why.
    pub async fn phone_link_failed_in_txn(
        &self,
        id: Uuid,
        reason: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET link_state = 'failed', link_reason = ?, link_checked_at = ? WHERE id = ?",
            [reason.into(), now.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Asks for every phone of a portal to be linked: its app was installed, or its events had to be bound anew.
    pub async fn phones_link_again_in_txn(&self, portal: Uuid, now: i64) -> Result<(), StoreError> {
        let phones = phone::Entity::find()
            .filter(phone::Column::PortalId.eq(portal))
            .all(&self.0)
            .await?;
        for phone in phones {
            let errand = if phone.line_id.is_some() {
                Errand::PhoneCheck { phone: phone.id }
            } else {
                Errand::PhoneLink { phone: phone.id }
            };
            self.errand_put_in_txn(&errand.row(now, now)?).await?;
        }
        Ok(())
    }

    /// All phones, as this transaction sees them.
    pub async fn phones_in_txn(&self) -> Result<Vec<phone::Model>, StoreError> {
        Ok(phone::Entity::find().all(&self.0).await?)
    }

    /// The phone with this id at Meta, whosever it is: an id is used once.
    pub async fn phone_at_meta_in_txn(
        &self,
        phone_id: &str,
    ) -> Result<Option<phone::Model>, StoreError> {
        Ok(phone::Entity::find()
            .filter(phone::Column::PhoneId.eq(phone_id))
            .one(&self.0)
            .await?)
    }

    /// Keeps the PIN a phone is to be registered with.
    pub async fn phone_pin_in_txn(&self, id: Uuid, sealed: &[u8]) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET pin = ? WHERE id = ?",
            [sealed.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Deletes a phone with its conversations, messages and deliveries, and what was known and planned about it.
    pub async fn phone_delete_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        self.run("DELETE FROM delivery WHERE phone_id = ?", [id.into()])
            .await?;
        self.run(
            "DELETE FROM destination WHERE kind = 'phone' AND target_id = ?",
            [id.into()],
        )
        .await?;
        self.checks_drop_in_txn(id, None).await?;
        self.errands_drop_in_txn(id).await?;
        self.run("DELETE FROM phone WHERE id = ?", [id.into()])
            .await?;
        Ok(())
    }

    /// Adds a phone. A second one with the same phone id or line is a duplicate.
    pub async fn phone_insert_in_txn(&self, phone: phone::Model) -> Result<(), StoreError> {
        phone::Entity::insert(phone.into_active_model())
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Writes a phone as given.
    pub async fn phone_update_in_txn(&self, phone: phone::Model) -> Result<(), StoreError> {
        phone
            .into_active_model()
            .reset_all()
            .update(&self.0)
            .await?;
        Ok(())
    }

    /// Notes that the portal took the line away: the phone keeps its portal and has no line.
    pub async fn phone_unlink_in_txn(
        &self,
        id: Uuid,
        reason: &str,
        checked_at: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET line_id = NULL, connector = NULL, link_state = 'not_linked', \
             link_reason = ?, link_checked_at = ? WHERE id = ?",
            [reason.into(), checked_at.into(), id.into()],
        )
        .await?;
        Ok(())
    }
}
