//! Writes receipts together with their neighbours: what arrives while one transaction is being
//! made durable shares the next one, so the disk is asked once for many.

use crate::bus::Bus;
use crate::store::{NewReceipt, Store, StoreError};
use tokio::sync::{mpsc, oneshot};

/// Most receipts that share a transaction.
const TOGETHER: usize = 128;

type Waiting = (NewReceipt, oneshot::Sender<Result<(), WriteFailed>>);

/// The receipt is not durable; whoever brought it must bring it again.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the receipt could not be written")]
pub struct WriteFailed;

/// The way in. Cheap to clone.
#[derive(Clone)]
pub struct ReceiptWriter {
    queue: mpsc::Sender<Waiting>,
}

impl ReceiptWriter {
    /// Starts the writer; it ends when the last clone is dropped and all is written.
    pub fn start(store: Store, bus: Bus) -> Self {
        let (queue, waiting) = mpsc::channel(1024);
        tokio::spawn(write_all(store, bus, waiting));
        Self { queue }
    }

    /// Answers when the receipt is durable.
    pub async fn write(&self, receipt: NewReceipt) -> Result<(), WriteFailed> {
        let (answer, answered) = oneshot::channel();
        self.queue
            .send((receipt, answer))
            .await
            .map_err(|_| WriteFailed)?;
        answered.await.map_err(|_| WriteFailed)?
    }
}

async fn write_all(store: Store, bus: Bus, mut waiting: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(TOGETHER);
    while waiting.recv_many(&mut batch, TOGETHER).await > 0 {
        let (receipts, answers): (Vec<_>, Vec<_>) = batch.drain(..).unzip();
        let outcome = store.receipts_insert(receipts).await.map_err(log_failure);
        for answer in answers {
            // A caller that went away has no use for the answer.
            let _ = answer.send(outcome);
        }
        bus.receipt_came();
    }
}

fn log_failure(error: StoreError) -> WriteFailed {
    tracing::error!(%error, "Receipts could not be written; the doors answer 503");
    WriteFailed
}
