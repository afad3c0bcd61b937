//! Writing deliveries and keeping their lines in order.

use super::{StoreError, Txn};
use crate::outbox::{DeliveryState, DestinationKind, NewDelivery};
use uuid::Uuid;

/// States in which a delivery still holds its line.
pub(super) const OPEN: &str = "('waiting', 'sending', 'unknown')";

impl Txn {
    /// Writes a delivery at the end of its conversation's line.
    ///
    /// The number is handed out while the line's row is locked by this transaction, so the
    /// order of numbers is the order of commits.
    pub async fn delivery_enqueue_in_txn(
        &self,
        new: &NewDelivery,
        now: i64,
    ) -> Result<Uuid, StoreError> {
        let destination = self
            .destination_ensure_in_txn(new.destination, new.target)
            .await?;
        let row = self
            .row(
                "INSERT INTO line (id, destination_id, key, next_number, head, due_at) VALUES (?, ?, ?, 2, 1, ?) \
                 ON CONFLICT (destination_id, key) DO UPDATE SET next_number = line.next_number + 1, \
                 head = COALESCE(line.head, line.next_number), \
                 due_at = COALESCE(line.due_at, excluded.due_at) \
                 RETURNING id, next_number - 1 AS number",
                [
                    Uuid::now_v7().into(),
                    destination.into(),
                    new.conversation.to_string().into(),
                    now.into(),
                ],
            )
            .await?
            .ok_or_else(|| StoreError::Unreadable("the line answered nothing".into()))?;
        let line: Uuid = row.try_get("", "id")?;
        let number: i64 = row.try_get("", "number")?;
        let id = Uuid::now_v7();
        self.run(
            "INSERT INTO delivery (id, owner_id, destination_id, line_id, number, kind, direction, phone_id, \
             conversation_id, message_id, payload, state, attempts, epoch, created_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)",
            [
                id.into(),
                new.owner.into(),
                destination.into(),
                line.into(),
                number.into(),
                new.kind.as_str().into(),
                new.direction().as_str().into(),
                new.phone.into(),
                new.conversation.into(),
                new.message.into(),
                new.payload.as_str().into(),
                DeliveryState::Waiting.as_str().into(),
                now.into(),
            ],
        )
        .await?;
        Ok(id)
    }

    pub(super) async fn destination_ensure_in_txn(
        &self,
        kind: DestinationKind,
        target: Uuid,
    ) -> Result<Uuid, StoreError> {
        const FIND: &str = "SELECT id FROM destination WHERE kind = ? AND target_id = ?";
        if let Some(row) = self
            .row(FIND, [kind.as_str().into(), target.into()])
            .await?
        {
            return Ok(row.try_get("", "id")?);
        }
        self.run(
            "INSERT INTO destination (id, kind, target_id) VALUES (?, ?, ?) ON CONFLICT (kind, target_id) DO NOTHING",
            [Uuid::now_v7().into(), kind.as_str().into(), target.into()],
        )
        .await?;
        let row = self
            .row(FIND, [kind.as_str().into(), target.into()])
            .await?;
        let row =
            row.ok_or_else(|| StoreError::Unreadable("the destination is not there".into()))?;
        Ok(row.try_get("", "id")?)
    }

    /// Lets the line go on to its next open delivery, now; an empty line rests.
    ///
    /// The line is locked first, by a statement of its own: a statement that waits for the lock
    /// would look for the next delivery as things stood before it waited, and PostgreSQL would not
    /// see what was enqueued meanwhile.
    pub(super) async fn line_advance_in_txn(&self, line: Uuid, now: i64) -> Result<(), StoreError> {
        self.run(
            "UPDATE line SET next_number = next_number WHERE id = ?",
            [line.into()],
        )
        .await?;
        let sql = format!(
            "UPDATE line SET head = (SELECT MIN(d.number) FROM delivery d WHERE d.line_id = line.id AND d.state IN {OPEN}), \
             due_at = (SELECT MIN(CAST(? AS BIGINT)) FROM delivery d WHERE d.line_id = line.id AND d.state IN {OPEN}) \
             WHERE id = ?"
        );
        self.run(&sql, [now.into(), line.into()]).await?;
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
            "SELECT id, line_id FROM delivery WHERE message_id = ? AND direction = 'to_whatsapp' AND state IN {OPEN}"
        );
        let Some(row) = self.row(&sql, [message.into()]).await? else {
            return Ok(false);
        };
        let id: Uuid = row.try_get("", "id")?;
        let line: Uuid = row.try_get("", "line_id")?;
        self.delivery_close_in_txn(id, state, error, now).await?;
        self.line_advance_in_txn(line, now).await?;
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
        self.run(
            "UPDATE delivery SET state = 'refused', error_code = ?, error_text = ?, done_at = ? \
             WHERE message_id = ? AND direction = 'to_whatsapp' AND state = 'delivered'",
            [code.into(), text.into(), now.into(), message.into()],
        )
        .await?;
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
