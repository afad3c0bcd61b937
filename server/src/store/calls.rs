//! Calls: one row each, whatever is repeated.

use super::entities::call;
use super::{Store, StoreError, Txn};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

impl Txn {
    /// The call of a phone with this id of Meta's.
    pub async fn call_find_in_txn(
        &self,
        phone: Uuid,
        wacid: &str,
    ) -> Result<Option<call::Model>, StoreError> {
        Ok(call::Entity::find()
            .filter(call::Column::PhoneId.eq(phone))
            .filter(call::Column::Wacid.eq(wacid))
            .one(&self.0)
            .await?)
    }

    /// Keeps a new call.
    pub async fn call_insert_in_txn(&self, row: call::Model) -> Result<(), StoreError> {
        call::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Writes a call's row anew; what the portal was told of it meanwhile stays.
    pub async fn call_update_in_txn(&self, row: call::Model) -> Result<(), StoreError> {
        let mut row = row.into_active_model().reset_all();
        row.portal_call = sea_orm::NotSet;
        row.portal_state = sea_orm::NotSet;
        row.update(&self.0).await?;
        Ok(())
    }

    /// Notes how far a call is on its way to the portal; false when it had come as far before.
    /// `showing`, `ending` and `told` follow each other.
    pub async fn call_portal_move_in_txn(
        &self,
        id: Uuid,
        from: &[&str],
        to: &str,
    ) -> Result<bool, StoreError> {
        let marks = super::sql::placeholders(from.len());
        let sql = format!(
            "UPDATE call SET portal_state = ? WHERE id = ? AND COALESCE(portal_state, '') IN ({marks})"
        );
        let mut values: Vec<sea_orm::Value> = vec![to.into(), id.into()];
        values.extend(from.iter().map(|word| sea_orm::Value::from(*word)));
        Ok(self.run_of(&sql, values).await? == 1)
    }

    /// The call, if it has not ended and nothing was heard of it since `before`. Its row is locked: two nodes do not
    /// close it at once.
    pub async fn call_untold_take_in_txn(
        &self,
        id: Uuid,
        before: i64,
    ) -> Result<Option<call::Model>, StoreError> {
        let sql = "UPDATE call SET updated_at = updated_at WHERE id = ? AND ended_at IS NULL AND updated_at <= ?";
        if self.run(sql, [id.into(), before.into()]).await? == 0 {
            return Ok(None);
        }
        Ok(call::Entity::find_by_id(id).one(&self.0).await?)
    }

    /// Shows a phone's calls in its portal, for tests of rooms that have no page.
    #[cfg(test)]
    pub(crate) async fn calling_for_tests_in_txn(&self, phone: Uuid) -> Result<(), StoreError> {
        let sql = "INSERT INTO calling (phone_id, in_crm, updated_at) VALUES (?, ?, 1)";
        self.run(sql, [phone.into(), true.into()]).await?;
        Ok(())
    }

    /// Whether a phone's calls are shown in its portal. A phone without a row shows none.
    pub async fn calls_in_crm_in_txn(&self, phone: Uuid) -> Result<bool, StoreError> {
        let sql = "SELECT in_crm FROM calling WHERE phone_id = ?";
        let row = self.row(sql, [phone.into()]).await?;
        row.map_or(Ok(false), |row| Ok(row.try_get("", "in_crm")?))
    }
}

impl Store {
    /// Calls that have not ended and of which nothing was heard since `before`, the longest silent first.
    pub async fn calls_untold(&self, before: i64, limit: u64) -> Result<Vec<Uuid>, StoreError> {
        Ok(call::Entity::find()
            .select_only()
            .column(call::Column::Id)
            .filter(call::Column::EndedAt.is_null())
            .filter(call::Column::UpdatedAt.lte(before))
            .order_by_asc(call::Column::UpdatedAt)
            .limit(limit)
            .into_tuple()
            .all(self.reader())
            .await?)
    }

    /// The call with this id of ours.
    pub async fn call_find(&self, id: Uuid) -> Result<Option<call::Model>, StoreError> {
        Ok(call::Entity::find_by_id(id).one(self.reader()).await?)
    }

    /// The user of the portal who is shown calls of customers nobody answers for.
    pub async fn calls_crm_user(&self, phone: Uuid) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT crm_user FROM calling WHERE phone_id = ?";
        let row = self.row(sql, [phone.into()]).await?;
        row.map_or(Ok(None), |row| Ok(row.try_get("", "crm_user")?))
    }

    /// Notes the portal's own id of a call and whom it is shown to.
    pub async fn call_note_portal(&self, id: Uuid, known_as: &str) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE call SET portal_call = ? WHERE id = ?",
            [known_as.into(), id.into()],
        )
        .await?;
        txn.commit().await
    }

    /// The portal knows how a call ended.
    pub async fn call_note_told(&self, id: Uuid) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE call SET portal_state = 'told' WHERE id = ?",
            [id.into()],
        )
        .await?;
        txn.commit().await
    }
}
