//! The numbers of the overview, each from an index.

use super::query::Conditions;
use crate::store::{Scope, Store, StoreError};
use sea_orm::{QueryResult, TryGetable, Value};

/// How many there are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// WABAs.
    pub wabas: i64,
    /// Phones.
    pub phones: i64,
    /// Portals.
    pub portals: i64,
}

/// What moved and what waits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traffic {
    /// Customers' messages since the given moment.
    pub inbound: i64,
    /// Operators' messages since then.
    pub outbound: i64,
    /// Operators' messages since then that failed.
    pub failed: i64,
    /// Deliveries that wait or are on their way.
    pub waiting: i64,
    /// Deliveries whose answer was lost.
    pub unknown: i64,
    /// Deliveries given up or refused.
    pub dead: i64,
    /// Since when the oldest waits.
    pub oldest_waiting: Option<i64>,
    /// Receipts nobody connected is there for.
    pub held: i64,
    /// Receipts that could not be read.
    pub failed_receipts: i64,
    /// When Meta last came.
    pub last_meta: Option<i64>,
    /// When Bitrix24 last came.
    pub last_bitrix: Option<i64>,
}

/// A WABA and when it was last heard of.
pub struct WabaView {
    /// Its name.
    pub name: String,
    /// When the last message of one of its phones came.
    pub heard_at: Option<i64>,
}

/// A portal and how it does.
pub struct PortalView {
    /// Its domain.
    pub domain: String,
    /// `ok`, or what is wrong.
    pub state: String,
    /// Why.
    pub reason: Option<String>,
    /// The trouble its deliveries have at the moment.
    pub pause_reason: Option<String>,
    /// When a delivery last reached it.
    pub answered_at: Option<i64>,
}

impl Store {
    /// How many WABAs, phones and portals there are.
    pub async fn counts_view(&self, scope: Scope) -> Result<Counts, StoreError> {
        Ok(Counts {
            wabas: self.count(scope, "waba", "1 = 1", []).await?,
            phones: self.count(scope, "phone", "1 = 1", []).await?,
            portals: self.count(scope, "portal", "1 = 1", []).await?,
        })
    }

    /// What moved since `since` (milliseconds) and what waits.
    pub async fn traffic_view(&self, scope: Scope, since: i64) -> Result<Traffic, StoreError> {
        let recent = "created_at >= ? AND direction = ?";
        let queue = "state <> 'delivered' AND state = ?";
        Ok(Traffic {
            inbound: self
                .count(scope, "message", recent, [since.into(), "in".into()])
                .await?,
            outbound: self
                .count(scope, "message", recent, [since.into(), "out".into()])
                .await?,
            failed: self
                .count(
                    scope,
                    "message",
                    "created_at >= ? AND status = ?",
                    [since.into(), "failed".into()],
                )
                .await?,
            waiting: self
                .count(scope, "delivery", queue, ["waiting".into()])
                .await?
                + self
                    .count(scope, "delivery", queue, ["sending".into()])
                    .await?,
            unknown: self
                .count(scope, "delivery", queue, ["unknown".into()])
                .await?,
            dead: self
                .count(scope, "delivery", queue, ["dead".into()])
                .await?
                + self
                    .count(scope, "delivery", queue, ["refused".into()])
                    .await?,
            oldest_waiting: self
                .best(
                    scope,
                    "delivery",
                    "MIN(created_at)",
                    "state <> 'delivered' AND state IN ('waiting', 'sending', 'unknown')",
                )
                .await?,
            held: self
                .count(
                    scope,
                    "receipt",
                    "state IN ('held', 'failed') AND state = ?",
                    ["held".into()],
                )
                .await?,
            failed_receipts: self
                .count(
                    scope,
                    "receipt",
                    "state IN ('held', 'failed') AND state = ?",
                    ["failed".into()],
                )
                .await?,
            last_meta: self
                .best(scope, "receipt", "MAX(received_at)", "source = 'meta'")
                .await?,
            last_bitrix: self
                .best(scope, "receipt", "MAX(received_at)", "source = 'bitrix'")
                .await?,
        })
    }

    /// The WABAs, by name, at most `limit`.
    pub async fn wabas_view(&self, scope: Scope, limit: u32) -> Result<Vec<WabaView>, StoreError> {
        let (words, values) =
            Conditions::within(scope, "w.owner_id").finish([i64::from(limit).into()]);
        let sql = format!(
            "SELECT w.name, (SELECT MAX(c.last_in_at) FROM conversation c JOIN phone p ON p.id = c.phone_id \
             WHERE p.waba_id = w.id) AS heard_at FROM waba w WHERE {words} ORDER BY w.name LIMIT ?"
        );
        let rows = self.rows(&sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(WabaView {
                    name: row.try_get("", "name")?,
                    heard_at: row.try_get("", "heard_at")?,
                })
            })
            .collect()
    }

    /// The portals, by domain, at most `limit`.
    pub async fn portals_view(
        &self,
        scope: Scope,
        limit: u32,
    ) -> Result<Vec<PortalView>, StoreError> {
        let (words, values) =
            Conditions::within(scope, "b.owner_id").finish([i64::from(limit).into()]);
        let sql = format!(
            "SELECT b.domain, b.state, b.state_reason, t.pause_reason, t.answered_at FROM portal b \
             LEFT JOIN destination t ON t.kind = 'portal' AND t.target_id = b.id \
             WHERE {words} ORDER BY b.domain LIMIT ?"
        );
        let rows = self.rows(&sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(PortalView {
                    domain: row.try_get("", "domain")?,
                    state: row.try_get("", "state")?,
                    reason: row.try_get("", "state_reason")?,
                    pause_reason: row.try_get("", "pause_reason")?,
                    answered_at: row.try_get("", "answered_at")?,
                })
            })
            .collect()
    }

    async fn count<const N: usize>(
        &self,
        scope: Scope,
        table: &str,
        condition: &str,
        values: [Value; N],
    ) -> Result<i64, StoreError> {
        let mut conditions = Conditions::within(scope, "owner_id");
        conditions.and(condition, values);
        let (words, values) = conditions.finish([]);
        let rows = self
            .rows(
                &format!("SELECT COUNT(*) AS value FROM {table} WHERE {words}"),
                values,
            )
            .await?;
        value(rows.first()).map(|found: Option<i64>| found.unwrap_or(0))
    }

    async fn best(
        &self,
        scope: Scope,
        table: &str,
        what: &str,
        condition: &str,
    ) -> Result<Option<i64>, StoreError> {
        let mut conditions = Conditions::within(scope, "owner_id");
        conditions.and(condition, []);
        let (words, values) = conditions.finish([]);
        let rows = self
            .rows(
                &format!("SELECT {what} AS value FROM {table} WHERE {words}"),
                values,
            )
            .await?;
        value(rows.first())
    }
}

fn value<T: TryGetable>(row: Option<&QueryResult>) -> Result<Option<T>, StoreError> {
    row.map_or(Ok(None), |row| Ok(row.try_get("", "value")?))
}
