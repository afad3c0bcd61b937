//! One courier per leased destination: heads of lines out, outcomes back, at the destination's pace.

use super::backoff::backoff_jittered;
use super::carrier::Carrier;
use super::outcome::{Landing, Weather};
use super::pace::Bucket;
use super::patience::{CLOSED, GUARD, HEARTBEATS, STORM_CAP};
use super::settle;
use crate::bus::Topic;
use crate::state::AppState;
use crate::store::{Claim, Footprint, Head, StoreError};
use crate::telemetry::name;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
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
            news,
        }
    }

    /// Works until done. Whatever ends it, nothing that flew is left without its outcome written,
    /// unless the lease is lost: then the next holder looks it up.
    pub(super) async fn work(mut self) {
        let mut flying = Flying::new();
        match self.carry(&mut flying).await {
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

    /// Sends out what is due and may go; answers when to look again.
    async fn depart(&mut self, flying: &mut Flying, now: i64) -> Result<i64, StoreError> {
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
        let txn = self.state.store.begin().await?;
        txn.courier_fence_in_txn(&self.claim, self.footprint())
            .await?;
        let mut leaving = Vec::with_capacity(flights.len());
        for flight in flights {
            let left = txn.heads_depart_in_txn(flight, self.claim.epoch, now, now + GUARD);
            leaving.push(left.await?);
        }
        txn.commit().await?;
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

    /// Writes what came of the flights that are back, together; waits for the database if it must.
    async fn land(&mut self, first: Landed, flying: &mut Flying) -> Result<(), StoreError> {
        let mut landed = vec![first];
        while let Some(next) = flying.try_join_next() {
            landed.extend(next.ok());
        }
        let now = self.state.clock.now();
        self.busy_at = now;
        for one in &landed {
            self.read_weather(&one.landing.weather, now);
        }
        let mut tries = 0;
        loop {
            match self.write(&landed).await {
                Ok(targets) => {
                    self.failures_written = self.failures;
                    for target in targets {
                        self.state.bus.delivery_came(target);
                    }
                    break;
                }
                Err(error) if error.is_transient() => {
                    tries += 1;
                    tracing::warn!(%error, tries, "Outcomes wait for the database");
                    let wait = backoff_jittered(tries.min(4)).unsigned_abs();
                    tokio::time::sleep(Duration::from_millis(wait)).await;
                }
                Err(error) => return Err(error),
            }
        }
        if let Some(head) = landed.first().and_then(|one| one.heads.first()) {
            self.state.bus.tell(head.owner, Topic::Deliveries);
        }
        Ok(())
    }

    async fn write(&self, landed: &[Landed]) -> Result<Vec<uuid::Uuid>, StoreError> {
        let now = self.state.clock.now();
        let txn = self.state.store.begin().await?;
        txn.courier_fence_in_txn(&self.claim, self.footprint())
            .await?;
        let mut targets = Vec::new();
        for one in landed {
            let flight = settle::Flight {
                destination: self.claim.destination,
                kind: self.claim.kind,
                departed: one.departed,
                now,
                unknown_wait: settle::millis(self.state.config.unknown_wait),
            };
            targets.extend(
                settle::write_in_txn(&txn, &flight, &one.heads, &one.landing.outcomes).await?,
            );
        }
        let taken = landed.iter().map(|one| one.landing.taken()).sum::<i64>();
        if taken > 0 {
            txn.destination_answered_in_txn(&self.claim, taken, now)
                .await?;
        }
        if self.paused_until > now || self.failures != self.failures_written {
            let reason = landed.iter().find_map(|one| one.landing.weather.reason());
            txn.destination_pause_in_txn(
                &self.claim,
                self.failures,
                self.paused_until,
                reason.as_deref(),
            )
            .await?;
        }
        txn.commit().await?;
        Ok(targets)
    }

    fn read_weather(&mut self, weather: &Weather, now: i64) {
        match weather {
            Weather::Fair => {
                self.failures = 0;
                self.paused_until = 0;
            }
            Weather::Crowded(after) => {
                self.bucket.fill(now);
                self.paused_until = now + after.unwrap_or_else(|| backoff_jittered(1));
            }
            Weather::Stormy(_) => {
                self.failures = self.failures.saturating_add(1);
                self.paused_until = now + backoff_jittered(self.failures).min(STORM_CAP);
            }
            Weather::Closed(_) => {
                self.failures = self.failures.saturating_add(1);
                self.paused_until = now + CLOSED;
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
