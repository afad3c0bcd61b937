//! What becomes of the heads of lines: they depart, and are closed, kept or taken back.

use super::couriers::Head;
use super::outbox::OPEN;
use super::sql::{padded, placeholders};
use super::{StoreError, Txn};
use crate::outbox::DeliveryState;
use crate::telemetry::Fact;
use sea_orm::Value;
use std::collections::HashSet;
use uuid::Uuid;

impl Head {
    /// As what it was found.
    pub fn standing(&self) -> Standing {
        Standing {
            id: self.id,
            state: self.state,
        }
    }

    /// Its end, to be counted.
    fn end(&self, state: DeliveryState, error: Option<(&str, &str)>, now: i64) -> Fact {
        let took = self.cause.map(|cause| now - cause.at);
        let code = error.map(|(code, _)| code);
        Fact::ended(self.owner, self.kind, state, took, code, now)
    }
}

/// A head, and as what it was found.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The delivery.
    pub id: Uuid,
    /// Waiting or unknown.
    pub state: DeliveryState,
}

impl Txn {
    /// Marks flights of heads as on their way, all together; answers those that may leave. One that was settled since it
    /// was found stays behind: its line has gone on. A head that was unknown stays so, for looking
    /// up changes nothing. Their lines are not due again before `guard`.
    pub async fn flights_depart_in_txn(
        &self,
        mut flights: Vec<Vec<Head>>,
        epoch: i64,
        now: i64,
        guard: i64,
    ) -> Result<Vec<Vec<Head>>, StoreError> {
        let ids: Vec<Uuid> = flights.iter().flatten().map(|head| head.id).collect();
        let lines: Vec<Uuid> = flights.iter().flatten().map(|head| head.line).collect();
        if ids.is_empty() {
            return Ok(flights);
        }
        let ids = padded(&ids);
        let marks = placeholders(ids.len());
        let mut values: Vec<Value> = vec![epoch.into(), now.into()];
        values.extend(ids.iter().map(|id| Value::from(*id)));
        self.run_of(
            &format!(
                "UPDATE delivery SET state = 'sending', epoch = ?, tried_at = ?, attempts = attempts + 1 \
                 WHERE id IN ({marks}) AND state = 'waiting'"
            ),
            values,
        )
        .await?;
        self.lines_lock_in_txn(&lines).await?;
        let mut values: Vec<Value> = vec![guard.into()];
        values.extend(padded(&lines).into_iter().map(Value::from));
        values.extend(ids.into_iter().map(Value::from));
        let left = self
            .rows(
                &format!(
                    "UPDATE line SET due_at = ? WHERE id IN ({marks}) AND EXISTS (SELECT 1 FROM delivery d \
                     WHERE d.line_id = line.id AND d.number = line.head AND d.id IN ({marks})) RETURNING id"
                ),
                values,
            )
            .await?;
        let left = left.iter().map(|row| row.try_get("", "id"));
        let left: HashSet<Uuid> = left.collect::<Result<_, _>>()?;
        for heads in &mut flights {
            heads.retain(|head| left.contains(&head.line));
        }
        Ok(flights)
    }

    /// Closes deliveries that arrived and lets their lines go on; what was settled meanwhile stays as it is.
    pub async fn heads_deliver_in_txn(&self, heads: &[&Head], now: i64) -> Result<(), StoreError> {
        if heads.is_empty() {
            return Ok(());
        }
        let ids = padded(&heads.iter().map(|head| head.id).collect::<Vec<_>>());
        let sql = format!(
            "UPDATE delivery SET state = 'delivered', error_code = NULL, error_text = NULL, done_at = ? \
             WHERE id IN ({}) AND state IN {OPEN} RETURNING id, line_id",
            placeholders(ids.len())
        );
        let values = std::iter::once(now.into())
            .chain(ids.into_iter().map(Value::from))
            .collect();
        let rows = self.rows(&sql, values).await?;
        let closed = rows.iter().map(|row| row.try_get("", "id"));
        let closed: HashSet<Uuid> = closed.collect::<Result<_, _>>()?;
        for head in heads.iter().filter(|head| closed.contains(&head.id)) {
            self.note(head.end(DeliveryState::Delivered, None, now));
        }
        let lines = rows.iter().map(|row| row.try_get("", "line_id"));
        let lines: Vec<Uuid> = lines.collect::<Result<_, _>>()?;
        self.line_work(|work| lines.iter().for_each(|line| work.advances(*line, now)));
        Ok(())
    }

    /// Closes a delivery and lets its line go on. One that was settled meanwhile has done both:
    /// its line may have the next delivery on its way already, and the answer is false.
    pub async fn head_close_in_txn(
        &self,
        head: &Head,
        state: DeliveryState,
        error: Option<(&str, &str)>,
        now: i64,
    ) -> Result<bool, StoreError> {
        let closed = self.delivery_close_in_txn(head.id, state, error, now);
        if closed.await? == 0 {
            return Ok(false);
        }
        self.note(head.end(state, error, now));
        self.line_work(|work| work.advances(head.line, now));
        Ok(true)
    }

    /// Leaves a delivery at the head of its line, waiting or unknown, to be taken up at `due_at`.
    /// When it was settled meanwhile, its line has gone on without it; when another look-up was back
    /// before this one, it may be on its way again.
    pub async fn head_stay_in_txn(
        &self,
        head: &Head,
        state: DeliveryState,
        error: (&str, &str),
        due_at: i64,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE delivery SET state = ?, error_code = ?, error_text = ? WHERE id = ? AND state = ?";
        let touched = self
            .run(
                sql,
                [
                    state.as_str().into(),
                    error.0.into(),
                    error.1.into(),
                    head.id.into(),
                    travels_as(head).into(),
                ],
            )
            .await?;
        if touched > 0 {
            self.line_work(|work| work.is_due(head.line, due_at));
        }
        Ok(())
    }

    /// Takes back that a delivery was on its way: nothing was sent. The try does not count.
    pub async fn head_return_in_txn(
        &self,
        head: Standing,
        why: (&str, &str),
        due_at: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE delivery SET state = 'waiting', attempts = attempts - 1, error_code = ?, error_text = ? \
             WHERE id = ? AND state = 'sending'",
            [why.0.into(), why.1.into(), head.id.into()],
        )
        .await?;
        let line = self
            .row(
                "SELECT line_id FROM delivery WHERE id = ? AND state = ?",
                [head.id.into(), head.state.as_str().into()],
            )
            .await?;
        if let Some(line) = line {
            let line: Uuid = line.try_get("", "line_id")?;
            self.line_work(|work| work.is_due(line, due_at));
        }
        Ok(())
    }

    /// Remembers a try that did not simply succeed.
    pub async fn attempt_write_in_txn(
        &self,
        delivery: Uuid,
        at: i64,
        duration: i64,
        outcome: &str,
        http_status: Option<i32>,
        code: Option<&str>,
        text: Option<&str>,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO attempt (id, delivery_id, at, duration, outcome, http_status, error_code, error_text) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                Uuid::now_v7().into(),
                delivery.into(),
                at.into(),
                duration.into(),
                outcome.into(),
                http_status.into(),
                code.into(),
                text.into(),
            ],
        )
        .await?;
        Ok(())
    }
}

/// The state of a delivery while this flight of it is under way.
fn travels_as(head: &Head) -> &'static str {
    match head.state {
        DeliveryState::Unknown => DeliveryState::Unknown.as_str(),
        DeliveryState::Waiting
        | DeliveryState::Sending
        | DeliveryState::Delivered
        | DeliveryState::Refused
        | DeliveryState::Dead
        | DeliveryState::Discarded => DeliveryState::Sending.as_str(),
    }
}
