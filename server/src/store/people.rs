//! Who may sign in.

use super::entities::person;
use super::{Store, StoreError, Txn};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

impl Store {
    /// True when there is at least one person.
    pub async fn people_exist(&self) -> Result<bool, StoreError> {
        Ok(person::Entity::find().count(self.reader()).await? > 0)
    }

    /// Everybody, by e-mail.
    pub async fn people(&self) -> Result<Vec<person::Model>, StoreError> {
        Ok(person::Entity::find()
            .order_by_asc(person::Column::Email)
            .all(self.reader())
            .await?)
    }

    /// The person with this id.
    pub async fn person_find(&self, id: Uuid) -> Result<Option<person::Model>, StoreError> {
        Ok(person::Entity::find_by_id(id).one(self.reader()).await?)
    }

    /// The person with this e-mail, in its normal form.
    pub async fn person_by_email(&self, email: &str) -> Result<Option<person::Model>, StoreError> {
        Ok(person::Entity::find()
            .filter(person::Column::Email.eq(email))
            .one(self.reader())
            .await?)
    }

    /// The person whose webhook key has this hash, or had it before and has not switched it off: whose door a caller
    /// knocks at.
    pub async fn person_by_key_hash(
        &self,
        hash: &[u8],
    ) -> Result<Option<person::Model>, StoreError> {
        Ok(person::Entity::find()
            .filter(
                Condition::any()
                    .add(person::Column::WebhookKeyHash.eq(hash))
                    .add(person::Column::OldKeyHash.eq(hash)),
            )
            .one(self.reader())
            .await?)
    }
}

impl Txn {
    /// True when there is at least one person, as this transaction sees it.
    pub async fn people_exist_in_txn(&self) -> Result<bool, StoreError> {
        Ok(person::Entity::find().count(&self.0).await? > 0)
    }

    /// Everybody, as this transaction sees it.
    pub async fn people_in_txn(&self) -> Result<Vec<person::Model>, StoreError> {
        Ok(person::Entity::find().all(&self.0).await?)
    }

    /// Adds a person. A second one with the same e-mail is a duplicate.
    pub async fn person_insert_in_txn(&self, person: person::Model) -> Result<(), StoreError> {
        person::Entity::insert(person.into_active_model())
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Holds all admins until the transaction ends: of two that take each other's right away one waits and sees what
    /// the other did.
    pub async fn admins_hold_in_txn(&self) -> Result<(), StoreError> {
        let sql = "UPDATE person SET updated_at = updated_at WHERE role = 'admin'";
        self.run(sql, []).await?;
        Ok(())
    }

    /// The person with this id, as this transaction sees them.
    pub async fn person_find_in_txn(&self, id: Uuid) -> Result<Option<person::Model>, StoreError> {
        Ok(person::Entity::find_by_id(id).one(&self.0).await?)
    }

    /// Gives a person another role.
    pub async fn person_set_role_in_txn(
        &self,
        id: Uuid,
        role: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE person SET role = ?, updated_at = ? WHERE id = ?",
            [role.into(), now.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Gives a person another webhook key; the one before goes on working. False when there is no such person.
    pub async fn person_set_key_in_txn(
        &self,
        id: Uuid,
        hash: &[u8],
        sealed: &[u8],
        now: i64,
    ) -> Result<bool, StoreError> {
        let set = self
            .run(
                "UPDATE person SET old_key_hash = webhook_key_hash, webhook_key_hash = ?, webhook_key = ?, \
                 key_rotated_at = ?, updated_at = ? WHERE id = ?",
                [
                    hash.into(),
                    sealed.into(),
                    now.into(),
                    now.into(),
                    id.into(),
                ],
            )
            .await?;
        Ok(set == 1)
    }

    /// Switches the webhook key of before off. False when there is no such person.
    pub async fn person_drop_old_key_in_txn(&self, id: Uuid, now: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE person SET old_key_hash = NULL, updated_at = ? WHERE id = ?";
        Ok(self.run(sql, [now.into(), id.into()]).await? == 1)
    }

    /// Writes a person as given.
    pub async fn person_update_in_txn(&self, person: person::Model) -> Result<(), StoreError> {
        person
            .into_active_model()
            .reset_all()
            .update(&self.0)
            .await?;
        Ok(())
    }

    /// Deletes a person with their sessions. Whoever asks has made sure that they own nothing.
    pub async fn person_delete_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        self.sessions_delete_of_in_txn(id).await?;
        self.run("DELETE FROM person WHERE id = ?", [id.into()])
            .await?;
        Ok(())
    }

    /// How many admins there are, and how much a person owns, as this transaction sees it.
    pub async fn person_weight_in_txn(&self, id: Uuid) -> Result<(i64, i64), StoreError> {
        let row = self
            .row(
                "SELECT (SELECT COUNT(*) FROM person WHERE role = 'admin') AS admins, \
                 (SELECT COUNT(*) FROM waba WHERE owner_id = ?) + (SELECT COUNT(*) FROM phone WHERE owner_id = ?) \
                 + (SELECT COUNT(*) FROM portal WHERE owner_id = ?) AS owns",
                [id.into(), id.into(), id.into()],
            )
            .await?;
        row.map_or(Ok((0, 0)), |row| {
            Ok((row.try_get("", "admins")?, row.try_get("", "owns")?))
        })
    }

    /// Gives a person another password.
    pub async fn person_set_password_in_txn(
        &self,
        id: Uuid,
        password_hash: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE person SET password_hash = ?, updated_at = ? WHERE id = ?",
            [password_hash.into(), now.into(), id.into()],
        )
        .await?;
        Ok(())
    }
}
