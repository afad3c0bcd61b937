//! WhatsApp Business Accounts.

use super::entities::waba;
use super::{Scope, Store, StoreError, Txn};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

impl Store {
    /// The WABAs somebody may see, by name.
    pub async fn wabas(&self, scope: Scope) -> Result<Vec<waba::Model>, StoreError> {
        Ok(scope
            .narrow(waba::Entity::find(), waba::Column::OwnerId)
            .order_by_asc(waba::Column::Name)
            .order_by_asc(waba::Column::Id)
            .all(self.reader())
            .await?)
    }

    /// Whether there is a WABA that may be seen.
    pub async fn wabas_any(&self, scope: Scope) -> Result<bool, StoreError> {
        let found = scope
            .narrow(waba::Entity::find(), waba::Column::OwnerId)
            .one(self.reader())
            .await?;
        Ok(found.is_some())
    }

    /// One owner's WABAs.
    pub async fn wabas_of_owner(&self, owner: Uuid) -> Result<Vec<waba::Model>, StoreError> {
        self.wabas(Scope::Owner(owner)).await
    }

    /// The WABA with this id, if it may be seen.
    pub async fn waba_of(&self, scope: Scope, id: Uuid) -> Result<Option<waba::Model>, StoreError> {
        Ok(scope
            .narrow(waba::Entity::find_by_id(id), waba::Column::OwnerId)
            .one(self.reader())
            .await?)
    }

    /// An owner's WABA by the id Meta has for it.
    pub async fn waba_by_waba_id(
        &self,
        owner: Uuid,
        waba_id: &str,
    ) -> Result<Option<waba::Model>, StoreError> {
        Ok(waba::Entity::find()
            .filter(waba::Column::OwnerId.eq(owner))
            .filter(waba::Column::WabaId.eq(waba_id))
            .one(self.reader())
            .await?)
    }

    /// The WABA a row of the server's own refers to. Pages ask with a [`Scope`].
    pub async fn waba_find(&self, id: Uuid) -> Result<Option<waba::Model>, StoreError> {
        Ok(waba::Entity::find_by_id(id).one(self.reader()).await?)
    }

    /// The WABAs whose verify token has this hash; several may share one.
    pub async fn wabas_by_verify_hash(&self, hash: &[u8]) -> Result<Vec<waba::Model>, StoreError> {
        Ok(waba::Entity::find()
            .filter(waba::Column::VerifyTokenHash.eq(hash))
            .all(self.reader())
            .await?)
    }

    /// Notes that Meta shook hands with the verify token of these WABAs.
    pub async fn wabas_note_verified(&self, ids: &[Uuid], at: i64) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        for id in ids {
            let values = [at.into(), (*id).into()];
            txn.run("UPDATE waba SET verified_at = ? WHERE id = ?", values)
                .await?;
        }
        txn.commit().await
    }

    /// Notes that webhooks of these WABAs and phones came.
    pub async fn heard_note(
        &self,
        wabas: &[Uuid],
        phones: &[Uuid],
        at: i64,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        for (table, ids) in [("waba", wabas), ("phone", phones)] {
            for id in ids {
                let sql = format!("UPDATE {table} SET heard_at = ? WHERE id = ?");
                txn.run(&sql, [at.into(), (*id).into()]).await?;
            }
        }
        txn.commit().await
    }
}

impl Txn {
    /// All WABAs, as this transaction sees them.
    pub async fn wabas_in_txn(&self) -> Result<Vec<waba::Model>, StoreError> {
        Ok(waba::Entity::find().all(&self.0).await?)
    }

    /// The WABA with this id, if it may be seen, as this transaction sees it.
    pub async fn waba_of_in_txn(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<waba::Model>, StoreError> {
        Ok(scope
            .narrow(waba::Entity::find_by_id(id), waba::Column::OwnerId)
            .one(&self.0)
            .await?)
    }

    /// Adds a WABA. A second one of the same owner and WABA id is a duplicate.
    pub async fn waba_insert_in_txn(&self, waba: waba::Model) -> Result<(), StoreError> {
        waba::Entity::insert(waba.into_active_model())
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Writes a WABA as given.
    pub async fn waba_update_in_txn(&self, waba: waba::Model) -> Result<(), StoreError> {
        waba.into_active_model().reset_all().update(&self.0).await?;
        Ok(())
    }

    /// Notes what Meta says of a WABA's token.
    pub async fn waba_note_token_in_txn(
        &self,
        id: Uuid,
        kind: Option<&str>,
        scopes: &str,
        expires_at: Option<i64>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE waba SET token_kind = ?, token_scopes = ?, token_expires_at = ? WHERE id = ?",
            [kind.into(), scopes.into(), expires_at.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// An owner's WABA by the id Meta has for it, as this transaction sees it.
    pub async fn waba_by_waba_id_in_txn(
        &self,
        owner: Uuid,
        waba_id: &str,
    ) -> Result<Option<waba::Model>, StoreError> {
        Ok(waba::Entity::find()
            .filter(waba::Column::OwnerId.eq(owner))
            .filter(waba::Column::WabaId.eq(waba_id))
            .one(&self.0)
            .await?)
    }

    /// Writes what a form or a login changes of a WABA. What doors note of it meanwhile stays.
    pub async fn waba_edit_in_txn(&self, waba: &waba::Model) -> Result<(), StoreError> {
        self.run(
            "UPDATE waba SET waba_id = ?, name = ?, access_token = ?, app_id = ?, app_secret = ?, \
             updated_at = ? WHERE id = ?",
            [
                waba.waba_id.as_str().into(),
                waba.name.as_str().into(),
                waba.access_token.clone().into(),
                waba.app_id.clone().into(),
                waba.app_secret.clone().into(),
                waba.updated_at.into(),
                waba.id.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Gives a WABA the id Meta has for it, when none is known yet and no other of its owner has it.
    pub async fn waba_note_id_in_txn(&self, id: Uuid, waba_id: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE waba SET waba_id = ? WHERE id = ? AND waba_id = '' AND NOT EXISTS \
             (SELECT 1 FROM waba o WHERE o.owner_id = waba.owner_id AND o.waba_id = ?)",
            [waba_id.into(), id.into(), waba_id.into()],
        )
        .await?;
        Ok(())
    }

    /// Deletes a WABA with its phones, their conversations, messages and deliveries.
    pub async fn waba_delete_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        let phones = "(SELECT id FROM phone WHERE waba_id = ?)";
        for sql in [
            format!("DELETE FROM delivery WHERE phone_id IN {phones}"),
            format!("DELETE FROM destination WHERE kind = 'phone' AND target_id IN {phones}"),
            format!("DELETE FROM errand WHERE kind <> 'line_off' AND subject_id IN {phones}"),
            format!("DELETE FROM check_result WHERE subject_id IN {phones}"),
            "DELETE FROM waba WHERE id = ?".to_owned(),
        ] {
            self.run(&sql, [id.into()]).await?;
        }
        self.errands_drop_in_txn(id).await?;
        self.checks_drop_in_txn(id, None).await
    }
}
