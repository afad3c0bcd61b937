//! What couriers ask of the database once they have a lease: the heads of lines that are due.

use super::{Store, StoreError};
use crate::outbox::{Cause, DeliveryKind, DeliveryState};
use sea_orm::QueryResult;
use std::str::FromStr;
use uuid::Uuid;

/// The delivery at the head of a line.
#[derive(Clone, Debug)]
pub struct Head {
    /// The delivery.
    pub id: Uuid,
    /// Its line.
    pub line: Uuid,
    /// What is carried.
    pub kind: DeliveryKind,
    /// Waiting or unknown.
    pub state: DeliveryState,
    /// Whose it is.
    pub owner: Uuid,
    /// The business number.
    pub phone: Uuid,
    /// The conversation.
    pub conversation: Uuid,
    /// The message it carries.
    pub message: Option<Uuid>,
    /// What the courier needs, as JSON.
    pub payload: String,
    /// How often it was tried.
    pub attempts: i32,
    /// Since when it is tried: when it was written, or replayed.
    pub created_at: i64,
    /// The receipt it was written because of, where one is known.
    pub cause: Option<Cause>,
}

#[cfg(test)]
impl Head {
    /// One of nobody's.
    pub fn for_tests(kind: DeliveryKind, state: DeliveryState) -> Self {
        Self {
            id: Uuid::now_v7(),
            line: Uuid::now_v7(),
            kind,
            state,
            owner: Uuid::nil(),
            phone: Uuid::nil(),
            conversation: Uuid::nil(),
            message: None,
            payload: String::new(),
            attempts: 0,
            created_at: 0,
            cause: None,
        }
    }
}

impl Store {
    /// The heads of lines that are due, the longest waiting first; none while a person holds the destination. One that is
    /// on its way is none of them, however long it takes: only a new lease makes it unknown. A guard may pass while a machine
    /// sleeps.
    pub async fn heads_due(
        &self,
        destination: Uuid,
        now: i64,
        limit: i64,
    ) -> Result<Vec<Head>, StoreError> {
        let rows = self
            .rows(
                "SELECT d.id, d.line_id, d.kind, d.state, d.owner_id, d.phone_id, d.conversation_id, d.message_id, \
                 d.payload, d.attempts, COALESCE(d.since, d.created_at) AS created_at, d.receipt_id, d.receipt_at \
                 FROM line l JOIN delivery d ON d.line_id = l.id AND d.number = l.head \
                 WHERE l.destination_id = ? AND l.due_at <= ? AND d.state <> 'sending' \
                 AND EXISTS (SELECT 1 FROM destination t WHERE t.id = l.destination_id AND t.held_at IS NULL) \
                 ORDER BY l.due_at LIMIT ?",
                vec![destination.into(), now.into(), limit.into()],
            )
            .await?;
        rows.iter().map(head).collect()
    }

    /// When the next line of the destination is due; `None` when all lines rest.
    pub async fn destination_due_at(&self, destination: Uuid) -> Result<Option<i64>, StoreError> {
        let row = self
            .row(
                "SELECT MIN(due_at) AS due_at FROM line WHERE destination_id = ? AND due_at IS NOT NULL",
                [destination.into()],
            )
            .await?;
        row.map_or(Ok(None), |row| Ok(row.try_get("", "due_at")?))
    }
}

fn head(row: &QueryResult) -> Result<Head, StoreError> {
    Ok(Head {
        id: row.try_get("", "id")?,
        line: row.try_get("", "line_id")?,
        kind: word(row, "kind")?,
        state: word(row, "state")?,
        owner: row.try_get("", "owner_id")?,
        phone: row.try_get("", "phone_id")?,
        conversation: row.try_get("", "conversation_id")?,
        message: row.try_get("", "message_id")?,
        payload: row.try_get("", "payload")?,
        attempts: row.try_get("", "attempts")?,
        created_at: row.try_get("", "created_at")?,
        cause: cause(row)?,
    })
}

/// The receipt that a delivery was written because of.
pub(super) fn cause(row: &QueryResult) -> Result<Option<Cause>, StoreError> {
    let receipt: Option<i64> = row.try_get("", "receipt_id")?;
    let at: Option<i64> = row.try_get("", "receipt_at")?;
    let known = receipt.zip(at);
    Ok(known.map(|(receipt, at)| Cause { receipt, at }))
}

/// Reads a column that holds one of our words.
pub(super) fn word<W: FromStr>(row: &QueryResult, column: &str) -> Result<W, StoreError>
where
    W::Err: std::fmt::Display,
{
    let text: String = row.try_get("", column)?;
    text.parse()
        .map_err(|error: W::Err| StoreError::Unreadable(error.to_string()))
}
