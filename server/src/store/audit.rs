//! Who did what to a delivery or a destination, when, and why.

use super::{Store, StoreError, Txn};
use sea_orm::QueryResult;
use uuid::Uuid;

/// Somebody who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person; none for THOTH itself and for the command line.
    pub person: Option<Uuid>,
    /// Their name now.
    pub name: String,
}

/// Something that was done, to be written.
#[derive(Clone, Copy)]
pub struct NewAudit<'a> {
    /// Whose thing.
    pub owner: Uuid,
    /// Who did it.
    pub actor: &'a Actor,
    /// What, as a word: `replay`, `redirect`, `discard`, `hold`, `resume`, `probe`, `failing`, `well`.
    pub action: &'a str,
    /// The delivery it was done to.
    pub delivery: Option<Uuid>,
    /// The destination it was done to.
    pub destination: Option<Uuid>,
    /// Why, in their words.
    pub reason: Option<&'a str>,
    /// From where to where, in words.
    pub detail: Option<&'a str>,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditView {
    /// Who, as they were called.
    pub person: String,
    /// What, as a word.
    pub action: String,
    /// Why.
    pub reason: Option<String>,
    /// From where to where.
    pub detail: Option<String>,
    /// When.
    pub at: i64,
}

/// The most that a page shows.
const MOST: i64 = 50;

impl Txn {
    /// Writes what was done, in the transaction that does it.
    pub async fn audit_write_in_txn(
        &self,
        audit: &NewAudit<'_>,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO audit (id, owner_id, person_id, person, action, delivery_id, destination_id, reason, detail, at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                Uuid::now_v7().into(),
                audit.owner.into(),
                audit.actor.person.into(),
                audit.actor.name.as_str().into(),
                audit.action.into(),
                audit.delivery.into(),
                audit.destination.into(),
                audit.reason.into(),
                audit.detail.into(),
                now.into(),
            ],
        )
        .await?;
        Ok(())
    }
}

impl Store {
    /// What was done to a delivery, oldest first. Whoever asks has found it with its owner.
    pub async fn audits_of_delivery(&self, delivery: Uuid) -> Result<Vec<AuditView>, StoreError> {
        self.audits("delivery_id", delivery).await
    }

    /// What was done to a destination lately, oldest first. Whoever asks has found it with its owner.
    pub async fn audits_of_destination(
        &self,
        destination: Uuid,
    ) -> Result<Vec<AuditView>, StoreError> {
        self.audits("destination_id", destination).await
    }

    async fn audits(&self, column: &str, id: Uuid) -> Result<Vec<AuditView>, StoreError> {
        let sql = format!(
            "SELECT person, action, reason, detail, at FROM audit WHERE {column} = ? ORDER BY at DESC, id DESC LIMIT ?"
        );
        let rows = self.rows(&sql, vec![id.into(), MOST.into()]).await?;
        rows.iter().rev().map(view).collect()
    }
}

fn view(row: &QueryResult) -> Result<AuditView, StoreError> {
    Ok(AuditView {
        person: row.try_get("", "person")?,
        action: row.try_get("", "action")?,
        reason: row.try_get("", "reason")?,
        detail: row.try_get("", "detail")?,
        at: row.try_get("", "at")?,
    })
}
