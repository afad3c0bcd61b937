//! Opens the database: one writer and several readers on SQLite, a pool on PostgreSQL.

use super::StoreError;
use super::checkpoint::AT_COMMIT;
use super::course::Course;
use super::sql::statement_of;
use super::wal_sync::WalSync;
use super::write_turn::{WriteTurn, WriteTurns};
use crate::telemetry::Tally;
use migrations::Migrator;
use sea_orm::sqlx::Connection;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    QueryResult, SqliteTransactionMode, TransactionOptions, TransactionTrait, Value,
};
use sea_orm_migration::MigratorTrait;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A connection to PostgreSQL that nobody used for so long is asked whether it still lives.
const IDLE: Duration = Duration::from_secs(1);

/// The database. Cheap to clone.
///
/// SQLite allows one writer at a time, so all writes share one connection and begin
/// IMMEDIATE: a transaction that reads first and writes later would otherwise fail when
/// another writer came between. Reads go to their own pool and never wait for a write.
/// What was committed is made durable without that connection: see [`WalSync`].
#[derive(Clone)]
pub struct Store {
    write: DatabaseConnection,
    read: DatabaseConnection,
    /// SQLite's; PostgreSQL makes commits durable itself, several at once.
    pub(super) sync: Option<WalSync>,
    /// SQLite's; PostgreSQL has several writers at once.
    pub(super) turns: Option<WriteTurns>,
    /// Where what transactions noted counts.
    tally: Tally,
}

impl Store {
    /// Connects to `sqlite://PATH` or `postgres://...`. Nothing is created but the SQLite file.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            let (write, file) = sqlite(url, 1).await?;
            Ok(Self {
                write,
                read: sqlite(url, 4).await?.0,
                sync: file
                    .map(|file| WalSync::start(&file))
                    .transpose()
                    .map_err(not_started)?,
                turns: Some(WriteTurns::new()),
                tally: Tally::default(),
            })
        } else {
            let mut options = ConnectOptions::new(url);
            options
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(5))
                .connect_timeout(Duration::from_secs(5))
                .test_before_acquire_if_idle_for(IDLE)
                .sqlx_logging(false);
            let pool = Database::connect(options).await?;
            Ok(Self {
                write: pool.clone(),
                read: pool,
                sync: None,
                turns: None,
                tally: Tally::default(),
            })
        }
    }

    /// Brings the tables to the shape this version knows.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        Migrator::up(&self.write, None).await?;
        match &self.sync {
            Some(sync) => sync.wait().await,
            None => Ok(()),
        }
    }

    /// How many migrations are still to run; zero when the database fits this version.
    pub async fn migrations_pending(&self) -> Result<usize, StoreError> {
        Ok(Migrator::get_pending_migrations(&self.write).await?.len())
    }

    /// Answers when the database does.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// A write transaction. Dropped without [`Txn::commit`] it is rolled back.
    pub async fn begin(&self) -> Result<Txn, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let asked = Instant::now();
        let turn = self.write_turn().await?;
        let open = self.write.begin_with_options(options).await?;
        let course = Course::begin(self.tally.clone(), asked);
        Ok(Txn(open, self.sync.clone(), course, turn))
    }

    /// Waits until nobody else in this process writes, where only one can.
    pub(super) async fn write_turn(&self) -> Result<Option<WriteTurn>, StoreError> {
        match &self.turns {
            Some(turn) => Ok(Some(turn.wait().await?)),
            None => Ok(None),
        }
    }

    /// Runs one writing statement that is a transaction by itself, and answers its rows: one word to the database
    /// instead of three or more. How long it waited for a connection is part of its own time.
    pub(super) async fn run_alone(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<(Vec<QueryResult>, Committed), StoreError> {
        let course = Course::begin(self.tally.clone(), Instant::now());
        let statement = statement_of(self.write.get_database_backend(), sql, values);
        let turn = self.write_turn().await?;
        let rows = self.write.query_all_raw(statement).await?;
        drop(turn);
        let committed = Committed(self.sync.clone(), course, Instant::now());
        Ok((rows, committed))
    }

    /// Where what happened is counted.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// True where several nodes may share the database.
    pub fn has_nodes(&self) -> bool {
        self.read.get_database_backend() == DbBackend::Postgres
    }

    /// Where writes go, for what is no transaction.
    pub(super) fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Where reads go.
    pub(super) fn reader(&self) -> &DatabaseConnection {
        &self.read
    }
}

/// A write transaction, and who makes it durable.
pub struct Txn(
    pub(super) DatabaseTransaction,
    Option<WalSync>,
    pub(super) Course,
    /// Ends after the transaction has.
    Option<WriteTurn>,
);

impl Txn {
    /// Makes it durable: a power cut after this answers takes nothing of it away.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.commit_visibly().await?.durable().await
    }

    /// Ends it so that others see it and may write; the answer says how to wait until it is durable.
    pub async fn commit_visibly(self) -> Result<Committed, StoreError> {
        self.lines_write_in_txn().await?;
        let asked = Instant::now();
        let Self(open, sync, course, turn) = self;
        open.commit().await?;
        drop(turn);
        Ok(Committed(sync, course, asked))
    }

    /// Ends it without waiting for the disk. Others see it at once and the end of the process takes nothing
    /// away; a power cut may, unless a later [`Txn::commit`] has made it durable with its own. For what is done
    /// again from what was durable before.
    pub async fn commit_lightly(self) -> Result<(), StoreError> {
        self.lines_write_in_txn().await?;
        if self.is_postgres() {
            self.run("SET LOCAL synchronous_commit TO OFF", []).await?;
        }
        let asked = Instant::now();
        self.0.commit().await?;
        self.2.end(asked);
        Ok(())
    }
}

/// A transaction that has ended and may still be on its way to the disk. What it noted counts when it is there.
#[must_use = "what is promised must be durable"]
pub struct Committed(Option<WalSync>, Course, Instant);

impl Committed {
    /// Answers when it is durable.
    pub async fn durable(self) -> Result<(), StoreError> {
        if let Some(sync) = self.0 {
            sync.wait().await?;
        }
        self.1.end(self.2);
        Ok(())
    }
}

fn not_started(error: std::io::Error) -> StoreError {
    StoreError::NotDurable(Arc::new(error))
}

/// Connects to a SQLite file; answers where it is, unless it is in memory.
async fn sqlite(
    url: &str,
    connections: u32,
) -> Result<(DatabaseConnection, Option<PathBuf>), StoreError> {
    let file = Arc::new(Mutex::new(None));
    let found = Arc::clone(&file);
    let mut options = ConnectOptions::new(url);
    options
        .min_connections(1)
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        // A file does not hang up.
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| {
            let name = options.get_filename().to_owned();
            *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(name);
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "NORMAL")
                .pragma("wal_autocheckpoint", AT_COMMIT)
                .pragma("temp_store", "MEMORY")
                .pragma("cache_size", "-8000")
        })
        // When the disk is full, SQLite ends a transaction by itself, and the client below goes on counting it as
        // open: every later one would be part of it and never durable, whatever its commit says.
        .map_sqlx_sqlite_before_acquire(|connection, _| {
            Box::pin(std::future::ready(Ok(!connection.is_in_transaction())))
        });
    let connection = Database::connect(options).await?;
    let file = file.lock().unwrap_or_else(PoisonError::into_inner).take();
    Ok((connection, file.filter(|file| file.is_file())))
}

#[cfg(test)]
mod tests {
    use crate::store::NewReceipt;
    use crate::store::testing::engines;
    use uuid::Uuid;

    /// A transaction that the database has ended by itself, as SQLite does when the disk is full, spoils no later one.
    #[tokio::test]
    async fn what_is_committed_after_a_spoilt_transaction_is_there() {
        for test in engines().await {
            let spoilt = test.store.begin().await.unwrap();
            spoilt.run("ROLLBACK", []).await.unwrap();
            drop(spoilt);
            drop(test.store.begin().await.unwrap());
            let receipt = NewReceipt {
                source: "meta",
                owner: Uuid::nil(),
                portal: None,
                body: b"{}".to_vec(),
                received_at: 1,
            };
            let (_, kept) = test.store.receipts_insert(vec![receipt]).await.unwrap();
            kept.durable().await.unwrap();
            let found = test.store.receipts_new(10).await.unwrap();
            assert_eq!(found.len(), 1, "{}", test.engine);
        }
    }
}
