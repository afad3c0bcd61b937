//! What becomes of the heads of lines: they depart, and are closed, kept or taken back.

use super::couriers::Head;
use super::outbox::OPEN;
use super::sql::placeholders;
use super::{StoreError, Txn};
use crate::outbox::DeliveryState;
use sea_orm::Value;
use uuid::Uuid;

impl Txn {
    /// Marks heads as on their way. A head that was unknown stays so: looking up changes nothing.
    /// Their lines are not due again before `guard`.
    pub async fn heads_depart_in_txn(
        &self,
        heads: &[Head],
        epoch: i64,
        now: i64,
        guard: i64,
    ) -> Result<(), StoreError> {
        if heads.is_empty() {
            return Ok(());
        }
        let marks = placeholders(heads.len());
        let mut values: Vec<Value> = vec![epoch.into(), now.into()];
        values.extend(heads.iter().map(|head| Value::from(head.id)));
        self.run_of(
            &format!(
                "UPDATE delivery SET state = 'sending', epoch = ?, tried_at = ?, attempts = attempts + 1 \
                 WHERE id IN ({marks}) AND state = 'waiting'"
            ),
            values,
        )
        .await?;
        let mut lines: Vec<Uuid> = heads.iter().map(|head| head.line).collect();
        lines.sort_unstable();
        let mut values: Vec<Value> = vec![guard.into()];
        values.extend(lines.into_iter().map(Value::from));
        self.run_of(
            &format!("UPDATE line SET due_at = ? WHERE id IN ({marks})"),
            values,
        )
        .await?;
        Ok(())
    }

    /// Closes a delivery and lets its line go on. One that was settled meanwhile has done both:
    /// its line may have the next delivery on its way already.
    pub async fn head_close_in_txn(
        &self,
        head: &Head,
        state: DeliveryState,
        error: Option<(&str, &str)>,
        now: i64,
    ) -> Result<(), StoreError> {
        let closed = self.delivery_close_in_txn(head.id, state, error, now);
        if closed.await? == 0 {
            return Ok(());
        }
        self.line_advance_in_txn(head.line, now).await
    }

    /// Leaves a delivery at the head of its line, waiting or unknown, to be taken up at `due_at`.
    /// When it was settled meanwhile, its line has gone on without it.
    pub async fn head_stay_in_txn(
        &self,
        head: &Head,
        state: DeliveryState,
        error: (&str, &str),
        due_at: i64,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "UPDATE delivery SET state = ?, error_code = ?, error_text = ? WHERE id = ? AND state IN {OPEN}"
        );
        let touched = self
            .run(
                &sql,
                [
                    state.as_str().into(),
                    error.0.into(),
                    error.1.into(),
                    head.id.into(),
                ],
            )
            .await?;
        if touched == 0 {
            return Ok(());
        }
        self.run(
            "UPDATE line SET due_at = ? WHERE id = ?",
            [due_at.into(), head.line.into()],
        )
        .await?;
        Ok(())
    }

    /// Takes back that a delivery was on its way: nothing was sent. The try does not count.
    pub async fn head_return_in_txn(
        &self,
        head: &Head,
        why: (&str, &str),
        due_at: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE delivery SET state = 'waiting', attempts = attempts - 1, error_code = ?, error_text = ? \
             WHERE id = ? AND state = 'sending'",
            [why.0.into(), why.1.into(), head.id.into()],
        )
        .await?;
        self.run(
            &format!("UPDATE line SET due_at = ? WHERE id = (SELECT line_id FROM delivery WHERE id = ? AND state IN {OPEN})"),
            [due_at.into(), head.id.into()],
        )
        .await?;
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
