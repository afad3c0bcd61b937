//! Telephone servers that numbers send their calls to, and what their last check found.

use super::{Store, StoreError, Txn};
use sea_orm::QueryResult;
use uuid::Uuid;

/// What is known of where a number's calls go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trunk {
    /// The phone.
    pub phone: Uuid,
    /// Its owner.
    pub owner: Uuid,
    /// Meta's last `calling` object, as JSON.
    pub actual: String,
    /// The settings a person saved last, as JSON.
    pub wanted: Option<String>,
    /// The Meta app whose token we use.
    pub app: Option<String>,
}

const SELECT: &str = "SELECT c.phone_id, p.owner_id, c.actual, c.wanted, w.app_id FROM calling c \
                      JOIN phone p ON p.id = c.phone_id JOIN waba w ON w.id = p.waba_id \
                      WHERE c.actual IS NOT NULL";

fn read(row: &QueryResult) -> Result<Trunk, StoreError> {
    Ok(Trunk {
        phone: row.try_get("", "phone_id")?,
        owner: row.try_get("", "owner_id")?,
        actual: row.try_get("", "actual")?,
        wanted: row.try_get("", "wanted")?,
        app: row.try_get("", "app_id")?,
    })
}

impl Store {
    /// Where a number's calls go, as Meta said last; `None` when Meta was never asked or the number is gone.
    pub async fn trunk_find(&self, phone: Uuid) -> Result<Option<Trunk>, StoreError> {
        let sql = format!("{SELECT} AND c.phone_id = ?");
        let row = self.row(&sql, [phone.into()]).await?;
        row.as_ref().map(read).transpose()
    }

    /// All numbers whose settings Meta was asked about. Errands are planned from it; no page shows it.
    pub async fn trunks_all(&self) -> Result<Vec<Trunk>, StoreError> {
        let rows = self.rows(SELECT, Vec::new()).await?;
        rows.iter().map(read).collect()
    }
}

impl Txn {
    /// Where a number's calls go, as this transaction sees it.
    pub async fn trunk_find_in_txn(&self, phone: Uuid) -> Result<Option<Trunk>, StoreError> {
        let sql = format!("{SELECT} AND c.phone_id = ?");
        let row = self.row(&sql, [phone.into()]).await?;
        row.as_ref().map(read).transpose()
    }

    /// Keeps the report of a check, unless Meta has said something else meanwhile: then it is a check of a server
    /// that may be no longer the number's. False when it was not kept.
    pub async fn trunk_keep_in_txn(
        &self,
        checked: &Trunk,
        report: &str,
        at: i64,
    ) -> Result<bool, StoreError> {
        let touched = self
            .run(
                "UPDATE calling SET trunk = ?, trunk_at = ? WHERE phone_id = ? AND actual = ?",
                [
                    report.into(),
                    at.into(),
                    checked.phone.into(),
                    checked.actual.as_str().into(),
                ],
            )
            .await?;
        Ok(touched == 1)
    }
}

#[cfg(test)]
impl Store {
    /// Keeps what Meta would say of a number's calls.
    pub(crate) async fn calling_put_for_tests(&self, phone: Uuid, actual: &str) {
        let txn = self.begin().await.unwrap();
        txn.run(
            "INSERT INTO calling (phone_id, actual, in_crm, updated_at) VALUES (?, ?, ?, 1) \
             ON CONFLICT (phone_id) DO UPDATE SET actual = excluded.actual",
            [phone.into(), actual.into(), false.into()],
        )
        .await
        .unwrap();
        txn.commit().await.unwrap();
    }

    /// The report that is kept, and since when.
    pub(crate) async fn trunk_kept_for_tests(&self, phone: Uuid) -> (Option<String>, Option<i64>) {
        let sql = "SELECT trunk, trunk_at FROM calling WHERE phone_id = ?";
        let row = self.row(sql, [phone.into()]).await.unwrap().unwrap();
        (
            row.try_get("", "trunk").unwrap(),
            row.try_get("", "trunk_at").unwrap(),
        )
    }
}
