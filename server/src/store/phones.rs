//! Business phones and the lines they are linked to.

use super::entities::phone;
use super::{Scope, Store, StoreError, Txn};
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

    /// The phone with this number, whoever owns it and however it was typed.
    pub async fn phone_by_number(&self, phone: &str) -> Result<Option<phone::Model>, StoreError> {
        let Some(number) = digits(phone) else {
            return Ok(None);
        };
        let row = self
            .row("SELECT id FROM phone WHERE number = ?", [number.into()])
            .await?;
        match row {
            Some(row) => self.phone_find(row.try_get("", "id")?).await,
            None => Ok(None),
        }
    }

    /// An owner's phones with these ids of Meta's.
    pub async fn phones_by_phone_ids(
        &self,
        owner: Uuid,
        ids: &[String],
    ) -> Result<Vec<phone::Model>, StoreError> {
        Ok(phone::Entity::find()
            .filter(phone::Column::OwnerId.eq(owner))
            .filter(phone::Column::PhoneId.is_in(ids))
            .all(self.reader())
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
}

impl Txn {
    /// All phones, as this transaction sees them.
    pub async fn phones_in_txn(&self) -> Result<Vec<phone::Model>, StoreError> {
        Ok(phone::Entity::find().all(&self.0).await?)
    }

    /// The ids of a WABA's phones, as this transaction sees them.
    pub async fn phones_of_waba_in_txn(&self, waba: Uuid) -> Result<Vec<Uuid>, StoreError> {
        let sql = "SELECT id FROM phone WHERE waba_id = ?";
        let rows = self.rows(sql, vec![waba.into()]).await?;
        rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
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

    /// The phone a row of the server's own refers to, as this transaction sees it.
    pub async fn phone_find_in_txn(&self, id: Uuid) -> Result<Option<phone::Model>, StoreError> {
        Ok(phone::Entity::find_by_id(id).one(&self.0).await?)
    }

    /// The phone with this number, whosever it is, as this transaction sees it.
    pub async fn phone_by_number_in_txn(
        &self,
        phone: &str,
    ) -> Result<Option<phone::Model>, StoreError> {
        let Some(number) = digits(phone) else {
            return Ok(None);
        };
        let sql = "SELECT id FROM phone WHERE number = ?";
        match self.row(sql, [number.into()]).await? {
            Some(row) => self.phone_find_in_txn(row.try_get("", "id")?).await,
            None => Ok(None),
        }
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

    /// Adds a phone. A second one with the same number, phone id or line is a duplicate.
    pub async fn phone_insert_in_txn(&self, phone: phone::Model) -> Result<(), StoreError> {
        let (id, number) = (phone.id, digits(&phone.phone));
        phone::Entity::insert(phone.into_active_model())
            .exec_without_returning(&self.0)
            .await?;
        self.run(
            "UPDATE phone SET number = ? WHERE id = ?",
            [number.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Writes what a form changes of a phone; its link, its PIN and what doors note of it stay. A number
    /// or phone id of another phone is a duplicate. False when the phone is gone. In another WABA its
    /// default template is none.
    pub async fn phone_edit_in_txn(&self, phone: &phone::Model) -> Result<bool, StoreError> {
        let touched = self
            .run(
                "UPDATE phone SET owner_id = ?, waba_id = ?, phone = ?, phone_id = ?, sms_service = ?, \
                 name = ?, updated_at = ?, number = ?, \
                 default_template = CASE WHEN waba_id = ? THEN default_template END WHERE id = ?",
                [
                    phone.owner_id.into(),
                    phone.waba_id.into(),
                    phone.phone.as_str().into(),
                    phone.phone_id.as_str().into(),
                    phone.sms_service.into(),
                    phone.name.clone().into(),
                    phone.updated_at.into(),
                    digits(&phone.phone).into(),
                    phone.waba_id.into(),
                    phone.id.into(),
                ],
            )
            .await?;
        Ok(touched == 1)
    }

    /// Writes a phone as given. A number that another phone has stays with that one.
    pub async fn phone_update_in_txn(&self, phone: phone::Model) -> Result<(), StoreError> {
        let (id, number) = (phone.id, digits(&phone.phone));
        phone
            .into_active_model()
            .reset_all()
            .update(&self.0)
            .await?;
        self.run(
            "UPDATE phone SET number = ? WHERE id = ? AND NOT EXISTS \
             (SELECT 1 FROM phone o WHERE o.number = ? AND o.id <> phone.id)",
            [number.clone().into(), id.into(), number.into()],
        )
        .await?;
        Ok(())
    }
}

/// A number as it is compared: `None` where there are no digits.
fn digits(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}
