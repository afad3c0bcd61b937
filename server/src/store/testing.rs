//! Databases for tests: a fresh SQLite file, and a fresh PostgreSQL database where
//! THOTH_TEST_POSTGRES holds the address of a server on which databases may be created.

use super::Store;
use sea_orm::{ConnectionTrait, Database};
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
