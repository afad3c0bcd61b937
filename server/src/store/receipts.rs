//! Receipts: what strangers brought, kept byte for byte until it is understood.

use super::entities::receipt;
use super::sql::{padded, placeholders, rows_of};
use super::{Committed, Store, StoreError, Txn};
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Value};
use uuid::Uuid;

/// A receipt about to be written.
pub struct NewReceipt {
    /// `meta`, `bitrix` or `sms`.
    pub source: &'static str,
    /// Whose door it came through.
    pub owner: Uuid,
    /// The portal that sent it, when one did.
    pub portal: Option<Uuid>,
    /// The body as it came.
    pub body: Vec<u8>,
    /// When, in milliseconds.
    pub received_at: i64,
}

/// A row that is not written.
const NOBODYS: [Value; 5] = [
    Value::String(None),
    Value::Uuid(None),
    Value::Uuid(None),
    Value::Bytes(None),
    Value::BigInt(None),
];

impl Store {
    /// Writes receipts, all or none, with one statement that is a transaction by itself; answers their ids in the same
    /// order, and how to wait until they are durable.
    pub async fn receipts_insert(
        &self,
        receipts: Vec<NewReceipt>,
    ) -> Result<(Vec<i64>, Committed), StoreError> {
        // Rows without a source fill up to a power of two, so that few statements are kept prepared.
        let rows = receipts.len().next_power_of_two();
        let mut values: Vec<Value> = Vec::with_capacity(rows * 5);
        for receipt in receipts {
            values.extend::<[Value; 5]>([
                receipt.source.into(),
                receipt.owner.into(),
                receipt.portal.into(),
                receipt.body.into(),
                receipt.received_at.into(),
            ]);
        }
        while values.len() < rows * 5 {
            values.extend(NOBODYS);
        }
        let sql = format!(
            "INSERT INTO receipt (source, owner_id, portal_id, body, received_at, state, attempts) \
             SELECT column1, column2, column3, column4, column5, 'new', 0 FROM (VALUES {}) AS came \
             WHERE column1 IS NOT NULL RETURNING id",
            rows_of("(?, ?, ?, ?, ?)", rows)
        );
        let (rows, committed) = self.run_alone(&sql, values).await?;
        let ids = rows.iter().map(|row| row.try_get_by_index(0));
        Ok((ids.collect::<Result<_, _>>()?, committed))
    }

    /// Receipts nobody has read yet, the oldest first.
    pub async fn receipts_new(&self, limit: u64) -> Result<Vec<receipt::Model>, StoreError> {
        Ok(unread(limit).all(self.reader()).await?)
    }

    /// True when something received at `then` or before is still to be read. What seems to have been received after
    /// `now` came before the clock was set back.
    pub async fn receipts_unread_since(&self, then: i64, now: i64) -> Result<bool, StoreError> {
        let oldest = self.receipts_new(1).await?;
        Ok(oldest
            .iter()
            .any(|receipt| receipt.received_at <= then || receipt.received_at > now))
    }

    /// Notes that reading a receipt failed; after `most` failures it is set aside as `failed`.
    pub async fn receipt_fail(&self, id: i64, why: &str, most: i32) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE receipt SET attempts = attempts + 1, note = ?, \
             state = CASE WHEN attempts + 1 >= ? THEN 'failed' ELSE state END WHERE id = ? AND (state = 'new') IS TRUE",
            [why.into(), most.into(), id.into()],
        )
        .await?;
        txn.commit().await
    }

    /// Lets the receipts an owner's missing phone or line held back be read again.
    pub async fn receipts_release(&self, owner: Uuid) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let released = txn.receipts_release_in_txn(owner).await?;
        txn.commit().await?;
        Ok(released)
    }

    /// Takes or keeps the lease of a job only one node does; answers the epoch when it is ours.
    pub async fn lease_take(
        &self,
        name: &str,
        node: &str,
        now: i64,
        until: i64,
    ) -> Result<Option<i64>, StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "INSERT INTO lease (name, owner, until, epoch) VALUES (?, ?, 0, 0) ON CONFLICT (name) DO NOTHING",
            [name.into(), node.into()],
        )
        .await?;
        let row = txn
            .row(
                "UPDATE lease SET epoch = CASE WHEN owner = ? AND until > ? THEN epoch ELSE epoch + 1 END, \
                 owner = ?, until = ? WHERE name = ? AND (owner = ? OR until <= ?) RETURNING epoch",
                [node.into(), now.into(), node.into(), until.into(), name.into(), node.into(), now.into()],
            )
            .await?;
        let epoch = row.map(|row| row.try_get("", "epoch")).transpose()?;
        txn.commit().await?;
        Ok(epoch)
    }
}

/// The state is written out: the index of what is new is not found by a value that comes along, and all that was ever
/// read would be gone through.
fn unread(limit: u64) -> Select<receipt::Entity> {
    receipt::Entity::find()
        .filter(Expr::cust("state = 'new'"))
        .order_by_asc(receipt::Column::Id)
        .limit(limit)
}

impl Txn {
    /// Lets the receipts an owner's missing phone or line held back be read again.
    pub async fn receipts_release_in_txn(&self, owner: Uuid) -> Result<u64, StoreError> {
        self.run(
            "UPDATE receipt SET state = 'new' WHERE owner_id = ? AND state = 'held'",
            [owner.into()],
        )
        .await
    }

    /// Proves that the job's lease is still held; [`StoreError::Fenced`] when it is not.
    pub async fn lease_fence_in_txn(
        &self,
        name: &str,
        node: &str,
        epoch: i64,
        until: i64,
    ) -> Result<(), StoreError> {
        let touched = self
            .run(
                "UPDATE lease SET until = ? WHERE name = ? AND owner = ? AND epoch = ?",
                [until.into(), name.into(), node.into(), epoch.into()],
            )
            .await?;
        if touched == 1 {
            Ok(())
        } else {
            Err(StoreError::Fenced)
        }
    }

    /// Closes receipts that were understood without a word.
    pub async fn receipts_close_in_txn(&self, ids: &[i64]) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let ids = padded(ids);
        let sql = format!(
            "UPDATE receipt SET state = 'understood', note = NULL WHERE id IN ({})",
            placeholders(ids.len())
        );
        self.run_of(&sql, ids.into_iter().map(Value::from).collect())
            .await?;
        Ok(())
    }

    /// Closes a receipt: `understood`, or `held` with what is missing.
    pub async fn receipt_close_in_txn(
        &self,
        id: i64,
        state: &str,
        note: Option<&str>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE receipt SET state = ?, note = ? WHERE id = ?",
            [state.into(), note.into(), id.into()],
        )
        .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{NewReceipt, unread};
    use crate::store::testing::engines;
    use sea_orm::{DbBackend, QueryTrait};
    use uuid::Uuid;

    #[tokio::test]
    async fn what_is_unread_is_found_by_its_own_index_however_much_was_read() {
        for test in engines()
            .await
            .into_iter()
            .filter(|test| test.engine == "sqlite")
        {
            let question = unread(128).build(DbBackend::Sqlite);
            let explain = format!("EXPLAIN QUERY PLAN {}", question.sql);
            let values = question.values.map(|values| values.0).unwrap_or_default();
            let plan = test.store.rows(&explain, values).await.unwrap();
            let steps: Vec<String> = plan
                .iter()
                .map(|row| row.try_get("", "detail").unwrap())
                .collect();
            assert!(
                steps.len() == 1 && steps[0].contains("ix_receipt_new"),
                "{steps:?}"
            );
        }
    }

    /// A status may be among what waits to be read, however the clock was moved since it came: a send is not repeated
    /// because its status seems to come from the future.
    #[tokio::test]
    async fn a_clock_that_is_set_back_hides_nothing_that_waits_to_be_read() {
        for test in engines().await {
            let receipt = NewReceipt {
                source: "meta",
                owner: Uuid::nil(),
                portal: None,
                body: b"{}".to_vec(),
                received_at: 3_600_000,
            };
            let (_, kept) = test.store.receipts_insert(vec![receipt]).await.unwrap();
            kept.durable().await.unwrap();
            for (now, is_behind) in [(3_600_500, false), (3_602_000, true), (60_000, true)] {
                let unread = test.store.receipts_unread_since(now - 1000, now).await;
                assert_eq!(unread.unwrap(), is_behind, "{} at {now}", test.engine);
            }
        }
    }
}
