//! The link between a phone and a line of its portal. Each statement touches only the columns it is about:
//! forms, doors and errands write the same row at the same time.

use super::entities::phone;
use super::{Store, StoreError, Txn};
use crate::errands::Errand;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

impl Store {
    /// Whether a phone wants this line of a portal, and is on its way to it.
    pub async fn line_is_wanted(&self, portal: Uuid, line: i64) -> Result<bool, StoreError> {
        let wanted = phone::Entity::find()
            .filter(phone::Column::PortalId.eq(portal))
            .filter(phone::Column::LineWanted.eq(line))
            .one(self.reader())
            .await?;
        Ok(wanted.is_some())
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
        txn.phone_set_link_in_txn(id, state, reason, checked_at)
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
    /// Linking was asked for. Answers the phone; nobody else changes it until the transaction ends.
    pub async fn phone_link_asked_in_txn(
        &self,
        id: Uuid,
    ) -> Result<Option<phone::Model>, StoreError> {
        self.run(
            "UPDATE phone SET link_state = 'linking', link_reason = NULL WHERE id = ?",
            [id.into()],
        )
        .await?;
        self.phone_find_in_txn(id).await
    }

    /// The phone belongs to this portal, or to none, and has no line there yet.
    pub async fn phone_move_in_txn(
        &self,
        id: Uuid,
        portal: Option<Uuid>,
        link_state: &str,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET portal_id = ?, line_id = NULL, connector = NULL, line_wanted = NULL, \
             link_state = ?, link_reason = NULL, link_checked_at = NULL WHERE id = ?",
            [portal.into(), link_state.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// The phone shall be linked to this line.
    pub async fn phone_want_line_in_txn(&self, id: Uuid, line: i64) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET line_wanted = ? WHERE id = ?",
            [line.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Linking has begun.
    pub async fn phone_linking_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET link_state = 'linking', link_reason = NULL WHERE id = ? AND line_id IS NULL",
            [id.into()],
        )
        .await?;
        Ok(())
    }

    /// Linking cannot begin: the phone is as it was before it was asked for.
    pub async fn phone_link_waits_in_txn(&self, id: Uuid, reason: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET link_state = CASE WHEN line_id IS NULL THEN 'not_linked' ELSE 'unchecked' END, \
             link_reason = ? WHERE id = ? AND link_state IN ('linking', 'linked')",
            [reason.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// The phone is linked to a line. Another phone on that line is a duplicate. False when the phone is
    /// gone, belongs to another portal by now, or wants another line than it did `before`.
    pub async fn phone_linked_in_txn(
        &self,
        before: &phone::Model,
        line: i64,
        connector: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        let touched = self
            .run(
                "UPDATE phone SET line_id = ?, connector = ?, link_state = 'linked', link_reason = NULL, \
                 link_checked_at = ?, line_wanted = NULL \
                 WHERE id = ? AND portal_id = ? AND COALESCE(line_wanted, 0) = ?",
                [
                    line.into(),
                    connector.into(),
                    now.into(),
                    before.id.into(),
                    before.portal_id.into(),
                    before.line_wanted.unwrap_or(0).into(),
                ],
            )
            .await?;
        Ok(touched == 1)
    }

    /// The phone could not be linked to this portal, and why. False when it is gone or belongs to another by now.
    pub async fn phone_link_failed_in_txn(
        &self,
        id: Uuid,
        portal: Uuid,
        reason: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        let touched = self
            .run(
                "UPDATE phone SET link_state = 'failed', link_reason = ?, link_checked_at = ? \
                 WHERE id = ? AND portal_id = ?",
                [reason.into(), now.into(), id.into(), portal.into()],
            )
            .await?;
        Ok(touched == 1)
    }

    /// Forgets the line that was chosen for a phone, unless another has been chosen since.
    pub async fn phone_choice_drop_in_txn(&self, id: Uuid, line: i64) -> Result<(), StoreError> {
        let sql = "UPDATE phone SET line_wanted = NULL WHERE id = ? AND line_wanted = ?";
        self.run(sql, [id.into(), line.into()]).await?;
        Ok(())
    }

    /// Notes what a check of the link found, and when.
    pub async fn phone_set_link_in_txn(
        &self,
        id: Uuid,
        state: &str,
        reason: Option<&str>,
        checked_at: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET link_state = ?, link_reason = ?, link_checked_at = ? WHERE id = ?",
            [state.into(), reason.into(), checked_at.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Notes what was found about a phone's line, and when. False when it has another line by now, or none.
    pub async fn phone_note_link_in_txn(
        &self,
        before: &phone::Model,
        state: &str,
        reason: Option<&str>,
        checked_at: i64,
    ) -> Result<bool, StoreError> {
        let touched = self
            .run(
                "UPDATE phone SET link_state = ?, link_reason = ?, link_checked_at = ? \
                 WHERE id = ? AND portal_id = ? AND line_id = ?",
                [
                    state.into(),
                    reason.into(),
                    checked_at.into(),
                    before.id.into(),
                    before.portal_id.into(),
                    before.line_id.into(),
                ],
            )
            .await?;
        Ok(touched == 1)
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

    /// Asks for every phone of a portal to be linked, and to be its SMS provider: its app was installed, and knows of
    /// neither yet.
    pub async fn phones_link_again_in_txn(&self, portal: Uuid, now: i64) -> Result<(), StoreError> {
        for phone in self.phones_of_portal_in_txn(portal).await? {
            let errand = Errand::PhoneLink { phone: phone.id };
            self.errand_put_in_txn(&errand.row(now, now)?).await?;
            if phone.sms_service {
                let sync = Errand::SenderSync { phone: phone.id };
                self.errand_put_in_txn(&sync.row(now, now)?).await?;
            }
        }
        Ok(())
    }

    /// The phones of a portal, as this transaction sees them.
    pub async fn phones_of_portal_in_txn(
        &self,
        portal: Uuid,
    ) -> Result<Vec<phone::Model>, StoreError> {
        Ok(phone::Entity::find()
            .filter(phone::Column::PortalId.eq(portal))
            .all(&self.0)
            .await?)
    }
}
