//! Closing deliveries and keeping their lines in order.

use super::couriers::{cause, word};
use super::sql::{padded, placeholders};
use super::{StoreError, Txn};
use crate::outbox::{DeliveryKind, DeliveryState};
use crate::telemetry::{Fact, What};
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

/// States in which a delivery still holds its line.
pub(super) const OPEN: &str = "('waiting', 'sending', 'unknown')";

/// What is open of a line, in the words of its index; `of` is the table's alias with its point. The last part is always
/// true: it keeps this index from those who know the ids, and do not have it.
pub(super) fn open_of_line(of: &str) -> String {
    format!("{of}state IN {OPEN} AND {of}number > 0")
}

impl Txn {
    /// Locks the open deliveries of an owner that carry these messages, in the order in which couriers write their ends:
    /// whoever settles several of them comes to them in another. SQLite has one writer and needs no locks.
    pub async fn deliveries_lock_in_txn(
        &self,
        owner: Uuid,
        messages: &[Uuid],
    ) -> Result<(), StoreError> {
        if !self.is_postgres() || messages.is_empty() {
            return Ok(());
        }
        let messages = padded(messages);
        let marks = placeholders(messages.len());
        let sql = format!(
            "SELECT id FROM delivery WHERE owner_id = ? AND message_id IN ({marks}) AND direction = 'to_whatsapp' \
             AND state IN {OPEN} ORDER BY id FOR UPDATE"
        );
        let values = std::iter::once(owner.into()).chain(messages.into_iter().map(Value::from));
        self.rows(&sql, values.collect()).await?;
        Ok(())
    }

    /// Closes the delivery that carries `message` because its outcome became known by other means
    /// than the call's own answer: a status of Meta, for one. Answers whether one was open.
    pub async fn delivery_settle_in_txn(
        &self,
        message: Uuid,
        state: DeliveryState,
        error: Option<(&str, &str)>,
        now: i64,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT id, line_id, kind, owner_id, receipt_id, receipt_at FROM delivery WHERE message_id = ? AND direction = 'to_whatsapp' AND state IN {OPEN}"
        );
        let Some(row) = self.row(&sql, [message.into()]).await? else {
            return Ok(false);
        };
        let id: Uuid = row.try_get("", "id")?;
        let line: Uuid = row.try_get("", "line_id")?;
        if self.delivery_close_in_txn(id, state, error, now).await? > 0 {
            self.note(ended(&row, state, error, now)?);
        }
        self.line_work(|work| work.advances(line, now));
        Ok(true)
    }

    /// The template or interactive message that was sent for a message, as its delivery carries it.
    pub async fn delivery_content_in_txn(
        &self,
        message: Uuid,
    ) -> Result<Option<String>, StoreError> {
        let sql = "SELECT payload FROM delivery WHERE message_id = ? AND kind = 'outbound_content' LIMIT 1";
        let row = self.row(sql, [message.into()]).await?;
        row.map(|row| Ok(row.try_get("", "payload")?)).transpose()
    }

    /// Marks what was thought delivered as refused: Meta took it and failed later.
    pub async fn delivery_fail_late_in_txn(
        &self,
        message: Uuid,
        code: &str,
        text: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let failed = self
            .row(
                "UPDATE delivery SET state = 'refused', error_code = ?, error_text = ?, done_at = ? \
                 WHERE message_id = ? AND direction = 'to_whatsapp' AND state = 'delivered' RETURNING kind, owner_id",
                [code.into(), text.into(), now.into(), message.into()],
            )
            .await?;
        if let Some(row) = failed {
            let code = code.to_owned();
            self.note(Fact {
                at: now,
                owner: row.try_get("", "owner_id")?,
                what: What::FailedLate {
                    kind: word(&row, "kind")?,
                    code,
                },
            });
        }
        Ok(())
    }

    pub(super) async fn delivery_close_in_txn(
        &self,
        id: Uuid,
        state: DeliveryState,
        error: Option<(&str, &str)>,
        now: i64,
    ) -> Result<u64, StoreError> {
        let (code, text) = error.unzip();
        let sql = format!(
            "UPDATE delivery SET state = ?, error_code = ?, error_text = ?, done_at = ? WHERE id = ? AND state IN {OPEN}"
        );
        self.run(
            &sql,
            [
                state.as_str().into(),
                code.into(),
                text.into(),
                now.into(),
                id.into(),
            ],
        )
        .await
    }
}

/// The end of a delivery whose row this is, to be counted.
fn ended(
    row: &QueryResult,
    state: DeliveryState,
    error: Option<(&str, &str)>,
    now: i64,
) -> Result<Fact, StoreError> {
    let kind: DeliveryKind = word(row, "kind")?;
    let took = cause(row)?.map(|cause| now - cause.at);
    let owner = row.try_get("", "owner_id")?;
    Ok(Fact::ended(
        owner,
        kind,
        state,
        took,
        error.map(|(code, _)| code),
        now,
    ))
}
