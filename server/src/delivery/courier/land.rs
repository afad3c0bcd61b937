//! Outcomes are written, and what they say of the destination is remembered.

use super::{Courier, Flying, Landed};
use crate::bus::Topic;
use crate::delivery::backoff::backoff_jittered;
use crate::delivery::outcome::Weather;
use crate::delivery::patience::{CLOSED, STORM_CAP};
use crate::delivery::settle;
use crate::store::StoreError;
use std::time::Duration;

impl Courier {
    /// Writes what came of the flights that are back, together; waits for the database if it must.
    pub(super) async fn land(
        &mut self,
        first: Landed,
        flying: &mut Flying,
    ) -> Result<(), StoreError> {
        let mut landed = vec![first];
        while let Some(next) = flying.try_join_next() {
            landed.extend(next.ok());
        }
        // As they were written: whoever reads statuses of several comes to them in much the same order.
        landed.sort_unstable_by_key(|one| one.heads.first().map(|head| head.id));
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
            let mut landings = landed.iter().rev().filter(|_| self.failures > 0);
            let reason = landings.find_map(|one| one.landing.weather.reason());
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

    pub(super) fn read_weather(&mut self, weather: &Weather, now: i64) {
        match weather {
            Weather::Unseen => {}
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
}
