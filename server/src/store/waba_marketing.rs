//! Whether Meta's marketing API takes a WABA's templates: unknown until tried.

use super::{Store, StoreError, Txn};
use uuid::Uuid;

impl Store {
    /// What the last try said; `None` before there was one.
    pub async fn waba_marketing(&self, waba: Uuid) -> Result<Option<bool>, StoreError> {
        let row = self
            .row("SELECT marketing FROM waba WHERE id = ?", [waba.into()])
            .await?;
        let word: Option<String> = row.map_or(Ok(None), |row| row.try_get("", "marketing"))?;
        Ok(word.map(|word| word == "yes"))
    }

    /// Notes what a try said.
    pub async fn waba_marketing_note(&self, waba: Uuid, takes: bool) -> Result<(), StoreError> {
        let word = if takes { "yes" } else { "no" };
        let txn = self.begin().await?;
        txn.run(
            "UPDATE waba SET marketing = ? WHERE id = ?",
            [word.into(), waba.into()],
        )
        .await?;
        txn.commit().await
    }
}

impl Txn {
    /// Forgets that it was refused, so that it is tried again: a WABA may have been onboarded since.
    pub async fn waba_marketing_forget_in_txn(&self, waba: Uuid) -> Result<(), StoreError> {
        self.run(
            "UPDATE waba SET marketing = NULL WHERE id = ? AND marketing = 'no'",
            [waba.into()],
        )
        .await?;
        Ok(())
    }
}
