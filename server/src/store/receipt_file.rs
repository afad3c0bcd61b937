//! Receipts on SQLite: a thread writes them into the file itself, on a connection of its own, and asks the disk itself.
//!
//! All other writes share a connection that lives in a thread of the database client, and are made durable by a third:
//! for a group of receipts that is four changes between threads, and under load the machine waits for these and not
//! for the disk. Here there is none. Who may write is settled by [`WriteTurns`] before SQLite is asked, so that nobody
//! is told that the database is busy.

use super::course::Course;
use super::wal_sync::sync;
use super::write_turn::WriteTurns;
use super::{NewReceipt, Store, StoreError};
use crate::telemetry::Tally;
use rusqlite::{Connection, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long another process may keep the file to itself before a group of receipts is given up.
const BUSY: Duration = Duration::from_secs(10);

/// Where a thread writes receipts.
pub struct ReceiptFile {
    file: PathBuf,
    log: Arc<Path>,
    turns: WriteTurns,
    tally: Tally,
    /// Opened when it is needed, and anew after every failure: nothing of a spoilt transaction lives on.
    open: Option<Connection>,
}

impl Store {
    /// Where a thread may write receipts; none on PostgreSQL, which makes commits durable itself.
    pub fn receipt_file(&self) -> Option<ReceiptFile> {
        let sync = self.sync.as_ref()?;
        Some(ReceiptFile {
            file: sync.database().to_owned(),
            log: sync.log().into(),
            turns: self.turns.clone()?,
            tally: self.tally().clone(),
            open: None,
        })
    }
}

impl ReceiptFile {
    /// Writes receipts, all or none, and answers their ids in the same order. Others see them at once; they are
    /// durable after [`Written::durable`]. Keeps the thread.
    pub fn insert(&mut self, receipts: &[NewReceipt]) -> Result<(Vec<i64>, Written), StoreError> {
        let asked = Instant::now();
        let turn = self.turns.wait_here()?;
        let course = Course::begin(self.tally.clone(), asked);
        let mut connection = match self.open.take() {
            Some(connection) => connection,
            None => connect(&self.file)?,
        };
        let ids = insert(&mut connection, receipts)?;
        self.open = Some(connection);
        drop(turn);
        let (log, committed) = (Arc::clone(&self.log), Instant::now());
        Ok((
            ids,
            Written {
                log,
                course,
                committed,
            },
        ))
    }
}

/// Receipts that are on their way to the disk.
#[must_use = "what is promised must be durable"]
pub struct Written {
    log: Arc<Path>,
    course: Course,
    committed: Instant,
}

impl Written {
    /// Answers when they are durable. Keeps the thread.
    pub fn durable(self) -> Result<(), StoreError> {
        sync(&self.log).map_err(|error| StoreError::NotDurable(Arc::new(error)))?;
        self.course.end(self.committed);
        Ok(())
    }
}

fn connect(file: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // As everywhere: the log is written at the commit, the disk is asked afterwards.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "wal_autocheckpoint", super::checkpoint::AT_COMMIT)?;
    Ok(connection)
}

fn insert(
    connection: &mut Connection,
    receipts: &[NewReceipt],
) -> Result<Vec<i64>, rusqlite::Error> {
    let txn = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut ids = Vec::with_capacity(receipts.len());
    {
        let mut one = txn.prepare_cached(
            "INSERT INTO receipt (source, owner_id, portal_id, body, received_at, state, attempts) \
             VALUES (?, ?, ?, ?, ?, 'new', 0)",
        )?;
        for receipt in receipts {
            ids.push(one.insert(params![
                receipt.source,
                receipt.owner.as_bytes(),
                receipt.portal.as_ref().map(uuid::Uuid::as_bytes),
                receipt.body,
                receipt.received_at,
            ])?);
        }
    }
    txn.commit()?;
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use crate::store::NewReceipt;
    use crate::store::testing::engines;
    use uuid::Uuid;

    fn receipt(number: u8) -> NewReceipt {
        NewReceipt {
            source: "meta",
            owner: Uuid::now_v7(),
            portal: (number == 2).then(Uuid::now_v7),
            body: vec![number, 0, 255],
            received_at: i64::from(number),
        }
    }

    #[tokio::test]
    async fn what_is_written_into_the_file_is_what_the_others_read() {
        for test in engines().await {
            let Some(mut file) = test.store.receipt_file() else {
                assert_eq!(test.engine, "postgres");
                continue;
            };
            let came = vec![receipt(1), receipt(2)];
            let (ids, written) = file.insert(&came).unwrap();
            written.durable().unwrap();
            let found = test.store.receipts_new(10).await.unwrap();
            assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), ids);
            for (one, came) in found.iter().zip(came) {
                assert_eq!(
                    (one.source.as_str(), one.owner_id, one.portal_id),
                    (came.source, came.owner, came.portal)
                );
                assert_eq!((&one.body, one.received_at), (&came.body, came.received_at));
            }
        }
    }

    #[tokio::test]
    async fn it_waits_for_its_turn_and_a_transaction_that_is_given_up_ends_the_wait() {
        for test in engines().await {
            let Some(mut file) = test.store.receipt_file() else {
                continue;
            };
            let open = test.store.begin().await.unwrap();
            let writing = tokio::task::spawn_blocking(move || {
                let (ids, written) = file.insert(&[receipt(1)])?;
                written.durable().map(|()| ids)
            });
            tokio::task::yield_now().await;
            assert!(test.store.receipts_new(10).await.unwrap().is_empty());
            drop(open);
            assert_eq!(writing.await.unwrap().unwrap().len(), 1);
            // And the others write again after it.
            test.store.begin().await.unwrap().commit().await.unwrap();
        }
    }

    #[tokio::test]
    async fn after_a_failure_nothing_of_it_is_there_and_the_next_is_written() {
        for test in engines().await {
            let Some(mut file) = test.store.receipt_file() else {
                continue;
            };
            test.run("ALTER TABLE receipt RENAME TO elsewhere").await;
            assert!(file.insert(&[receipt(1)]).is_err());
            test.run("ALTER TABLE elsewhere RENAME TO receipt").await;
            let (ids, written) = file.insert(&[receipt(2)]).unwrap();
            written.durable().unwrap();
            assert_eq!(ids.len(), 1);
            assert_eq!(test.store.receipts_new(10).await.unwrap().len(), 1);
        }
    }
}
