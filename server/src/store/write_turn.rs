//! Whose turn it is to write on SQLite, which has one writer at a time: who waits here waits in order and is woken,
//! where SQLite would be asked again and again. Receipts come next whoever else waits: they are short, and the world
//! outside waits for them. All others are never more than one group of receipts later for it.

use super::StoreError;
use sea_orm::{ConnAcquireErr, DbErr};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// How long to wait for a turn, as for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// The turns of one database file in this process. Cheap to clone.
#[derive(Clone)]
pub(super) struct WriteTurns {
    /// Whoever has it writes.
    file: Arc<Semaphore>,
    /// Of all but receipts one at a time asks for the file, so that receipts are the next in that queue.
    others: Arc<Semaphore>,
}

/// It is the holder's turn until this is dropped: first the file is free, then the next of the others asks for it.
#[must_use = "the turn ends when this is dropped"]
pub(super) struct WriteTurn {
    _file: OwnedSemaphorePermit,
    _others: Option<OwnedSemaphorePermit>,
}

impl WriteTurns {
    /// Nobody's turn yet.
    pub fn new() -> Self {
        Self {
            file: Arc::new(Semaphore::new(1)),
            others: Arc::new(Semaphore::new(1)),
        }
    }

    /// Waits for the turn, not for ever.
    pub async fn wait(&self) -> Result<WriteTurn, StoreError> {
        match tokio::time::timeout(PATIENCE, self.next()).await {
            Ok(turn) => turn.map_err(|_| not_acquired(ConnAcquireErr::ConnectionClosed)),
            Err(_) => Err(not_acquired(ConnAcquireErr::Timeout)),
        }
    }

    async fn next(&self) -> Result<WriteTurn, AcquireError> {
        let others = Arc::clone(&self.others).acquire_owned().await?;
        Ok(WriteTurn {
            _file: Arc::clone(&self.file).acquire_owned().await?,
            _others: Some(others),
        })
    }

    /// The turn of receipts, before all who wait already. Keeps the thread.
    pub fn wait_here(&self) -> Result<WriteTurn, StoreError> {
        futures::executor::block_on(self.first())
            .map_err(|_| not_acquired(ConnAcquireErr::ConnectionClosed))
    }

    async fn first(&self) -> Result<WriteTurn, AcquireError> {
        Ok(WriteTurn {
            _file: Arc::clone(&self.file).acquire_owned().await?,
            _others: None,
        })
    }
}

fn not_acquired(why: ConnAcquireErr) -> StoreError {
    DbErr::ConnectionAcquire(why).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::poll;
    use std::pin::pin;

    #[tokio::test]
    async fn receipts_come_before_all_who_wait_and_then_it_is_their_turn() {
        let turns = WriteTurns::new();
        let held = turns.next().await.unwrap();
        let (mut one, mut two) = (pin!(turns.next()), pin!(turns.next()));
        assert!(poll!(&mut one).is_pending() && poll!(&mut two).is_pending());
        let mut receipts = pin!(turns.first());
        assert!(poll!(&mut receipts).is_pending());
        drop(held);
        assert!(poll!(&mut one).is_pending() && poll!(&mut two).is_pending());
        let held = receipts.await.unwrap();
        let mut more = pin!(turns.first());
        assert!(poll!(&mut more).is_pending());
        drop(held);
        let held = one.await.unwrap();
        assert!(poll!(&mut two).is_pending());
        drop(held);
        drop(more.await.unwrap());
        drop(two.await.unwrap());
    }
}
