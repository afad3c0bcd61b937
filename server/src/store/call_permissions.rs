//! Who may be called: asked, granted, used up.

use super::entities::call_permission;
use super::{Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// What Meta says of a permission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    /// `temporary` or `permanent`; none where Meta knows of no permission.
    pub status: Option<&'static str>,
    /// Until when, milliseconds.
    pub expires_at: Option<i64>,
    /// How many requests may still be sent.
    pub requests_left: Option<i64>,
    /// How many calls may still be made today.
    pub calls_left: Option<i64>,
    /// When a request may be sent again, milliseconds.
    pub again_at: Option<i64>,
}

impl Txn {
    /// The permission of a phone and a contact, made where there is none.
    pub async fn call_permission_ensure_in_txn(
        &self,
        phone: Uuid,
        contact: Uuid,
        now: i64,
    ) -> Result<call_permission::Model, StoreError> {
        self.run(
            "INSERT INTO call_permission (id, phone_id, contact_id, status, unanswered, updated_at) \
             VALUES (?, ?, ?, 'none', 0, ?) ON CONFLICT DO NOTHING",
            [
                Uuid::now_v7().into(),
                phone.into(),
                contact.into(),
                now.into(),
            ],
        )
        .await?;
        let found = call_permission::Entity::find()
            .filter(call_permission::Column::PhoneId.eq(phone))
            .filter(call_permission::Column::ContactId.eq(contact))
            .one(&self.0)
            .await?;
        found.ok_or_else(|| StoreError::Unreadable("a permission just written is not there".into()))
    }

    /// A request was sent. A permission that is good stays so until the customer answers.
    pub async fn call_permission_asked_in_txn(&self, id: Uuid, now: i64) -> Result<(), StoreError> {
        self.run(
            "UPDATE call_permission SET asked_at = ?, updated_at = ?, \
             requests_left = CASE WHEN requests_left > 0 THEN requests_left - 1 ELSE requests_left END, \
             status = CASE WHEN status = 'permanent' OR (status = 'temporary' AND expires_at > ?) \
             THEN status ELSE 'asked' END WHERE id = ?",
            [now.into(), now.into(), now.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// A request that was sent never arrived. What the customer answered before stays.
    pub async fn call_permission_unasked_in_txn(
        &self,
        id: Uuid,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE call_permission SET asked_at = NULL, updated_at = ?, requests_left = NULL, \
             status = CASE WHEN status = 'asked' THEN 'none' ELSE status END WHERE id = ?",
            [now.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// The customer answered: `temporary`, `permanent` or `denied`. A yes begins the count of unanswered calls anew.
    pub async fn call_permission_answered_in_txn(
        &self,
        id: Uuid,
        status: &str,
        expires_at: Option<i64>,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE call_permission SET status = ?, expires_at = ?, updated_at = ?, \
             unanswered = CASE WHEN ? = 'denied' THEN unanswered ELSE 0 END WHERE id = ?",
            [
                status.into(),
                expires_at.into(),
                now.into(),
                status.into(),
                id.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// A call of the business ended. Meta ends the permission after `most` calls in a row that nobody answered.
    pub async fn call_permission_called_in_txn(
        &self,
        id: Uuid,
        answered: bool,
        most: i32,
        now: i64,
    ) -> Result<(), StoreError> {
        if answered {
            let sql = "UPDATE call_permission SET unanswered = 0, updated_at = ? WHERE id = ?";
            self.run(sql, [now.into(), id.into()]).await?;
            return Ok(());
        }
        self.run(
            "UPDATE call_permission SET unanswered = unanswered + 1, updated_at = ?, \
             status = CASE WHEN unanswered + 1 >= ? THEN 'none' ELSE status END, \
             expires_at = CASE WHEN unanswered + 1 >= ? THEN NULL ELSE expires_at END WHERE id = ?",
            [now.into(), most.into(), most.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// What Meta says of it. Where Meta knows of no permission, what was asked and what was denied stay.
    pub async fn call_permission_checked_in_txn(
        &self,
        id: Uuid,
        said: &Allowance,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE call_permission SET status = COALESCE(?, CASE WHEN status IN ('asked', 'denied') THEN status \
             ELSE 'none' END), expires_at = ?, requests_left = ?, calls_left = ?, again_at = ?, checked_at = ? \
             WHERE id = ?",
            [
                said.status.into(),
                said.expires_at.into(),
                said.requests_left.into(),
                said.calls_left.into(),
                said.again_at.into(),
                now.into(),
                id.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// The contact a conversation is with.
    pub async fn conversation_contact_in_txn(
        &self,
        conversation: Uuid,
    ) -> Result<Option<Uuid>, StoreError> {
        let sql = "SELECT contact_id FROM conversation WHERE id = ?";
        let row = self.row(sql, [conversation.into()]).await?;
        row.map(|row| Ok(row.try_get("", "contact_id")?))
            .transpose()
    }
}

impl Store {
    /// The permission with this id of ours.
    pub async fn call_permission_find(
        &self,
        id: Uuid,
    ) -> Result<Option<call_permission::Model>, StoreError> {
        Ok(call_permission::Entity::find_by_id(id)
            .one(self.reader())
            .await?)
    }

    /// Notes what Meta says of a permission.
    pub async fn call_permission_note(
        &self,
        id: Uuid,
        said: &Allowance,
        now: i64,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.call_permission_checked_in_txn(id, said, now).await?;
        txn.commit().await
    }

    /// A contact by its id.
    pub async fn contact_find(
        &self,
        id: Uuid,
    ) -> Result<Option<super::entities::contact::Model>, StoreError> {
        let found = super::entities::contact::Entity::find_by_id(id);
        Ok(found.one(self.reader()).await?)
    }
}
