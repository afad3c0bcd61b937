//! Settings of the installation: small values under a name.

use super::entities::setting;
use super::{Store, StoreError, Txn};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

impl Store {
    /// The value under `key`.
    pub async fn setting_find(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let found = setting::Entity::find_by_id(key).one(self.reader()).await?;
        Ok(found.map(|setting| setting.value))
    }

    /// Keeps `value` under `key` unless there is one already; answers the one that is there now.
    pub async fn setting_keep(&self, key: &str, value: &[u8]) -> Result<Vec<u8>, StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
            [key.into(), value.into()],
        )
        .await?;
        let kept = txn.setting_find_in_txn(key).await?;
        txn.commit().await?;
        kept.ok_or_else(|| StoreError::Unreadable(format!("setting {key} vanished")))
    }
}

impl Txn {
    /// The value under `key`, as this transaction sees it.
    pub async fn setting_find_in_txn(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let found = setting::Entity::find_by_id(key).one(&self.0).await?;
        Ok(found.map(|setting| setting.value))
    }

    /// Puts `value` under `key`, in place of what was there.
    pub async fn setting_put_in_txn(&self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        let row = setting::ActiveModel {
            key: Set(key.to_owned()),
            value: Set(value.to_owned()),
        };
        let replace = OnConflict::column(setting::Column::Key)
            .update_column(setting::Column::Value)
            .to_owned();
        setting::Entity::insert(row)
            .on_conflict(replace)
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Removes the value under `key` when it is `value`; answers whether it was. Of two
    /// transactions that try, one succeeds.
    pub async fn setting_take_in_txn(&self, key: &str, value: &[u8]) -> Result<bool, StoreError> {
        let taken = self
            .run(
                "DELETE FROM setting WHERE key = ? AND value = ?",
                [key.into(), value.into()],
            )
            .await?;
        Ok(taken == 1)
    }
}
