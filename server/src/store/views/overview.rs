//! The numbers of the overview, each from an index.

use super::query::{COUNTED, Conditions, in_trouble};
use crate::store::{Scope, Store, StoreError, outbox::OPEN};
use sea_orm::{QueryResult, TryGetable, Value};
use uuid::Uuid;

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
    /// The WABA.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// When the last message of one of its phones came.
    pub heard_at: Option<i64>,
}

/// A portal and how it does.
pub struct PortalView {
    /// The portal.
    pub id: Uuid,
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

/// A phone's messages of a direction since a moment. SQLite goes from the first of two bounds on: it has to be the moment,
/// or all that the phone ever had is looked at. The other is its index's.
pub(in crate::store) const SAID_SINCE: &str =
    "m.phone_id = p.id AND m.direction = ? AND m.created_at >= ? AND m.created_at > 0";

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
        let kept = "state IN ('held', 'failed') AND state = ?";
        let queue = self.queue(scope).await?;
        let of = |words: &[&str]| {
            let counts = queue
                .iter()
                .filter(|(word, _)| words.contains(&word.as_str()));
            counts.map(|(_, count)| count).sum()
        };
        let failed = "created_at >= ? AND status = 'failed'";
        Ok(Traffic {
            inbound: self.said(scope, "in", since).await?,
            outbound: self.said(scope, "out", since).await?,
            failed: self.count(scope, "message", failed, [since.into()]).await?,
            waiting: of(&["waiting", "sending"]),
            unknown: of(&["unknown"]),
            dead: of(&["dead", "refused"]),
            oldest_waiting: self.oldest_waiting(scope).await?,
            held: self.count(scope, "receipt", kept, ["held".into()]).await?,
            failed_receipts: self
                .count(scope, "receipt", kept, ["failed".into()])
                .await?,
            last_meta: self.last_receipt(scope, "meta").await?,
            last_bitrix: self.last_receipt(scope, "bitrix").await?,
        })
    }

    /// How many deliveries that have not arrived there are in each state, counted to a limit.
    async fn queue(&self, scope: Scope) -> Result<Vec<(String, i64)>, StoreError> {
        let mut conditions = Conditions::within(scope, "owner_id");
        conditions.and(&in_trouble(""), []);
        let (words, values) = conditions.finish([(COUNTED * 3).into()]);
        let sql = format!(
            "SELECT state, COUNT(*) AS value FROM (SELECT state FROM delivery WHERE {words} LIMIT ?) AS counted \
             GROUP BY state"
        );
        let rows = self.rows(&sql, values).await?;
        rows.iter()
            .map(|row| Ok((row.try_get("", "state")?, row.try_get("", "value")?)))
            .collect()
    }

    /// When the oldest delivery that waits was written.
    async fn oldest_waiting(&self, scope: Scope) -> Result<Option<i64>, StoreError> {
        let mut conditions = Conditions::within(scope, "owner_id");
        conditions.and(&in_trouble(""), []);
        let (words, values) = conditions.finish([]);
        let sql = format!(
            "SELECT created_at AS value FROM delivery WHERE {words} AND state IN {OPEN} ORDER BY created_at LIMIT 1"
        );
        value(self.rows(&sql, values).await?.first())
    }

    /// Messages of a direction since a moment, phone by phone: those of each are found in an index, and none of the other
    /// direction are looked at.
    async fn said(&self, scope: Scope, direction: &str, since: i64) -> Result<i64, StoreError> {
        let mut conditions = Conditions::within(scope, "p.owner_id");
        conditions.and(SAID_SINCE, [direction.into(), since.into()]);
        let (words, values) = conditions.finish([]);
        let from = "FROM phone p CROSS JOIN message m";
        self.counted(from, &words, values).await
    }

    /// When the last receipt of a source came.
    async fn last_receipt(&self, scope: Scope, source: &str) -> Result<Option<i64>, StoreError> {
        let (words, values) = Conditions::within(scope, "o.id").finish([]);
        let sql = format!(
            "SELECT MAX(at) AS value FROM (SELECT (SELECT MAX(r.received_at) FROM receipt r \
             WHERE r.owner_id = o.id AND r.source = ?) AS at FROM person o WHERE {words}) AS last"
        );
        let values = std::iter::once(source.into()).chain(values).collect();
        value(self.rows(&sql, values).await?.first())
    }

    /// The WABAs, by name, at most `limit`.
    pub async fn wabas_view(&self, scope: Scope, limit: u32) -> Result<Vec<WabaView>, StoreError> {
        let (words, values) =
            Conditions::within(scope, "w.owner_id").finish([i64::from(limit).into()]);
        let sql = format!(
            "SELECT w.id, w.name, (SELECT MAX(at) FROM (SELECT (SELECT MAX(m.created_at) FROM message m \
             WHERE m.phone_id = p.id AND m.direction = 'in' AND m.created_at > 0) AS at FROM phone p WHERE p.waba_id = w.id) AS last) AS heard_at \
             FROM waba w WHERE {words} ORDER BY w.name LIMIT ?"
        );
        let rows = self.rows(&sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(WabaView {
                    id: row.try_get("", "id")?,
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
            "SELECT b.id, b.domain, b.state, b.state_reason, t.pause_reason, t.answered_at FROM portal b \
             LEFT JOIN destination t ON t.kind = 'portal' AND t.target_id = b.id \
             WHERE {words} ORDER BY b.domain LIMIT ?"
        );
        let rows = self.rows(&sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(PortalView {
                    id: row.try_get("", "id")?,
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
        self.counted(&format!("FROM {table}"), &words, values).await
    }
}

fn value<T: TryGetable>(row: Option<&QueryResult>) -> Result<Option<T>, StoreError> {
    row.map_or(Ok(None), |row| Ok(row.try_get("", "value")?))
}
