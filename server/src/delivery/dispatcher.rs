//! Sends a courier to every destination that has something due and that nobody else carries for.

use super::carrier::Carrier;
use super::courier::Courier;
use super::patience::look_up_after;
use super::settle::millis;
use super::to_phone::PhoneCarrier;
use super::to_portal::PortalCarrier;
use crate::bitrix::AuthorizedClient;
use crate::outbox::DestinationKind;
use crate::pulse::Heart;
use crate::state::AppState;
use crate::store::{Claim, StoreError};
use crate::telemetry::name;
use crate::whatsapp::GraphClient;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Most destinations claimed in one go.
const AT_ONCE: i64 = 64;

/// How long couriers may take to land what is in the air when the server stops.
const FAREWELL: Duration = Duration::from_secs(20);

/// Leases destinations for this node.
pub struct Dispatcher {
    state: AppState,
    node: String,
    graph: GraphClient,
    bitrix: AuthorizedClient,
    /// Destination and target of the couriers under way.
    out: HashMap<Uuid, Uuid>,
    couriers: JoinSet<Uuid>,
}

impl Dispatcher {
    /// A dispatcher of `node`.
    pub fn new(
        state: AppState,
        node: String,
        graph: GraphClient,
        bitrix: AuthorizedClient,
    ) -> Self {
        Self {
            state,
            node,
            graph,
            bitrix,
            out: HashMap::new(),
            couriers: JoinSet::new(),
        }
    }

    /// Works until `stop`, then lets the couriers land.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut news = self.state.bus.deliveries();
        while !stop.is_cancelled() {
            self.state.pulse.beat(Heart::Dispatcher);
            if let Err(error) = self.send_out(&stop).await {
                tracing::warn!(%error, "Destinations wait for the database");
            }
            tokio::select! {
                () = self.wait_for_news(&mut news) => {}
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                () = stop.cancelled() => {}
            }
        }
        let _ = tokio::time::timeout(FAREWELL, async {
            while self.couriers.join_next().await.is_some() {}
        })
        .await;
    }

    async fn send_out(&mut self, stop: &CancellationToken) -> Result<(), StoreError> {
        let now = self.state.clock.now();
        // Those under way are among them.
        let limit = AT_ONCE + i64::try_from(self.out.len()).unwrap_or_default();
        let due = self
            .state
            .store
            .destinations_due(&self.node, now, limit)
            .await?;
        for destination in due {
            if self.out.contains_key(&destination) {
                continue;
            }
            let wait = millis(self.state.config.unknown_wait);
            let lease = millis(self.state.config.lease);
            let claim = self
                .state
                .store
                .destination_claim(destination, &self.node, now, now + lease, |kind| {
                    now + look_up_after(kind, wait)
                })
                .await?;
            if let Some(claim) = claim {
                self.send(claim, stop);
            }
        }
        Ok(())
    }

    fn send(&mut self, claim: Claim, stop: &CancellationToken) {
        let carrier: Arc<dyn Carrier> = match claim.kind {
            DestinationKind::Phone => Arc::new(PhoneCarrier::new(
                self.state.clone(),
                self.graph.clone(),
                claim.target,
            )),
            DestinationKind::Portal => Arc::new(PortalCarrier::new(
                self.state.clone(),
                self.bitrix.clone(),
                claim.target,
            )),
        };
        let destination = claim.destination;
        let of = claim.kind.as_str();
        metrics::counter!(name::LEASES, "change" => "claimed", "of" => of).increment(1);
        self.out.insert(destination, claim.target);
        let courier = Courier::new(self.state.clone(), claim, carrier, stop.clone());
        self.couriers.spawn(async move {
            // A courier that panics is a courier that is back: its lease runs out or is taken
            // again by this node, and what it had in the air is looked up.
            if tokio::spawn(courier.work()).await.is_err() {
                tracing::error!(%destination, "A courier failed unexpectedly");
            }
            destination
        });
    }

    /// Returns when somebody who has no courier got something, or a courier is back.
    async fn wait_for_news(&mut self, news: &mut broadcast::Receiver<Uuid>) {
        loop {
            tokio::select! {
                Some(back) = self.couriers.join_next() => {
                    if let Ok(destination) = back {
                        self.out.remove(&destination);
                    }
                    return;
                }
                heard = news.recv() => match heard {
                    Ok(target) if self.out.values().any(|out| *out == target) => {}
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            }
        }
    }
}
