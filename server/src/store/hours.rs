//! Sums by hour: what the charts of the overview read.

use super::sql::{halves, rows_of};
use super::{Scope, Store, StoreError};
use crate::telemetry::Sum;
use sea_orm::Value;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A sum as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HourSum {
    /// When the hour began, in milliseconds.
    pub at: i64,
    /// `acknowledged`, `inbound`, `outbound` or `failed`.
    pub series: String,
    /// The bound of a bucket, or a code.
    pub mark: String,
    /// How many.
    pub amount: i64,
}

impl Store {
    /// Writes the sums that wait; answers whose there are new ones of.
    pub async fn hours_write(&self) -> Result<BTreeSet<Uuid>, StoreError> {
        let sums = self.tally().hours.take();
        match self.hours_add(&sums).await {
            Ok(()) => Ok(sums.into_keys().map(|sum| sum.owner).collect()),
            Err(error) => {
                self.tally().hours.bring_back(sums);
                Err(error)
            }
        }
    }

    /// Sorted as they are, so that two nodes lock the same rows in the same order.
    async fn hours_add(&self, sums: &BTreeMap<Sum, i64>) -> Result<(), StoreError> {
        if sums.is_empty() {
            return Ok(());
        }
        let sums: Vec<_> = sums.iter().collect();
        let txn = self.begin().await?;
        for part in halves(&sums) {
            let mut values: Vec<Value> = Vec::with_capacity(part.len() * 5);
            for (sum, amount) in part {
                values.extend::<[Value; 5]>([
                    sum.owner.into(),
                    sum.at.into(),
                    sum.series.into(),
                    sum.mark.as_str().into(),
                    (**amount).into(),
                ]);
            }
            let sql = format!(
                "INSERT INTO hourly (owner_id, at, series, mark, amount) VALUES {} \
                 ON CONFLICT (owner_id, at, series, mark) DO UPDATE SET amount = hourly.amount + excluded.amount",
                rows_of("(?, ?, ?, ?, ?)", part.len())
            );
            txn.run_of(&sql, values).await?;
        }
        txn.commit_lightly().await
    }

    /// The sums since `since` (milliseconds), marks put together: what happened in each hour.
    pub async fn hours_of(&self, scope: Scope, since: i64) -> Result<Vec<HourSum>, StoreError> {
        let sql = "SELECT at, series, '' AS mark, CAST(SUM(amount) AS BIGINT) AS amount FROM hourly \
             WHERE owner_id = ? AND at >= ? GROUP BY at, series";
        let found = self.sums(scope, since, sql).await?;
        Ok(together(found, |sum| HourSum {
            mark: String::new(),
            ..sum
        }))
    }

    /// The sums since `since` (milliseconds), hours put together: how long things took, and what failed why.
    pub async fn hour_marks(&self, scope: Scope, since: i64) -> Result<Vec<HourSum>, StoreError> {
        let sql = "SELECT CAST(MIN(at) AS BIGINT) AS at, series, mark, CAST(SUM(amount) AS BIGINT) AS amount FROM hourly \
             WHERE owner_id = ? AND at >= ? GROUP BY series, mark";
        let found = self.sums(scope, since, sql).await?;
        Ok(together(found, |sum| HourSum { at: since, ..sum }))
    }

    /// What is written, and after it what this node has not written yet: what is written in between is missed for a
    /// moment, and nothing is counted twice.
    async fn sums(&self, scope: Scope, since: i64, sql: &str) -> Result<Vec<HourSum>, StoreError> {
        let owner = match scope {
            Scope::All => Uuid::nil(),
            Scope::Owner(owner) => owner,
            // A frame shows nothing that is not its portal's, and sums are not kept by portal.
            Scope::Framed { .. } => return Ok(Vec::new()),
        };
        let rows = self.rows(sql, vec![owner.into(), since.into()]).await?;
        let written = rows.iter().map(|row| {
            Ok(HourSum {
                at: row.try_get("", "at")?,
                series: row.try_get("", "series")?,
                mark: row.try_get("", "mark")?,
                amount: row.try_get("", "amount")?,
            })
        });
        let mut sums = written.collect::<Result<Vec<_>, StoreError>>()?;
        let waiting = self.tally().hours.waiting(owner, since).into_iter();
        sums.extend(waiting.map(|(sum, amount)| HourSum {
            at: sum.at,
            series: sum.series.to_owned(),
            mark: sum.mark,
            amount,
        }));
        Ok(sums)
    }

    /// Forgets sums of hours that began before `before`.
    pub async fn hours_forget(&self, before: i64) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run("DELETE FROM hourly WHERE at < ?", [before.into()])
            .await?;
        txn.commit_lightly().await
    }
}

/// Sums that are the same but for their amount become one, in order.
fn together(sums: Vec<HourSum>, same: impl Fn(HourSum) -> HourSum) -> Vec<HourSum> {
    let mut amounts = BTreeMap::new();
    for sum in sums.into_iter().map(same) {
        *amounts.entry((sum.at, sum.series, sum.mark)).or_default() += sum.amount;
    }
    let sums = amounts
        .into_iter()
        .map(|((at, series, mark), amount)| HourSum {
            at,
            series,
            mark,
            amount,
        });
    sums.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::DeliveryKind;
    use crate::store::testing::engines;
    use crate::telemetry::{Fact, HOUR, What};

    fn sum(at: i64, series: &str, mark: &str, amount: i64) -> HourSum {
        HourSum {
            at,
            series: series.to_owned(),
            mark: mark.to_owned(),
            amount,
        }
    }

    #[tokio::test]
    async fn sums_grow_by_what_was_written_and_are_their_owners() {
        for test in engines().await {
            let store = &test.store;
            let (ann, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
            let arrived = |owner, at, took| {
                let kind = DeliveryKind::InboundText;
                let what = What::Delivered { kind, took };
                store.tally().add(&Fact { at, owner, what });
            };
            arrived(ann, 1, Some(40));
            arrived(bob, 2, None);
            let written = store.hours_write().await.unwrap();
            assert_eq!(written, BTreeSet::from([Uuid::nil(), ann, bob]));
            arrived(ann, HOUR - 1, Some(300));
            arrived(ann, HOUR, Some(50));
            let of = |scope| store.hours_of(scope, 0);
            let anns = [sum(0, "inbound", "", 2), sum(HOUR, "inbound", "", 1)];
            assert_eq!(of(Scope::Owner(ann)).await.unwrap(), anns, "not written");
            store.hours_write().await.unwrap();
            assert!(store.hours_write().await.unwrap().is_empty());
            assert_eq!(of(Scope::Owner(ann)).await.unwrap(), anns);
            assert_eq!(
                of(Scope::Owner(bob)).await.unwrap(),
                [sum(0, "inbound", "", 1)]
            );
            let all = [sum(0, "inbound", "", 3), sum(HOUR, "inbound", "", 1)];
            assert_eq!(of(Scope::All).await.unwrap(), all);
            let marks = store.hour_marks(Scope::Owner(ann), 0).await.unwrap();
            let marks: Vec<_> = marks.iter().map(|sum| (&*sum.mark, sum.amount)).collect();
            assert_eq!(marks, [("50", 2), ("500", 1)]);
            let framed = Scope::Framed {
                owner: ann,
                portal: bob,
            };
            assert_eq!(of(framed).await.unwrap(), []);
            store.hours_forget(HOUR).await.unwrap();
            assert_eq!(of(Scope::All).await.unwrap(), [sum(HOUR, "inbound", "", 1)]);
        }
    }
}
