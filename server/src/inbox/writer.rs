//! Writes receipts together with their neighbours: what arrives while one transaction is being
//! made durable shares the next one, so the disk is asked once for many. On SQLite a thread does it, on PostgreSQL a task.

use super::haste::DoorTime;
use crate::bus::Bus;
use crate::store::{NewReceipt, ReceiptFile, Store, StoreError};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// Most receipts that share a transaction.
const TOGETHER: usize = 128;

type Answer = oneshot::Sender<Result<i64, WriteFailed>>;

type Waiting = (NewReceipt, Answer);

/// The receipt is not durable; whoever brought it must bring it again.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the receipt could not be written")]
pub struct WriteFailed;

/// The way in. Cheap to clone.
#[derive(Clone)]
pub struct ReceiptWriter {
    queue: mpsc::Sender<Waiting>,
    done: Arc<Done>,
}

/// What has been written since the process began.
#[derive(Default)]
struct Done {
    written: AtomicU64,
    /// Microseconds.
    waited: AtomicU64,
}

impl ReceiptWriter {
    /// Starts the writer; it ends when the last clone is dropped and all is written.
    pub fn start(store: Store, bus: Bus) -> io::Result<Self> {
        let (queue, waiting) = mpsc::channel(1024);
        if let Some(file) = store.receipt_file() {
            std::thread::Builder::new()
                .name("receipts".to_owned())
                .spawn(move || write_into(file, &bus, waiting))?;
        } else {
            tokio::spawn(write_all(store, bus, waiting));
        }
        Ok(Self {
            queue,
            done: Arc::default(),
        })
    }

    /// Answers when the receipt is durable. Its id stands in the log from here on.
    pub async fn write(&self, receipt: NewReceipt) -> Result<(), WriteFailed> {
        let came = Instant::now();
        let (answer, answered) = oneshot::channel();
        self.queue
            .send((receipt, answer))
            .await
            .map_err(|_| WriteFailed)?;
        let id = answered.await.map_err(|_| WriteFailed)??;
        tracing::debug!(receipt = id, "A receipt was accepted");
        let waited = u64::try_from(came.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.done.written.fetch_add(1, Ordering::Relaxed);
        self.done.waited.fetch_add(waited, Ordering::Relaxed);
        Ok(())
    }

    /// What was written since this process began.
    pub(super) fn door_time(&self) -> DoorTime {
        DoorTime {
            written: self.done.written.load(Ordering::Relaxed),
            waited: Duration::from_micros(self.done.waited.load(Ordering::Relaxed)),
        }
    }
}

/// Writes group after group into SQLite's file: whoever comes while the disk is asked is of the next.
fn write_into(mut file: ReceiptFile, bus: &Bus, mut waiting: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(TOGETHER);
    while waiting.blocking_recv_many(&mut batch, TOGETHER) > 0 {
        let (receipts, answers): (Vec<_>, Vec<_>) = batch.drain(..).unzip();
        let outcome = match file.insert(&receipts) {
            Ok((ids, written)) => {
                bus.receipt_came();
                written.durable().map(|()| ids).map_err(log_failure)
            }
            Err(error) => Err(log_failure(error)),
        };
        tell(answers, outcome);
    }
}

/// Writes group after group. While the disk is asked about one, the next is written already.
async fn write_all(store: Store, bus: Bus, mut waiting: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(TOGETHER);
    while waiting.recv_many(&mut batch, TOGETHER).await > 0 {
        gather(&mut waiting, &mut batch).await;
        let (receipts, answers): (Vec<_>, Vec<_>) = batch.drain(..).unzip();
        match store.receipts_insert(receipts).await {
            Ok((ids, committed)) => {
                // Whoever reads them may: what comes of it goes out only when it is durable with them.
                bus.receipt_came();
                tokio::spawn(async move {
                    let durable = committed.durable().await;
                    tell(answers, durable.map(|()| ids).map_err(log_failure));
                });
            }
            Err(error) => tell(answers, Err(log_failure(error))),
        }
    }
}

/// Takes along what is about to be here: requests that are being read while this group is taken. In a crowd the groups
/// are several times as large; alone, a receipt waits for nobody.
async fn gather(waiting: &mut mpsc::Receiver<Waiting>, batch: &mut Vec<Waiting>) {
    let mut before = 0;
    while batch.len() > before && batch.len() < TOGETHER {
        before = batch.len();
        tokio::task::yield_now().await;
        while batch.len() < TOGETHER
            && let Ok(one) = waiting.try_recv()
        {
            batch.push(one);
        }
    }
}

/// Tells each the id of its receipt, or all that there is none.
fn tell(answers: Vec<Answer>, outcome: Result<Vec<i64>, WriteFailed>) {
    let ids = outcome.as_deref().map_err(|failed| *failed);
    for (number, answer) in answers.into_iter().enumerate() {
        let id = ids.and_then(|ids| ids.get(number).copied().ok_or(WriteFailed));
        // A caller that went away has no use for the answer.
        let _ = answer.send(id);
    }
}

fn log_failure(error: StoreError) -> WriteFailed {
    tracing::error!(%error, "Receipts could not be written; the doors answer 503");
    WriteFailed
}
