//! SQLite's log is carried over into the database beside the writing, not within it.
//!
//! Left to itself SQLite does it at the commit that makes the log longer than a thousand pages, and whoever wants to
//! write then waits for it. Source: <https://www.sqlite.org/wal.html#automatic_checkpoint>.

use super::{Store, StoreError};
use sea_orm::ConnectionTrait;
use std::path::PathBuf;

/// A log shorter than this is left alone, in bytes.
const WORTH: u64 = 4 * 1024 * 1024;

/// A log longer than this is carried over while nobody writes, so that it can begin anew, in bytes.
const LONG: u64 = 64 * 1024 * 1024;

/// Pages after which SQLite does it at a commit after all, should nobody else have done it.
pub(super) const AT_COMMIT: &str = "40000";

impl Store {
    /// Carries SQLite's log over, as far as nobody reads what was before it. Nothing to do on PostgreSQL.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        const PASSIVE: &str = "PRAGMA wal_checkpoint(PASSIVE)";
        let Some(log) = self.log() else {
            return Ok(());
        };
        let length = || std::fs::metadata(&log).map_or(0, |found| found.len());
        if length() < WORTH {
            return Ok(());
        }
        self.reader().execute_unprepared(PASSIVE).await?;
        if length() >= LONG {
            // What is left is short, and with the writers at rest the log can begin anew.
            let _turn = self.write_turn().await?;
            self.writer().execute_unprepared(PASSIVE).await?;
        }
        Ok(())
    }

    /// The folder of SQLite's file; none on PostgreSQL.
    pub fn folder(&self) -> Option<PathBuf> {
        let log = self.log()?;
        let folder = log.parent()?;
        // A name alone stands in the folder where the process runs.
        Some(if folder.as_os_str().is_empty() {
            ".".into()
        } else {
            folder.to_owned()
        })
    }

    /// Where SQLite's log is.
    fn log(&self) -> Option<PathBuf> {
        self.sync.as_ref().map(|sync| sync.log().to_owned())
    }
}
