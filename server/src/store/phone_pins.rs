//! The PIN a phone is registered with at Meta, and when registering it may be tried again.

use super::{Store, StoreError, Txn};
use uuid::Uuid;

impl Store {
    /// Keeps the PIN a phone is to be registered with, unless it has one: Meta may know that one.
    /// False when it has.
    pub async fn phone_pin_first(&self, id: Uuid, sealed: &[u8]) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let touched = txn
            .run(
                "UPDATE phone SET pin = ? WHERE id = ? AND pin IS NULL",
                [sealed.into(), id.into()],
            )
            .await?;
        txn.commit().await?;
        Ok(touched == 1)
    }

    /// Until when Meta does not want a phone to be registered; milliseconds.
    pub async fn phone_register_after(&self, id: Uuid) -> Result<Option<i64>, StoreError> {
        let row = self
            .row("SELECT register_after FROM phone WHERE id = ?", [id.into()])
            .await?;
        row.map_or(Ok(None), |row| Ok(row.try_get("", "register_after")?))
    }

    /// Notes until when Meta does not want a phone to be registered.
    pub async fn phone_register_wait(&self, id: Uuid, until: i64) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE phone SET register_after = ? WHERE id = ?",
            [until.into(), id.into()],
        )
        .await?;
        txn.commit().await
    }
}

impl Txn {
    /// Meta took this PIN: it is the phone's.
    pub async fn phone_pin_taken_in_txn(&self, id: Uuid, sealed: &[u8]) -> Result<(), StoreError> {
        self.run(
            "UPDATE phone SET pin = ?, register_after = NULL WHERE id = ?",
            [sealed.into(), id.into()],
        )
        .await?;
        Ok(())
    }
}
