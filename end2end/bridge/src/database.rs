//! The database under a THOTH: made, looked into, taken away.

use crate::{Plan, PostgresServer};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement,
    TransactionTrait,
};
use std::path::Path;

/// Which database THOTH runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A database of one world's own.
pub struct Database {
    engine: Engine,
    /// As THOTH is told it.
    pub url: String,
    /// PostgreSQL: the server's own database, from which ours is made and dropped.
    admin: Option<DatabaseConnection>,
    name: String,
    /// The server, where it is of this database's own.
    server: Option<PostgresServer>,
}

impl Database {
    /// A new one; SQLite's file lies in `folder` and is made by THOTH.
    pub async fn make(plan: &Plan, folder: &Path) -> Self {
        let engine = plan.engine;
        let name = format!(
            "bridge_{}_{:08x}",
            std::process::id(),
            rand::random::<u32>()
        );
        match engine {
            Engine::Sqlite => {
                let url = format!(
                    "sqlite://{}?mode=rwc",
                    folder.join("thoth.sqlite").display()
                );
                Self {
                    engine,
                    url,
                    admin: None,
                    name,
                    server: None,
                }
            }
            Engine::Postgres => {
                let own = plan.own_server.then(PostgresServer::start);
                let server = match &own {
                    Some(own) => own.url(),
                    None => std::env::var("THOTH_TEST_POSTGRES").expect("checked before"),
                };
                let admin = connect(&server).await;
                run(&admin, &format!("CREATE DATABASE {name}")).await;
                let mut url = url::Url::parse(&server).expect("THOTH_TEST_POSTGRES is an address");
                url.set_path(&name);
                Self {
                    engine,
                    url: url.into(),
                    admin: Some(admin),
                    name,
                    server: own,
                }
            }
        }
    }

    /// The first column of each row, as text. The query is plain SQL for both engines.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let connection = connect(&self.url).await;
        let backend = match self.engine {
            Engine::Sqlite => DbBackend::Sqlite,
            Engine::Postgres => DbBackend::Postgres,
        };
        let rows = connection
            .query_all_raw(Statement::from_string(backend, sql))
            .await;
        let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
        let texts = rows.iter().map(|row| {
            let text: Option<String> = row
                .try_get_by_index(0)
                .unwrap_or_else(|error| panic!("{sql}: {error}"));
            text.unwrap_or_default()
        });
        let texts = texts.collect();
        connection
            .close()
            .await
            .expect("the look at the database ends");
        texts
    }

    /// How many deadlocks PostgreSQL has counted in this database; none where there can be none.
    pub async fn deadlocks(&self) -> Option<String> {
        if self.engine == Engine::Sqlite {
            return None;
        }
        let counted = "SELECT CAST(deadlocks AS TEXT) FROM pg_stat_database WHERE datname = current_database()";
        self.texts(counted).await.pop()
    }

    /// Changes something by itself, where no page does it yet.
    pub async fn change(&self, sql: &str) {
        let connection = connect(&self.url).await;
        run(&connection, sql).await;
        connection.close().await.expect("the change ends");
    }

    /// How many receipts are stored.
    pub async fn receipts(&self) -> usize {
        self.texts("SELECT source FROM receipt").await.len()
    }

    /// `state code` of every delivery of this kind, in the order they were written.
    pub async fn deliveries(&self, kind: &str) -> Vec<String> {
        let sql = format!(
            "SELECT state || ' ' || COALESCE(error_code, '-') FROM delivery WHERE kind = '{kind}' ORDER BY created_at, number"
        );
        self.texts(&sql).await
    }

    /// `state code` of every delivery to customers, in the order they were written.
    pub async fn deliveries_to_customers(&self) -> Vec<String> {
        let sql = "SELECT state || ' ' || COALESCE(error_code, '-') FROM delivery \
                   WHERE direction = 'to_whatsapp' ORDER BY created_at, number";
        self.texts(sql).await
    }

    /// How many receipts came through a door: `meta`, `bitrix` or `sms`.
    pub async fn receipts_of(&self, source: &str) -> usize {
        let sql = format!("SELECT source FROM receipt WHERE source = '{source}'");
        self.texts(&sql).await.len()
    }

    /// The server, where the plan gave this database one of its own.
    pub fn server(&self) -> &PostgresServer {
        self.server.as_ref().expect("the plan has an own server")
    }

    /// Takes PostgreSQL away from THOTH, or gives it back.
    pub async fn outage(&self, down: bool) {
        let admin = self
            .admin
            .as_ref()
            .expect("only a server can be taken away");
        let name = &self.name;
        run(
            admin,
            &format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {}", !down),
        )
        .await;
        if down {
            let sql = format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            );
            run(admin, &sql).await;
        }
    }

    /// Holds a table of PostgreSQL: whoever asks for it waits until it is let go.
    pub async fn hold(&self, table: &str) -> Held {
        let connection = connect(&self.url).await;
        let transaction = connection.begin().await.expect("a transaction");
        let sql = format!("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");
        let locked = transaction.execute_unprepared(&sql).await;
        locked.unwrap_or_else(|error| panic!("{sql}: {error}"));
        Held(transaction)
    }

    /// Drops it.
    pub async fn drop_it(&self) {
        if self.server.is_some() {
            return;
        }
        if let Some(admin) = &self.admin {
            run(
                admin,
                &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name),
            )
            .await;
        }
    }
}

/// A table that is held.
pub struct Held(DatabaseTransaction);

impl Held {
    /// Lets it go.
    pub async fn let_go(self) {
        self.0.rollback().await.expect("the lock ends");
    }
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options)
        .await
        .unwrap_or_else(|error| panic!("the database: {error}"))
}

async fn run(connection: &DatabaseConnection, sql: &str) {
    connection
        .execute_unprepared(sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}
