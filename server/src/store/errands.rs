//! Errands: rows that say what is to be called, and from when on.

use super::entities::errand;
use super::{Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

impl Store {
    /// Errands that are due, the longest due first.
    pub async fn errands_due(
        &self,
        now: i64,
        limit: u64,
    ) -> Result<Vec<errand::Model>, StoreError> {
        Ok(errand::Entity::find()
            .filter(errand::Column::DueAt.lte(now))
            .order_by_asc(errand::Column::DueAt)
            .limit(limit)
            .all(self.reader())
            .await?)
    }

    /// Takes an errand until `until`; `None` when another node was quicker or it changed.
    pub async fn errand_take(
        &self,
        row: errand::Model,
        until: i64,
    ) -> Result<Option<errand::Model>, StoreError> {
        let txn = self.begin().await?;
        let taken = txn
            .run(
                "UPDATE errand SET due_at = ?, attempts = attempts + 1 WHERE id = ? AND due_at = ?",
                [until.into(), row.id.into(), row.due_at.into()],
            )
            .await?;
        txn.commit().await?;
        Ok((taken == 1).then_some(errand::Model {
            due_at: until,
            ..row
        }))
    }

    /// Forgets an errand that was taken, unless it was asked for again meanwhile.
    pub async fn errand_end(&self, taken: &errand::Model) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "DELETE FROM errand WHERE id = ? AND due_at = ?",
            [taken.id.into(), taken.due_at.into()],
        )
        .await?;
        txn.commit().await
    }

    /// Makes an errand that was taken due later, unless it was asked for again meanwhile.
    pub async fn errand_put_off(
        &self,
        taken: &errand::Model,
        due_at: i64,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE errand SET due_at = ? WHERE id = ? AND due_at = ?",
            [due_at.into(), taken.id.into(), taken.due_at.into()],
        )
        .await?;
        txn.commit().await
    }

    /// Asks for an errand in a transaction of its own.
    pub async fn errand_put(&self, row: &errand::Model) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.errand_put_in_txn(row).await?;
        txn.commit().await
    }

    /// The errand of this kind that waits for a subject.
    pub async fn errand_find(
        &self,
        kind: &str,
        subject: Uuid,
    ) -> Result<Option<errand::Model>, StoreError> {
        Ok(errand::Entity::find()
            .filter(errand::Column::Kind.eq(kind))
            .filter(errand::Column::SubjectId.eq(subject))
            .one(self.reader())
            .await?)
    }
}

impl Txn {
    /// Asks for an errand. One that waits already takes the new words and time.
    pub async fn errand_put_in_txn(&self, row: &errand::Model) -> Result<(), StoreError> {
        let takes = "UPDATE SET payload = excluded.payload, attempts = 0, due_at = excluded.due_at";
        self.errand_write(row, takes).await
    }

    /// Asks for an errand no later than its time: one that is due sooner stays as it is.
    pub async fn errand_hasten_in_txn(&self, row: &errand::Model) -> Result<(), StoreError> {
        let hastens = "UPDATE SET due_at = excluded.due_at WHERE errand.due_at > excluded.due_at";
        self.errand_write(row, hastens).await
    }

    /// Asks for an errand unless one of its kind waits for its subject already.
    pub async fn errand_plan_in_txn(&self, row: &errand::Model) -> Result<(), StoreError> {
        self.errand_write(row, "NOTHING").await
    }

    /// Writes an errand; `known` is what becomes of one of its kind that waits for its subject.
    async fn errand_write(&self, row: &errand::Model, known: &str) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO errand (id, kind, subject_id, payload, attempts, due_at, created_at) \
             VALUES (?, ?, ?, ?, 0, ?, ?) ON CONFLICT (kind, subject_id) DO {known}"
        );
        self.run(
            &sql,
            [
                row.id.into(),
                row.kind.as_str().into(),
                row.subject_id.into(),
                row.payload.as_str().into(),
                row.due_at.into(),
                row.created_at.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Forgets the errands about a subject that goes. Lines it has left are switched off all the same.
    pub async fn errands_drop_in_txn(&self, subject: Uuid) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM errand WHERE subject_id = ? AND kind <> 'line_off'",
            [subject.into()],
        )
        .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::errands::Errand;
    use crate::store::testing::engines;
    use uuid::Uuid;

    #[tokio::test]
    async fn an_errand_is_run_once_and_again_when_asked_for_meanwhile() {
        for test in engines().await {
            let store = &test.store;
            let errand = Errand::WabaCheck {
                waba: Uuid::now_v7(),
            };
            store
                .errand_put(&errand.row(10, 10).unwrap())
                .await
                .unwrap();
            store
                .errand_put(&errand.row(20, 20).unwrap())
                .await
                .unwrap();
            assert!(store.errands_due(19, 9).await.unwrap().is_empty());
            let due = store.errands_due(20, 9).await.unwrap();
            assert_eq!(due.len(), 1, "{}", test.engine);
            let taken = store
                .errand_take(due[0].clone(), 500)
                .await
                .unwrap()
                .unwrap();
            assert!(
                store
                    .errand_take(due[0].clone(), 500)
                    .await
                    .unwrap()
                    .is_none()
            );
            assert!(store.errands_due(499, 9).await.unwrap().is_empty());

            store
                .errand_put(&errand.row(30, 30).unwrap())
                .await
                .unwrap();
            store.errand_end(&taken).await.unwrap();
            let again = store.errands_due(30, 9).await.unwrap();
            assert_eq!(again.len(), 1, "{}", test.engine);
            let taken = store
                .errand_take(again[0].clone(), 600)
                .await
                .unwrap()
                .unwrap();
            store.errand_put_off(&taken, 90).await.unwrap();
            assert!(store.errands_due(89, 9).await.unwrap().is_empty());
            let last = store.errands_due(90, 9).await.unwrap();
            let taken = store
                .errand_take(last[0].clone(), 700)
                .await
                .unwrap()
                .unwrap();
            store.errand_end(&taken).await.unwrap();
            assert!(store.errands_due(9_999, 9).await.unwrap().is_empty());
        }
    }
}
