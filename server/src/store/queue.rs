//! Dead letters go back into the queue, here or elsewhere, or are put away.

use super::dead_letters::{DeadLetter, is_dead};
use super::entities::{contact, conversation};
use super::{StoreError, Txn};
use crate::outbox::{DeliveryState, DestinationKind, Speaker};
use sea_orm::{EntityTrait, Value};
use uuid::Uuid;

/// Where a dead letter is to go in place of where it was to go.
pub struct NewTarget {
    /// Portal or phone.
    pub kind: DestinationKind,
    /// The portal's or the phone's row.
    pub target: Uuid,
    /// The business number.
    pub phone: Uuid,
    /// The conversation with the same customer there.
    pub conversation: Uuid,
}

impl Txn {
    /// Puts a dead letter back at the end of its line, or of the line of `to`. Answers whether it did: a second time
    /// changes nothing, for it is no dead letter any more.
    ///
    /// It is waiting, or `unknown` where its last answer was lost, so that it is looked up before it is repeated. Its
    /// number is handed out while the line is locked, as for a new delivery: nothing that was enqueued meanwhile is
    /// overtaken, and a line that had come to rest goes on with it.
    pub async fn dead_letter_replay_in_txn(
        &self,
        letter: &DeadLetter,
        to: Option<&NewTarget>,
        now: i64,
    ) -> Result<bool, StoreError> {
        let looked_up = letter.in_doubt && !letter.kind.is_idempotent();
        let state = if looked_up {
            DeliveryState::Unknown
        } else {
            DeliveryState::Waiting
        };
        // The row first, then its line: in the order in which couriers lock them.
        let taken = self
            .run(
                "UPDATE delivery SET state = ?, since = ?, done_at = NULL WHERE id = ? AND state = ? \
                 AND COALESCE(done_at, 0) = ?",
                [
                    state.as_str().into(),
                    now.into(),
                    letter.id.into(),
                    letter.state.as_str().into(),
                    letter.done_at.unwrap_or_default().into(),
                ],
            )
            .await?;
        if taken == 0 {
            return Ok(false);
        }
        let (destination, phone, conversation) = match to {
            None => (letter.destination, letter.phone, letter.conversation),
            Some(to) => (
                self.destination_ensure_in_txn(to.kind, to.target).await?,
                to.phone,
                to.conversation,
            ),
        };
        let place = (destination, letter.kind.line(conversation));
        let ends = self.lines_lengthen_in_txn(&[(place, 1)], now).await?;
        let end = ends.into_iter().next();
        let (_, (line, number)) =
            end.ok_or_else(|| StoreError::Unreadable("the line answered nothing".into()))?;
        self.run(
            "UPDATE delivery SET destination_id = ?, line_id = ?, number = ?, phone_id = ?, conversation_id = ? \
             WHERE id = ?",
            [
                destination.into(),
                line.into(),
                number.into(),
                phone.into(),
                conversation.into(),
                letter.id.into(),
            ],
        )
        .await?;
        if letter.kind.speaker() == Speaker::Operator
            && let Some(message) = letter.message
        {
            self.message_requeue_in_txn(message, now).await?;
            if let Some(to) = to {
                self.run(
                    "UPDATE message SET phone_id = ?, conversation_id = ? WHERE id = ?",
                    [to.phone.into(), to.conversation.into(), message.into()],
                )
                .await?;
            }
        }
        Ok(true)
    }

    /// A message that failed is queued again. The id Meta gave it is kept apart: what Meta says of that one is old.
    async fn message_requeue_in_txn(&self, message: Uuid, now: i64) -> Result<(), StoreError> {
        self.run(
            "UPDATE message SET status = 'queued', status_at = ?, error_code = NULL, error_text = NULL, wamid = NULL, \
             past_wamids = CASE WHEN wamid IS NULL THEN past_wamids ELSE COALESCE(past_wamids || ' ', '') || wamid END \
             WHERE id = ? AND direction = 'out' AND (status = 'failed') IS TRUE",
            [now.into(), message.into()],
        )
        .await?;
        Ok(())
    }

    /// Who a conversation is with.
    pub async fn contact_of_in_txn(
        &self,
        conversation: Uuid,
    ) -> Result<Option<contact::Model>, StoreError> {
        let found = conversation::Entity::find_by_id(conversation);
        let Some(found) = found.one(&self.0).await? else {
            return Ok(None);
        };
        let contact = contact::Entity::find_by_id(found.contact_id);
        Ok(contact.one(&self.0).await?)
    }

    /// Puts a dead letter away; answers whether it did.
    pub async fn dead_letter_discard_in_txn(
        &self,
        letter: &DeadLetter,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE delivery SET state = 'discarded' WHERE id = ? AND {}",
            is_dead("")
        );
        Ok(self.run(&sql, [Value::from(letter.id)]).await? == 1)
    }

    /// Whether a text that met a closed window was sent inside the default template already, when it failed.
    pub async fn message_was_rescued_in_txn(
        &self,
        conversation: Uuid,
        failed_at: i64,
    ) -> Result<bool, StoreError> {
        let row = self
            .row(
                "SELECT 1 AS one FROM message WHERE conversation_id = ? AND created_at = ? AND direction = 'out' \
                 AND kind = 'template' AND im_message_id IS NULL LIMIT 1",
                [conversation.into(), failed_at.into()],
            )
            .await?;
        Ok(row.is_some())
    }

    /// A message given up arrived after all, as Meta says: its dead letter is delivered, also one that was put away, and
    /// the message goes on from there. Answers whether there was one.
    pub async fn dead_letter_arrived_in_txn(
        &self,
        message: Uuid,
        now: i64,
    ) -> Result<bool, StoreError> {
        let arrived = self
            .run(
                "UPDATE delivery SET state = 'delivered', error_code = NULL, error_text = NULL, done_at = ? \
                 WHERE message_id = ? AND direction = 'to_whatsapp' AND state IN ('dead', 'discarded')",
                [now.into(), message.into()],
            )
            .await?;
        if arrived > 0 {
            self.message_move_in_txn(message, &["failed"], "accepted", now, None)
                .await?;
        }
        Ok(arrived > 0)
    }
}
