//! What couriers ask of the database: a lease, the heads of lines that are due, and a place to
//! write how it went. Every write is fenced by the lease's epoch.

use super::{Store, StoreError, Txn};
use crate::outbox::{Cause, DeliveryKind, DeliveryState, DestinationKind};
use sea_orm::QueryResult;
use std::str::FromStr;
use uuid::Uuid;

/// A leased destination.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The destination's row.
    pub destination: Uuid,
    /// Portal or phone.
    pub kind: DestinationKind,
    /// The portal's or the phone's row.
    pub target: Uuid,
    /// This lease and no other.
    pub epoch: i64,
    /// Who holds it.
    pub node: String,
    /// The pace bucket as it was left.
    pub bucket_level: f64,
    /// When it was left so, in milliseconds.
    pub bucket_at: i64,
    /// Failures in a row of the destination as a whole.
    pub failures: i32,
}

/// What a courier leaves in its destination's row with every write.
#[derive(Clone, Copy, Debug, Default)]
pub struct Footprint {
    /// The lease lasts until then.
    pub lease_until: i64,
    /// The pace bucket.
    pub bucket_level: f64,
    /// When the bucket had that level.
    pub bucket_at: i64,
}

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

impl Store {
    /// Destinations that nobody else carries and that have something due, or a lease that was
    /// never given back: what its holder had on its way must be looked at. At most `limit`.
    pub async fn destinations_due(
        &self,
        node: &str,
        now: i64,
        limit: i64,
    ) -> Result<Vec<Uuid>, StoreError> {
        let rows = self
            .rows(
                "SELECT d.id FROM destination d WHERE d.held_at IS NULL AND d.paused_until <= ? AND (d.lease_until <= ? OR d.lease_owner = ?) \
                 AND (d.lease_owner IS NOT NULL OR \
                 EXISTS (SELECT 1 FROM line l WHERE l.destination_id = d.id AND l.due_at <= ?)) LIMIT ?",
                vec![now.into(), now.into(), node.into(), now.into(), limit.into()],
            )
            .await?;
        rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
    }

    /// Takes the lease of a destination; `None` when somebody else was quicker.
    /// What an earlier lease left on its way becomes unknown, to be looked at from `look_up_at`.
    pub async fn destination_claim(
        &self,
        destination: Uuid,
        node: &str,
        now: i64,
        lease_until: i64,
        look_up_at: impl Fn(DestinationKind) -> i64,
    ) -> Result<Option<Claim>, StoreError> {
        let txn = self.begin().await?;
        let row = txn
            .row(
                "UPDATE destination SET lease_owner = ?, lease_until = ?, epoch = epoch + 1 \
                 WHERE id = ? AND (lease_until <= ? OR lease_owner = ?) \
                 RETURNING kind, target_id, epoch, bucket_level, bucket_at, failures",
                [
                    node.into(),
                    lease_until.into(),
                    destination.into(),
                    now.into(),
                    node.into(),
                ],
            )
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let claim = Claim {
            destination,
            kind: word(&row, "kind")?,
            target: row.try_get("", "target_id")?,
            epoch: row.try_get("", "epoch")?,
            node: node.to_owned(),
            bucket_level: row.try_get("", "bucket_level")?,
            bucket_at: row.try_get("", "bucket_at")?,
            failures: row.try_get("", "failures")?,
        };
        let look_up_at = look_up_at(claim.kind);
        txn.run(
            "UPDATE line SET due_at = ? WHERE due_at > ? AND id IN \
             (SELECT line_id FROM delivery WHERE destination_id = ? AND state IN ('sending', 'unknown'))",
            [look_up_at.into(), look_up_at.into(), destination.into()],
        )
        .await?;
        txn.run(
            "UPDATE delivery SET state = 'unknown', error_code = 'interrupted', error_text = NULL \
             WHERE destination_id = ? AND state = 'sending'",
            [destination.into()],
        )
        .await?;
        txn.commit().await?;
        Ok(Some(claim))
    }

    /// Gives the lease back.
    pub async fn destination_release(
        &self,
        claim: &Claim,
        footprint: Footprint,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "UPDATE destination SET lease_owner = NULL, lease_until = 0, bucket_level = ?, bucket_at = ? \
             WHERE id = ? AND lease_owner = ? AND epoch = ?",
            [
                footprint.bucket_level.into(),
                footprint.bucket_at.into(),
                claim.destination.into(),
                claim.node.as_str().into(),
                claim.epoch.into(),
            ],
        )
        .await?;
        txn.commit().await
    }

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

impl Txn {
    /// Proves that the lease is still held and prolongs it; [`StoreError::Fenced`] when it is not.
    pub async fn courier_fence_in_txn(
        &self,
        claim: &Claim,
        footprint: Footprint,
    ) -> Result<(), StoreError> {
        let touched = self
            .run(
                "UPDATE destination SET lease_until = ?, bucket_level = ?, bucket_at = ? \
                 WHERE id = ? AND lease_owner = ? AND epoch = ?",
                [
                    footprint.lease_until.into(),
                    footprint.bucket_level.into(),
                    footprint.bucket_at.into(),
                    claim.destination.into(),
                    claim.node.as_str().into(),
                    claim.epoch.into(),
                ],
            )
            .await?;
        if touched == 1 {
            Ok(())
        } else {
            Err(StoreError::Fenced)
        }
    }

    /// Says how the destination as a whole is: in trouble until a time and why, or well again.
    pub async fn destination_pause_in_txn(
        &self,
        claim: &Claim,
        failures: i32,
        until: i64,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE destination SET failures = ?, paused_until = ?, pause_reason = ? WHERE id = ?",
            [
                failures.into(),
                until.into(),
                reason.into(),
                claim.destination.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Notes that the destination took so many. They are counted by the minute.
    pub async fn destination_answered_in_txn(
        &self,
        claim: &Claim,
        taken: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        let minute = now.div_euclid(60_000);
        self.run(
            "UPDATE destination SET answered_at = ?, minute_before = CASE minute WHEN ? THEN minute_before \
             WHEN ? THEN minute_taken ELSE 0 END, minute_taken = CASE minute WHEN ? THEN minute_taken + ? ELSE ? END, \
             minute = ? WHERE id = ?",
            [
                now.into(),
                minute.into(),
                (minute - 1).into(),
                minute.into(),
                taken.into(),
                taken.into(),
                minute.into(),
                claim.destination.into(),
            ],
        )
        .await?;
        Ok(())
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
