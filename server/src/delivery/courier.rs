//! One courier per leased destination: heads of lines out, outcomes back, at the destination's pace.

mod depart;
mod land;

#[cfg(test)]
mod tests;

use super::carrier::Carrier;
use super::outcome::Landing;
use super::pace::Bucket;
use super::patience::HEARTBEATS;
use super::settle;
use crate::state::AppState;
use crate::store::{Claim, Footprint, Head, Standing, StoreError};
use crate::telemetry::name;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How long a courier with nothing to do keeps its lease, in milliseconds.
const LINGER: i64 = 3000;

/// The longest sleep between two looks at the database, in milliseconds.
const FLOOR: i64 = 1000;

struct Landed {
    heads: Vec<Head>,
    landing: Landing,
    departed: i64,
}

/// Flights under way. Each is a task of its own: one that was only polled here would keep a
/// database connection while the courier waits for another.
type Flying = JoinSet<Landed>;

/// Carries for one destination until there is nothing to do, the lease is lost, or `stop`.
pub(super) struct Courier {
    state: AppState,
    claim: Claim,
    carrier: Arc<dyn Carrier>,
    stop: CancellationToken,
    bucket: Bucket,
    failures: i32,
    failures_written: i32,
    paused_until: i64,
    busy_at: i64,
    beat_at: i64,
    /// What did not leave because the database did not confirm that it might. It may be marked as on its way.
    grounded: Vec<Standing>,
    news: broadcast::Receiver<uuid::Uuid>,
}

impl Courier {
    pub(super) fn new(
        state: AppState,
        claim: Claim,
        carrier: Arc<dyn Carrier>,
        stop: CancellationToken,
    ) -> Self {
        let bucket = Bucket::restored(carrier.pace(), claim.bucket_level, claim.bucket_at);
        let now = state.clock.now();
        let news = state.bus.deliveries();
        let failures = claim.failures;
        Self {
            state,
            claim,
            carrier,
            stop,
            bucket,
            failures,
            failures_written: failures,
            paused_until: 0,
            busy_at: now,
            beat_at: now,
            grounded: Vec::new(),
            news,
        }
    }

    /// Works until done. Whatever ends it, nothing that flew is left without its outcome written,
    /// unless the lease is lost: then the next holder looks it up.
    pub(super) async fn work(mut self) {
        let mut flying = Flying::new();
        match self.carry(&mut flying).await {
            // What may be marked as on its way is looked at by the next holder, for this lease is not given back.
            Ok(()) if !self.grounded.is_empty() => self.lease_changed("left"),
            Ok(()) => {
                let footprint = self.footprint();
                if let Err(error) = self
                    .state
                    .store
                    .destination_release(&self.claim, footprint)
                    .await
                {
                    tracing::warn!(%error, destination = %self.claim.destination, "A lease could not be given back");
                }
                self.lease_changed("released");
            }
            Err(error) => {
                self.lease_changed(match error {
                    StoreError::Fenced => "lost",
                    StoreError::Database(_)
                    | StoreError::Unreadable(_)
                    | StoreError::Receipts(_)
                    | StoreError::NotDurable(_) => "left",
                });
                tracing::warn!(%error, destination = %self.claim.destination, "A courier stops");
            }
        }
    }

    fn lease_changed(&self, change: &'static str) {
        let of = self.claim.kind.as_str();
        metrics::counter!(name::LEASES, "change" => change, "of" => of).increment(1);
    }

    async fn carry(&mut self, flying: &mut Flying) -> Result<(), StoreError> {
        let stop = self.stop.clone();
        loop {
            let now = self.state.clock.now();
            let mut wake = now + FLOOR;
            if !self.stop.is_cancelled() && now >= self.paused_until {
                match self.depart(flying, now).await {
                    Ok(next) => wake = wake.min(next),
                    Err(error) if error.is_transient() => {
                        tracing::warn!(%error, "Deliveries wait for the database");
                    }
                    Err(error) => return Err(error),
                }
            }
            if !flying.is_empty() {
                self.busy_at = now;
            }
            let idle = flying.is_empty() && now - self.busy_at >= LINGER;
            if flying.is_empty()
                && (idle || self.stop.is_cancelled() || self.paused_until > now + LINGER)
            {
                return Ok(());
            }
            let sleep = Duration::from_millis(u64::try_from((wake - now).max(1)).unwrap_or(1));
            let stopping = stop.is_cancelled();
            tokio::select! {
                Some(Ok(first)) = flying.join_next() => self.land(first, flying).await?,
                () = self.hear() => {}
                () = tokio::time::sleep(sleep) => {}
                () = stop.cancelled(), if !stopping => {}
            }
            if self.state.clock.now() - self.beat_at >= self.lease() / HEARTBEATS {
                match self.beat().await {
                    // What is in the air goes on: a courier that stopped would drop it, and nobody knew what became of it.
                    Err(error) if error.is_transient() => {
                        tracing::warn!(%error, "A sign of life waits for the database");
                    }
                    beaten => beaten?,
                }
            }
        }
    }

    async fn beat(&mut self) -> Result<(), StoreError> {
        let txn = self.state.store.begin().await?;
        txn.courier_fence_in_txn(&self.claim, self.footprint())
            .await?;
        txn.commit().await?;
        self.beat_at = self.state.clock.now();
        Ok(())
    }

    /// Returns when there may be something new for this destination.
    async fn hear(&mut self) {
        loop {
            match self.news.recv().await {
                Ok(target) if target == self.claim.target => return,
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => return,
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }

    /// How long the lease lasts from now on, in milliseconds.
    fn lease(&self) -> i64 {
        settle::millis(self.state.config.lease)
    }

    fn footprint(&self) -> Footprint {
        let now = self.state.clock.now();
        Footprint {
            lease_until: now + self.lease(),
            bucket_level: self.bucket.level(now),
            bucket_at: now,
        }
    }
}
