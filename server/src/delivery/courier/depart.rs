//! Heads leave: marked as on their way first, then sent.

use super::{Courier, FLOOR, Flying, Landed};
use crate::delivery::patience::GUARD;
use crate::store::{Head, StoreError};
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

impl Courier {
    /// Sends out what is due and may go; answers when to look again.
    pub(super) async fn depart(
        &mut self,
        flying: &mut Flying,
        now: i64,
    ) -> Result<i64, StoreError> {
        self.take_back(now).await?;
        let free = self.carrier.wings().saturating_sub(flying.len());
        if free == 0 {
            return Ok(now + FLOOR);
        }
        if let Err(wait) = self.bucket.peek(now) {
            return Ok(now + wait);
        }
        let limit = i64::try_from(free * self.carrier.load()).unwrap_or(i64::MAX);
        let heads = self
            .state
            .store
            .heads_due(self.claim.destination, now, limit)
            .await?;
        if heads.is_empty() {
            let due = self
                .state
                .store
                .destination_due_at(self.claim.destination)
                .await?;
            return Ok(due.filter(|due| *due > now).unwrap_or(now + FLOOR));
        }
        let mut flights = Vec::new();
        let mut wake = now + FLOOR;
        for flight in self.carrier.flights(heads).into_iter().take(free) {
            match self.bucket.take(now) {
                Ok(()) => flights.push(flight),
                Err(wait) => {
                    wake = now + wait;
                    break;
                }
            }
        }
        let all = flights.iter().flatten();
        self.grounded = all.map(Head::standing).collect();
        let leaving = self.mark(flights, now).await?;
        self.grounded.clear();
        self.beat_at = now;
        let until = now + self.lease();
        for heads in leaving.into_iter().filter(|heads| !heads.is_empty()) {
            let carrier = Arc::clone(&self.carrier);
            flying.spawn(async move {
                // A flight that panics brings no outcome: what it carried is unknown.
                let landing = AssertUnwindSafe(carrier.fly(&heads, until))
                    .catch_unwind()
                    .await
                    .unwrap_or_default();
                Landed {
                    heads,
                    landing,
                    departed: now,
                }
            });
        }
        Ok(wake)
    }

    /// Marks as on their way those that may leave; none while a person holds the destination.
    pub(super) async fn mark(
        &self,
        flights: Vec<Vec<Head>>,
        now: i64,
    ) -> Result<Vec<Vec<Head>>, StoreError> {
        let txn = self.state.store.begin().await?;
        let is_open = txn
            .courier_fence_in_txn(&self.claim, self.footprint())
            .await?;
        let flights = if is_open { flights } else { Vec::new() };
        let leaving = txn
            .flights_depart_in_txn(flights, self.claim.epoch, now, now + GUARD)
            .await?;
        txn.commit().await?;
        Ok(leaving)
    }

    /// A commit whose answer was lost may have been done all the same: what it marked has not left, and would wait for
    /// an outcome that never comes.
    async fn take_back(&mut self, now: i64) -> Result<(), StoreError> {
        if self.grounded.is_empty() {
            return Ok(());
        }
        let txn = self.state.store.begin().await?;
        txn.courier_fence_in_txn(&self.claim, self.footprint())
            .await?;
        for head in &self.grounded {
            let why = ("database", "The database did not answer.");
            txn.head_return_in_txn(*head, why, now).await?;
        }
        txn.commit().await?;
        self.grounded.clear();
        Ok(())
    }
}
