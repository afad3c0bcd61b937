//! Sign-ins that failed, kept to limit the next ones.

use super::entities::sign_in_failure;
use super::{Store, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

impl Store {
    /// Notes an attempt under each key, as a failure until it succeeds; answers the notes. It is
    /// written before the password is looked at, so that attempts made at once count each other.
    pub async fn sign_in_note(&self, keys: &[&str], now: i64) -> Result<Vec<Uuid>, StoreError> {
        let mut notes = Vec::with_capacity(keys.len());
        let txn = self.begin().await?;
        for key in keys {
            let row = sign_in_failure::Model {
                id: Uuid::now_v7(),
                key: (*key).to_owned(),
                at: now,
            };
            notes.push(row.id);
            sign_in_failure::Entity::insert(row.into_active_model())
                .exec_without_returning(&txn.0)
                .await?;
        }
        txn.commit().await?;
        Ok(notes)
    }

    /// When the attempts noted under a key after `since` were, the newest first.
    pub async fn sign_in_noted(&self, key: &str, since: i64) -> Result<Vec<i64>, StoreError> {
        let rows = sign_in_failure::Entity::find()
            .filter(sign_in_failure::Column::Key.eq(key))
            .filter(sign_in_failure::Column::At.gt(since))
            .order_by_desc(sign_in_failure::Column::At)
            .all(self.reader())
            .await?;
        Ok(rows.into_iter().map(|row| row.at).collect())
    }

    /// Takes notes back: the attempt succeeded, or was not made.
    pub async fn sign_in_forget(&self, notes: &[Uuid]) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        for note in notes {
            txn.run("DELETE FROM sign_in_failure WHERE id = ?", [(*note).into()])
                .await?;
        }
        txn.commit().await
    }

    /// Forgets everything noted under a key.
    pub async fn sign_in_clear(&self, key: &str) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run("DELETE FROM sign_in_failure WHERE key = ?", [key.into()])
            .await?;
        txn.commit().await
    }
}
