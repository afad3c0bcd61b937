//! Who did what to a delivery or a destination, when, and why.

use super::{Store, StoreError, Txn};
use sea_orm::QueryResult;
use std::collections::BTreeSet;
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

    /// The last thing that was done; the nil id before anything was.
    pub async fn audit_last(&self) -> Result<Uuid, StoreError> {
        let last = "SELECT id FROM audit ORDER BY id DESC LIMIT 1";
        let row = self.row(last, []).await?;
        row.map_or(Ok(Uuid::nil()), |row| Ok(row.try_get("", "id")?))
    }

    /// To whose things something was done after `after`, and the last of it.
    pub async fn audits_after(&self, after: Uuid) -> Result<(BTreeSet<Uuid>, Uuid), StoreError> {
        let sql = "SELECT id, owner_id FROM audit WHERE id > ? ORDER BY id";
        let mut owners = BTreeSet::new();
        let mut last = after;
        for row in self.rows(sql, vec![after.into()]).await? {
            last = row.try_get("", "id")?;
            owners.insert(row.try_get("", "owner_id")?);
        }
        Ok((owners, last))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::engines;

    #[tokio::test]
    async fn what_was_done_since_is_known_with_whose_it_was() {
        for test in engines().await {
            let (store, engine) = (&test.store, test.engine);
            assert_eq!(store.audit_last().await.unwrap(), Uuid::nil());
            let actor = Actor {
                person: None,
                name: "thoth queue".to_owned(),
            };
            let done = async |owner: u128| {
                let audit = NewAudit {
                    owner: Uuid::from_u128(owner),
                    actor: &actor,
                    action: "hold",
                    delivery: None,
                    destination: Some(Uuid::nil()),
                    reason: None,
                    detail: None,
                };
                let txn = store.begin().await.unwrap();
                txn.audit_write_in_txn(&audit, 1).await.unwrap();
                txn.commit().await.unwrap();
            };
            done(1).await;
            let first = store.audit_last().await.unwrap();
            for owner in [2, 3, 2] {
                done(owner).await;
            }
            let (owners, last) = store.audits_after(first).await.unwrap();
            let wanted = BTreeSet::from([2, 3].map(Uuid::from_u128));
            assert_eq!(owners, wanted, "{engine}");
            assert_eq!(last, store.audit_last().await.unwrap(), "{engine}");
            let (owners, same) = store.audits_after(last).await.unwrap();
            assert!(owners.is_empty() && same == last, "{engine}");
        }
    }
}
