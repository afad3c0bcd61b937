//! Databases for tests: a fresh SQLite file, and a fresh PostgreSQL database where
//! THOTH_TEST_POSTGRES holds the address of a server on which databases may be created.

use super::Store;
use super::entities::{person, waba};
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

/// A migrated database of a test's own, gone with it.
pub struct TestStore {
    /// `sqlite` or `postgres`, for messages.
    pub engine: &'static str,
    /// The database.
    pub store: Store,
    /// Its address.
    pub url: String,
    folder: TempDir,
}

impl TestStore {
    /// A folder for files of the test.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Every row of every table that names one of these keys, as text and in order: equal before and after when
    /// nothing of theirs was touched.
    pub async fn rows_naming(&self, keys: &[Uuid]) -> Vec<String> {
        let tables = match self.backend() {
            DbBackend::Postgres => "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
            _ => "SELECT name FROM sqlite_master WHERE type = 'table'",
        };
        let keys: Vec<String> = keys.iter().map(|key| key.simple().to_string()).collect();
        let mut found = Vec::new();
        for table in self.texts(tables).await {
            let row = match self.backend() {
                DbBackend::Postgres => "CAST(r AS TEXT)".to_owned(),
                _ => {
                    let columns = format!("SELECT name FROM pragma_table_info('{table}')");
                    let columns = self.texts(&columns).await.into_iter();
                    let quoted = columns.map(|column| format!("quote(\"{column}\")"));
                    quoted.collect::<Vec<_>>().join(" || ' ' || ")
                }
            };
            let rows = self
                .texts(&format!("SELECT {row} FROM \"{table}\" r"))
                .await;
            let named = rows.into_iter().filter(|row| {
                let bare = row.replace('-', "").to_lowercase();
                keys.iter().any(|key| bare.contains(key))
            });
            found.extend(named.map(|row| format!("{table}: {row}")));
        }
        found.sort();
        found
    }

    fn backend(&self) -> DbBackend {
        self.store.reader().get_database_backend()
    }

    /// Changes rows behind the store's back.
    pub async fn run(&self, sql: &str) {
        let statement = Statement::from_string(self.backend(), sql);
        let txn = self.store.begin().await.unwrap();
        txn.0.execute_raw(statement).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// The first column of each row.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let statement = Statement::from_string(self.backend(), sql);
        let rows = self.store.reader().query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect()
    }
}

/// A row of somebody who may sign in.
pub fn person_row(email: &str) -> person::Model {
    person::Model {
        id: Uuid::now_v7(),
        email: email.to_owned(),
        password_hash: String::new(),
        role: "user".to_owned(),
        webhook_key_hash: email.as_bytes().to_vec(),
        webhook_key: Vec::new(),
        old_key_hash: None,
        key_rotated_at: None,
        created_at: 1,
        updated_at: 1,
    }
}

/// A row of a WABA that nobody has verified.
pub fn waba_row(owner: Uuid, waba_id: &str, name: &str) -> waba::Model {
    waba::Model {
        id: Uuid::now_v7(),
        owner_id: owner,
        waba_id: waba_id.to_owned(),
        name: name.to_owned(),
        access_token: vec![1],
        verify_token: vec![2],
        verify_token_hash: vec![3],
        app_id: None,
        app_secret: None,
        token_kind: None,
        token_scopes: None,
        token_expires_at: None,
        verified_at: None,
        heard_at: None,
        created_at: 1,
        updated_at: 1,
    }
}

/// One fresh database per engine at hand.
pub async fn engines() -> Vec<TestStore> {
    let mut stores = vec![sqlite().await];
    if let Ok(server) = std::env::var("THOTH_TEST_POSTGRES") {
        stores.push(postgres(&server).await);
    }
    stores
}

async fn sqlite() -> TestStore {
    let folder = tempfile::tempdir().unwrap();
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("test.sqlite").display()
    );
    open("sqlite", url, folder).await
}

async fn postgres(server: &str) -> TestStore {
    let name = format!("thoth_test_{}", Uuid::now_v7().simple());
    let admin = Database::connect(server).await.unwrap();
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    admin.close().await.unwrap();
    let mut url = url::Url::parse(server).unwrap();
    url.set_path(&name);
    open("postgres", url.into(), tempfile::tempdir().unwrap()).await
}

async fn open(engine: &'static str, url: String, folder: TempDir) -> TestStore {
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    TestStore {
        engine,
        store,
        url,
        folder,
    }
}
