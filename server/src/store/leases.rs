//! Destinations are leased by one node at a time. Every write of a courier is fenced by the lease's epoch.

use super::couriers::word;
use super::{Store, StoreError, Txn};
use crate::outbox::DestinationKind;
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
            "UPDATE delivery SET state = 'unknown', error_code = 'interrupted', error_text = NULL \
             WHERE destination_id = ? AND state = 'sending' AND number > 0",
            [destination.into()],
        )
        .await?;
        // By the lines that wait: what was ever delivered is not looked at.
        let late = "destination_id = ? AND due_at > ? AND EXISTS (SELECT 1 FROM delivery d \
             WHERE d.line_id = line.id AND d.number = line.head AND d.state = 'unknown')";
        let values = vec![destination.into(), look_up_at.into()];
        let lines = txn
            .rows(&format!("SELECT id FROM line WHERE {late}"), values)
            .await?;
        let lines = lines.iter().map(|row| row.try_get("", "id"));
        txn.lines_lock_in_txn(&lines.collect::<Result<Vec<_>, _>>()?)
            .await?;
        txn.run(
            &format!("UPDATE line SET due_at = ? WHERE {late}"),
            [look_up_at.into(), destination.into(), look_up_at.into()],
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
}

impl Txn {
    /// Proves that the lease is still held and prolongs it; [`StoreError::Fenced`] when it is not. Answers whether
    /// something may leave: no person holds the destination, and none can before this transaction has ended.
    pub async fn courier_fence_in_txn(
        &self,
        claim: &Claim,
        footprint: Footprint,
    ) -> Result<bool, StoreError> {
        let row = self
            .row(
                "UPDATE destination SET lease_until = ?, bucket_level = ?, bucket_at = ? \
                 WHERE id = ? AND lease_owner = ? AND epoch = ? RETURNING held_at",
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
        let held_at: Option<i64> = row.ok_or(StoreError::Fenced)?.try_get("", "held_at")?;
        Ok(held_at.is_none())
    }

    /// Says how the destination as a whole is: in trouble until a time and why, or well again. While it fails the last
    /// reason stands until there is another one.
    pub async fn destination_pause_in_txn(
        &self,
        claim: &Claim,
        failures: i32,
        until: i64,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE destination SET failures = ?, paused_until = ?, \
             pause_reason = COALESCE(?, CASE WHEN ? > 0 THEN pause_reason END) WHERE id = ?",
            [
                failures.into(),
                until.into(),
                reason.into(),
                failures.into(),
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
