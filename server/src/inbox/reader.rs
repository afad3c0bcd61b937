//! Reads receipts in the order they came, on one node at a time.

use super::batch::Batch;
use super::haste::{Haste, Turn};
use super::{from_bitrix, from_meta, from_sms};
use crate::bus::Topic;
use crate::outbox::Cause;
use crate::pulse::Heart;
use crate::state::AppState;
use crate::store::StoreError;
use crate::store::entities::receipt;
use crate::telemetry::{Fact, What, name};
use crate::whatsapp::wire::{self, Envelope, Malformed};
use futures::FutureExt;
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Receipts read in one transaction.
const TOGETHER: u64 = 128;

/// After so many failures a receipt is set aside for people to look at.
const TRIES: i32 = 5;

const JOB: &str = "inbox-reader";

/// What reading a receipt came to.
#[derive(Default)]
pub struct Understood {
    /// Portals and phones that have something new to carry.
    pub targets: Vec<Uuid>,
    held: Option<String>,
    notes: Vec<String>,
    topics: Vec<Topic>,
}

impl Understood {
    /// Part of it cannot go on yet: the receipt is kept and read again when that may have changed.
    pub fn held(&mut self, why: String) {
        self.held.get_or_insert(why);
    }

    /// Something odd that is no obstacle.
    pub fn note(&mut self, what: String) {
        self.notes.push(what);
    }

    /// Open pages of these are to be told, besides the deliveries' and the phones'.
    pub fn changed(&mut self, topics: &[Topic]) {
        self.topics.extend(topics);
    }

    /// The open pages that are to be told.
    pub(super) fn topics(self) -> BTreeSet<Topic> {
        self.topics.into_iter().collect()
    }

    fn words(&self) -> Option<String> {
        let words = self
            .held
            .iter()
            .chain(&self.notes)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("; ");
        (!words.is_empty()).then_some(words)
    }
}

/// The reader's lease, as far as this node has it.
struct Reading<'a> {
    state: &'a AppState,
    node: &'a str,
    epoch: i64,
}

/// Reads until `stop`.
pub async fn run(state: AppState, node: String, stop: CancellationToken) {
    let mut epoch = None;
    let began = Instant::now();
    let mut haste = Haste::default();
    while !stop.is_cancelled() {
        state.pulse.beat(Heart::Reader);
        let turned = Instant::now();
        let more = match turn(&state, &node, &mut epoch).await {
            Ok(count) => {
                let turn = Turn {
                    read: count as u64,
                    took: turned.elapsed(),
                    ended: began.elapsed(),
                };
                let rest = haste.rest(state.receipts.door_time(), turn);
                if !rest.is_zero() {
                    tokio::select! {
                        () = tokio::time::sleep(rest) => {}
                        () = stop.cancelled() => {}
                    }
                }
                !rest.is_zero() || count as u64 == TOGETHER
            }
            Err(error) => {
                tracing::warn!(%error, "Reading receipts waits");
                if matches!(error, StoreError::Fenced) {
                    metrics::counter!(name::LEASES, "change" => "lost", "of" => "reader")
                        .increment(1);
                }
                epoch = None;
                false
            }
        };
        if !more {
            tokio::select! {
                () = state.bus.receipts() => {}
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                () = stop.cancelled() => {}
            }
        }
    }
}

/// One turn: as many receipts as go into a transaction. Answers how many were there. The lease is taken when it is
/// needed; each transaction proves that it is still held, and prolongs it.
async fn turn(state: &AppState, node: &str, held: &mut Option<i64>) -> Result<usize, StoreError> {
    let receipts = state.store.receipts_new(TOGETHER).await?;
    if receipts.is_empty() {
        return Ok(0);
    }
    if held.is_none() {
        let now = state.clock.now();
        let until = now + lease(state);
        *held = state.store.lease_take(JOB, node, now, until).await?;
        if held.is_some() {
            metrics::counter!(name::LEASES, "change" => "claimed", "of" => "reader").increment(1);
        }
    }
    let Some(epoch) = *held else {
        return Ok(0);
    };
    let reading = Reading { state, node, epoch };
    let count = receipts.len();
    match reading.together(&receipts).await {
        Ok(()) => Ok(count),
        Err(error) if error.is_transient() || matches!(error, StoreError::Fenced) => Err(error),
        Err(_) => {
            for receipt in &receipts {
                reading.alone(receipt).await?;
            }
            Ok(count)
        }
    }
}

/// How long the reader's lease lasts without a sign of life, in milliseconds: reading takes moments, and others wait.
fn lease(state: &AppState) -> i64 {
    i64::try_from(state.config.lease.as_millis() / 2).unwrap_or(i64::MAX)
}

impl Reading<'_> {
    async fn alone(&self, receipt: &receipt::Model) -> Result<(), StoreError> {
        match self.together(std::slice::from_ref(receipt)).await {
            Ok(()) => Ok(()),
            Err(error) if error.is_transient() || matches!(error, StoreError::Fenced) => Err(error),
            Err(error) => {
                tracing::error!(%error, receipt = receipt.id, "A receipt could not be read");
                self.state
                    .store
                    .receipt_fail(receipt.id, &error.to_string(), TRIES)
                    .await
            }
        }
    }

    /// Reads receipts and closes them in one transaction. A panic is an error like any other.
    async fn together(&self, receipts: &[receipt::Model]) -> Result<(), StoreError> {
        AssertUnwindSafe(self.in_one_txn(receipts))
            .catch_unwind()
            .await
            .unwrap_or_else(|_| {
                Err(StoreError::Unreadable(
                    "reading it failed unexpectedly".into(),
                ))
            })
    }

    /// The transaction ends lightly: what a power cut takes of it is read again from the receipts, and whatever
    /// goes out because of it is made durable together with it before it goes.
    async fn in_one_txn(&self, receipts: &[receipt::Model]) -> Result<(), StoreError> {
        let state = self.state;
        // Read before the transaction: nobody waits for the parsing.
        let envelopes: Vec<_> = receipts
            .iter()
            .map(|receipt| (receipt.source == "meta").then(|| wire::read(&receipt.body)))
            .collect();
        let readable: Vec<_> = receipts
            .iter()
            .zip(&envelopes)
            .filter_map(|(receipt, envelope)| {
                let envelope = envelope.as_ref()?.as_ref().ok()?;
                Some((receipt.owner_id, envelope))
            })
            .collect();
        let now = state.clock.now();
        let mut news = News::default();
        let txn = state.store.begin().await?;
        txn.lease_fence_in_txn(JOB, self.node, self.epoch, now + lease(state))
            .await?;
        let mut batch = Batch::open(&txn, now, &readable).await?;
        let mut plain = Vec::with_capacity(receipts.len());
        for (receipt, envelope) in receipts.iter().zip(&envelopes) {
            let understood = read_one(&mut batch, receipt, envelope.as_ref(), now).await?;
            match (understood.held.is_some(), understood.words()) {
                (false, None) => plain.push(receipt.id),
                (held, words) => {
                    let word = if held { "held" } else { "understood" };
                    txn.receipt_close_in_txn(receipt.id, word, words.as_deref())
                        .await?;
                }
            }
            news.note(receipt.owner_id, understood);
        }
        batch.flush().await?;
        txn.receipts_close_in_txn(&plain).await?;
        txn.commit_lightly().await?;
        let read_at = state.clock.now();
        for receipt in receipts {
            tracing::debug!(
                receipt = receipt.id,
                source = receipt.source,
                "A receipt was read"
            );
            state.store.tally().add(&Fact {
                at: read_at,
                owner: receipt.owner_id,
                what: What::Read {
                    source: receipt.source.clone(),
                    took: read_at - receipt.received_at,
                },
            });
        }
        news.tell(state);
        Ok(())
    }
}

async fn read_one(
    batch: &mut Batch<'_>,
    receipt: &receipt::Model,
    envelope: Option<&Result<Envelope, Malformed>>,
    now: i64,
) -> Result<Understood, StoreError> {
    batch.txn().caused_by(Some(Cause {
        receipt: receipt.id,
        at: receipt.received_at,
    }));
    if let Some(envelope) = envelope {
        return from_meta::read_in_txn(batch, receipt, envelope, now).await;
    }
    batch.flush().await?;
    batch.forget_places();
    let txn = batch.txn();
    match (receipt.source.as_str(), receipt.portal_id) {
        ("bitrix", Some(portal)) => from_bitrix::read_in_txn(txn, receipt, portal, now).await,
        ("sms", Some(portal)) => from_sms::read_in_txn(txn, receipt, portal, now).await,
        (other, _) => Err(StoreError::Unreadable(format!("a receipt of {other:?}"))),
    }
}

/// Who is to hear what, once it is written.
#[derive(Default)]
struct News {
    targets: BTreeSet<Uuid>,
    owners: BTreeSet<Uuid>,
    changes: BTreeSet<(Uuid, Topic)>,
}

impl News {
    fn note(&mut self, owner: Uuid, understood: Understood) {
        self.targets.extend(understood.targets);
        self.owners.insert(owner);
        let changes = understood.topics.into_iter();
        self.changes.extend(changes.map(|topic| (owner, topic)));
    }

    fn tell(self, state: &AppState) {
        for target in self.targets {
            state.bus.delivery_came(target);
        }
        // A phone's page tells when its last message came and went.
        for owner in self.owners {
            for topic in [Topic::Deliveries, Topic::Phones, Topic::Overview] {
                state.bus.tell(owner, topic);
            }
        }
        for (owner, topic) in self.changes {
            state.bus.changed(owner, topic);
        }
    }
}
