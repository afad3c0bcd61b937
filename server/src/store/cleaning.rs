//! What the janitor throws away.

use super::{Store, StoreError};

impl Store {
    /// Forgets receipts that came before `before` and were understood, looking at the oldest `limit`.
    pub async fn receipts_forget(&self, before: i64, limit: i64) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "DELETE FROM receipt WHERE id IN (SELECT o.id FROM (SELECT id, received_at, state FROM receipt \
             ORDER BY id LIMIT ?) o WHERE o.received_at < ? AND o.state = 'understood')",
            [limit.into(), before.into()],
        )
        .await?;
        txn.commit().await
    }

    /// Forgets statuses of messages that never became known.
    pub async fn early_statuses_forget(&self, before: i64) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "DELETE FROM early_status WHERE received_at < ?",
            [before.into()],
        )
        .await?;
        txn.commit().await
    }
}
