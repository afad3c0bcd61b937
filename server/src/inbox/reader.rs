//! Reads receipts in the order they came, on one node at a time.

use super::{from_bitrix, from_meta, from_sms};
use crate::bus::Topic;
use crate::state::AppState;
use crate::store::StoreError;
use crate::store::entities::receipt;
use futures::FutureExt;
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Receipts read in one transaction.
const TOGETHER: u64 = 64;

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

/// Reads until `stop`.
pub async fn run(state: AppState, node: String, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let read = turn(&state, &node).await;
        let more = match read {
            Ok(count) => count as u64 == TOGETHER,
            Err(error) => {
                tracing::warn!(%error, "Reading receipts waits");
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

/// One turn: as many receipts as go into a transaction. Answers how many were there.
async fn turn(state: &AppState, node: &str) -> Result<usize, StoreError> {
    let now = state.clock.now();
    let until = now + lease(state);
    let receipts = state.store.receipts_new(TOGETHER).await?;
    if receipts.is_empty() {
        return Ok(0);
    }
    let Some(epoch) = state.store.lease_take(JOB, node, now, until).await? else {
        return Ok(0);
    };
    let count = receipts.len();
    match read_together(state, node, epoch, &receipts).await {
        Ok(()) => Ok(count),
        Err(error) if error.is_transient() || matches!(error, StoreError::Fenced) => Err(error),
        Err(_) => {
            for receipt in &receipts {
                read_alone(state, node, epoch, receipt).await?;
            }
            Ok(count)
        }
    }
}

/// How long the reader's lease lasts without a sign of life, in milliseconds: reading takes moments, and others wait.
fn lease(state: &AppState) -> i64 {
    i64::try_from(state.config.lease.as_millis() / 2).unwrap_or(i64::MAX)
}

async fn read_alone(
    state: &AppState,
    node: &str,
    epoch: i64,
    receipt: &receipt::Model,
) -> Result<(), StoreError> {
    match read_together(state, node, epoch, std::slice::from_ref(receipt)).await {
        Ok(()) => Ok(()),
        Err(error) if error.is_transient() || matches!(error, StoreError::Fenced) => Err(error),
        Err(error) => {
            tracing::error!(%error, receipt = receipt.id, "A receipt could not be read");
            state
                .store
                .receipt_fail(receipt.id, &error.to_string(), TRIES)
                .await
        }
    }
}

/// Reads receipts and closes them in one transaction. A panic is an error like any other.
async fn read_together(
    state: &AppState,
    node: &str,
    epoch: i64,
    receipts: &[receipt::Model],
) -> Result<(), StoreError> {
    AssertUnwindSafe(read_in_one_txn(state, node, epoch, receipts))
        .catch_unwind()
        .await
        .unwrap_or_else(|_| {
            Err(StoreError::Unreadable(
                "reading it failed unexpectedly".into(),
            ))
        })
}

async fn read_in_one_txn(
    state: &AppState,
    node: &str,
    epoch: i64,
    receipts: &[receipt::Model],
) -> Result<(), StoreError> {
    let now = state.clock.now();
    let mut targets = BTreeSet::new();
    let mut changes = BTreeSet::new();
    let txn = state.store.begin().await?;
    txn.lease_fence_in_txn(JOB, node, epoch, now + lease(state))
        .await?;
    for receipt in receipts {
        let understood = match (receipt.source.as_str(), receipt.portal_id) {
            ("meta", _) => from_meta::read_in_txn(&txn, receipt, now).await?,
            ("bitrix", Some(portal)) => {
                from_bitrix::read_in_txn(&txn, receipt, portal, now).await?
            }
            ("sms", Some(portal)) => from_sms::read_in_txn(&txn, receipt, portal, now).await?,
            (other, _) => return Err(StoreError::Unreadable(format!("a receipt of {other:?}"))),
        };
        let word = if understood.held.is_some() {
            "held"
        } else {
            "understood"
        };
        txn.receipt_close_in_txn(receipt.id, word, understood.words().as_deref())
            .await?;
        targets.extend(understood.targets);
        // A phone's page tells when its last message came and went.
        let usual = [Topic::Deliveries, Topic::Phones, Topic::Overview];
        let topics = usual.into_iter().chain(understood.topics);
        changes.extend(topics.map(|topic| (receipt.owner_id, topic)));
    }
    txn.commit().await?;
    for target in targets {
        state.bus.delivery_came(target);
    }
    for (owner, topic) in changes {
        state.bus.changed(owner, topic);
    }
    Ok(())
}
