//! What a transaction does to lines waits for its end, and is done all at once.
//!
//! Lines are locked until a transaction ends. Were they locked as they come, in the order of an answer or of a webhook, two
//! transactions would hold what the other waits for, and PostgreSQL lets them wait for a second before it ends one of
//! them. So whatever a transaction is about, it locks deliveries first; then the lines that go on or wait, sorted; then
//! those that get longer, sorted, phones' before portals': who lands at a phone has news for a portal, and never the
//! other way round. And many lines cost as few statements as one.

use super::outbox::open_of_line;
use super::sql::{padded, placeholders};
use super::{StoreError, Txn};
use crate::outbox::{Cause, NewDelivery};
use sea_orm::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A delivery that is about to be written, and because of what.
pub(super) struct Waiting {
    pub id: Uuid,
    pub new: NewDelivery,
    pub cause: Option<Cause>,
}

/// What is to be done to lines.
#[derive(Default)]
pub(super) struct LineWork {
    /// When they go on or get longer, in milliseconds.
    now: i64,
    /// Lines whose head has ended.
    advance: Vec<Uuid>,
    /// Lines whose head stays, and when they are due.
    due: BTreeMap<Uuid, i64>,
    /// What comes to the ends of lines.
    news: Vec<Waiting>,
}

impl LineWork {
    /// A line goes on to its next open delivery.
    pub fn advances(&mut self, line: Uuid, now: i64) {
        self.now = now;
        self.advance.push(line);
    }

    /// The head of a line stays until it is due.
    pub fn is_due(&mut self, line: Uuid, at: i64) {
        self.due.insert(line, at);
    }

    /// A line gets longer.
    pub fn lengthens(&mut self, new: Waiting, now: i64) {
        self.now = now;
        self.news.push(new);
    }
}

impl Txn {
    /// Does what this transaction has to do to lines. Every commit does it; before that it is for whoever goes on with what
    /// it has just enqueued.
    pub async fn lines_write_in_txn(&self) -> Result<(), StoreError> {
        let LineWork {
            now,
            advance,
            due,
            news,
        } = self.line_work(std::mem::take);
        let touched: Vec<Uuid> = advance.iter().chain(due.keys()).copied().collect();
        self.lines_lock_in_txn(&touched).await?;
        self.lines_advance_in_txn(&advance, now).await?;
        for (line, at) in due {
            self.run(
                "UPDATE line SET due_at = ? WHERE id = ?",
                [at.into(), line.into()],
            )
            .await?;
        }
        self.deliveries_write_in_txn(&news, now).await
    }

    /// Locks lines in the order in which all lock them. SQLite has one writer and needs no locks.
    pub(super) async fn lines_lock_in_txn(&self, lines: &[Uuid]) -> Result<(), StoreError> {
        if !self.is_postgres() || lines.is_empty() {
            return Ok(());
        }
        let ids = padded(lines);
        let marks = placeholders(ids.len());
        let sql = format!(
            "SELECT id FROM line WHERE id IN ({marks}) ORDER BY destination_id, key FOR UPDATE"
        );
        self.rows(&sql, ids.into_iter().map(Value::from).collect())
            .await?;
        Ok(())
    }

    /// Lets lines go on to their next open delivery, now; empty lines rest.
    ///
    /// They are locked already, by a statement of its own: a statement that waits for the lock would look for the
    /// next delivery as things stood before it waited, and would not see what was enqueued meanwhile.
    async fn lines_advance_in_txn(&self, lines: &[Uuid], now: i64) -> Result<(), StoreError> {
        if lines.is_empty() {
            return Ok(());
        }
        let ids = padded(lines);
        let open = open_of_line("d.");
        let sql = format!(
            "UPDATE line SET head = (SELECT MIN(d.number) FROM delivery d WHERE d.line_id = line.id AND {open}), \
             due_at = (SELECT MIN(CAST(? AS BIGINT)) FROM delivery d WHERE d.line_id = line.id AND {open}) \
             WHERE id IN ({})",
            placeholders(ids.len())
        );
        let values = std::iter::once(now.into())
            .chain(ids.into_iter().map(Value::from))
            .collect();
        self.run_of(&sql, values).await?;
        Ok(())
    }
}
