//! A PostgreSQL server of one world's own, which can be stopped and started.

use crate::places;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// How a server is stopped.
#[derive(Clone, Copy, Debug)]
pub enum Stop {
    /// It ends its sessions and writes everything down.
    Fast,
    /// It drops everything where it stands, as when it crashes, and recovers when it is started.
    Immediate,
}

/// A running server; it ends when this is dropped.
pub struct PostgresServer {
    folder: TempDir,
    port: u16,
}

impl PostgresServer {
    /// A new, empty one.
    pub fn start() -> Self {
        let server = Self {
            folder: tempfile::tempdir().expect("a folder for the server"),
            port: places::port(),
        };
        server.start_again();
        server
    }

    /// Its own database, from which others are made.
    pub fn url(&self) -> String {
        format!("postgres://thoth@127.0.0.1:{}/postgres", self.port)
    }

    /// Stops it; answers when it is gone.
    pub fn stop(&self, how: Stop) {
        let how = match how {
            Stop::Fast => "fast",
            Stop::Immediate => "immediate",
        };
        assert!(control("stop", self.folder.path(), how), "it stops");
    }

    /// Starts it where it was; answers when it can be reached.
    pub fn start_again(&self) {
        let port = self.port.to_string();
        assert!(control("start", self.folder.path(), &port), "it starts");
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        // It may be stopped already.
        control("stop", self.folder.path(), "immediate");
    }
}

/// `scripts/postgres`: tells whether it went well.
fn control(what: &str, folder: &Path, last: &str) -> bool {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scripts/postgres");
    let ran = Command::new(script)
        .arg(what)
        .arg(folder)
        .arg(last)
        .status();
    ran.is_ok_and(|status| status.success())
}
