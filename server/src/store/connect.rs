//! Opens the database: one writer and several readers on SQLite, a pool on PostgreSQL.

use super::StoreError;
use migrations::Migrator;
use sea_orm::sqlx::Connection;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use std::time::Duration;

/// The database. Cheap to clone.
///
/// SQLite allows one writer at a time, so all writes share one connection and begin
/// IMMEDIATE: a transaction that reads first and writes later would otherwise fail when
/// another writer came between. Reads go to their own pool and never wait for a write.
#[derive(Clone)]
pub struct Store {
    write: DatabaseConnection,
    read: DatabaseConnection,
}

impl Store {
    /// Connects to `sqlite://PATH` or `postgres://...`. Nothing is created but the SQLite file.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            Ok(Self {
                write: sqlite(url, 1).await?,
                read: sqlite(url, 4).await?,
            })
        } else {
            let mut options = ConnectOptions::new(url);
            options
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(5))
                .connect_timeout(Duration::from_secs(5))
                .sqlx_logging(false);
            let pool = Database::connect(options).await?;
            Ok(Self {
                write: pool.clone(),
                read: pool,
            })
        }
    }

    /// Brings the tables to the shape this version knows.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        Ok(Migrator::up(&self.write, None).await?)
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
        Ok(Txn(self.write.begin_with_options(options).await?))
    }

    /// Where reads go.
    pub(super) fn reader(&self) -> &DatabaseConnection {
        &self.read
    }
}

/// A write transaction.
pub struct Txn(pub(super) DatabaseTransaction);

impl Txn {
    /// Makes it durable.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }
}

async fn sqlite(url: &str, connections: u32) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(url);
    options
        .min_connections(1)
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("temp_store", "MEMORY")
                .pragma("cache_size", "-16000")
        })
        // When the disk is full, SQLite ends a transaction by itself, and the client below goes on counting it as
        // open: every later one would be part of it and never durable, whatever its commit says.
        .map_sqlx_sqlite_before_acquire(|connection, _| {
            Box::pin(std::future::ready(Ok(!connection.is_in_transaction())))
        });
    Ok(Database::connect(options).await?)
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
            test.store.receipts_insert(vec![receipt]).await.unwrap();
            let found = test.store.receipts_new(10).await.unwrap();
            assert_eq!(found.len(), 1, "{}", test.engine);
        }
    }
}
