//! THOTH as it is released, a process of its own on an empty database.

use crate::facts;
use anyhow::{Context, bail};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Which database is under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A running THOTH.
pub struct Product {
    /// Where it listens.
    pub port: u16,
    folder: PathBuf,
    database: String,
    remotes: u16,
    child: Option<Child>,
}

impl Product {
    /// A THOTH with the pretend company in it, ready. `folder` must be empty.
    pub async fn start(engine: Engine, folder: &Path, remotes: u16) -> anyhow::Result<Self> {
        let database = match engine {
            Engine::Sqlite => format!(
                "sqlite://{}?mode=rwc",
                folder.join("thoth.sqlite").display()
            ),
            Engine::Postgres => made(folder).await?,
        };
        let mut product = Self {
            port: free_port()?,
            folder: folder.to_owned(),
            database,
            remotes,
            child: None,
        };
        std::fs::write(folder.join("setup.toml"), facts::setup(remotes))?;
        let output = product.command("provision").arg("setup.toml").output()?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        product.serve().await?;
        Ok(product)
    }

    /// Starts the server; answers how long it took until it was ready.
    pub async fn serve(&mut self) -> anyhow::Result<Duration> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.join("thoth.log"))?;
        let began = Instant::now();
        let child = self
            .command("serve")
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        self.child = Some(child);
        let url = format!("http://127.0.0.1:{}/readyz", self.port);
        loop {
            if reqwest::get(&url)
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                return Ok(began.elapsed());
            }
            if began.elapsed() > Duration::from_secs(60) {
                bail!(
                    "THOTH is not ready: see {}",
                    self.folder.join("thoth.log").display()
                );
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn command(&self, what: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thoth"));
        let remotes = format!("http://127.0.0.1:{}", self.remotes);
        command
            .arg(what)
            .env_remove("THOTH_CONFIG")
            .env("THOTH_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("THOTH_DATA_DIR", &self.folder)
            .env("DATABASE_URL", &self.database)
            .env("THOTH_GRAPH_URL", &remotes)
            .env("THOTH_BITRIX_OAUTH_URL", &remotes)
            .env("THOTH_ALLOW_PRIVATE_TARGETS", "true")
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        command
    }

    /// Memory it holds now, in MiB.
    pub fn memory(&self) -> anyhow::Result<f64> {
        let id = self.child.as_ref().context("it runs")?.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next());
        Ok(kib.context("memory is told")?.parse::<f64>()? / 1024.0)
    }

    /// The process, for a profiler.
    pub fn id(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// A look into its database.
    pub async fn database(&self) -> anyhow::Result<DatabaseConnection> {
        open(&self.database).await
    }

    /// The first number a query answers.
    pub async fn number(&self, sql: &str) -> anyhow::Result<i64> {
        let database = self.database().await?;
        let statement = sea_orm::Statement::from_string(database.get_database_backend(), sql);
        let row = database.query_one_raw(statement).await?;
        let number = row.context("a row")?.try_get_by_index(0)?;
        database.close().await?;
        Ok(number)
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A database of our own on the PostgreSQL server that `scripts/with-postgres` starts.
async fn made(folder: &Path) -> anyhow::Result<String> {
    let server = std::env::var("THOTH_TEST_POSTGRES")
        .context("run it through scripts/with-postgres: THOTH_TEST_POSTGRES is missing")?;
    let name = folder.file_name().and_then(|name| name.to_str());
    let name: String = name
        .unwrap_or("load")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let name = format!("load_{}", name.to_lowercase());
    let admin = open(&server).await?;
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await?;
    admin.close().await?;
    let mut url = url::Url::parse(&server)?;
    url.set_path(&name);
    Ok(url.into())
}

async fn open(url: &str) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

/// A port nobody listens on.
pub fn free_port() -> anyhow::Result<u16> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}
