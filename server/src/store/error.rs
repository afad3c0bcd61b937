//! What can go wrong with the database.

use sea_orm::{DbErr, RuntimeErr};
use std::sync::Arc;

/// An error of the store. The words go to the log, never to a caller.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said so.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// SQLite said so to the thread that writes receipts.
    #[error("database: {0}")]
    Receipts(#[from] rusqlite::Error),
    /// A lease was lost to another node; what was to be written is not.
    #[error("the lease was lost to another node")]
    Fenced,
    /// A row holds something this version cannot read.
    #[error("unreadable row: {0}")]
    Unreadable(String),
    /// What was committed may not be on the disk.
    #[error("the disk did not confirm what was committed: {0}")]
    NotDurable(Arc<std::io::Error>),
}

impl StoreError {
    /// True when the same transaction may work a moment later: a deadlock, a busy or an absent database.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Database(error) => match error {
                DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
                DbErr::Exec(inner) | DbErr::Query(inner) => runtime_is_transient(inner),
                other => words_are_transient(&other.to_string()),
            },
            Self::Receipts(error) => words_are_transient(&error.to_string()),
            Self::Fenced | Self::Unreadable(_) | Self::NotDurable(_) => false,
        }
    }

    /// True when a row with the same key was already there.
    pub fn is_duplicate(&self) -> bool {
        match self {
            Self::Database(error) => {
                matches!(
                    error.sql_err(),
                    Some(sea_orm::SqlErr::UniqueConstraintViolation(_))
                )
            }
            Self::Receipts(_) | Self::Fenced | Self::Unreadable(_) | Self::NotDurable(_) => false,
        }
    }
}

fn runtime_is_transient(error: &RuntimeErr) -> bool {
    words_are_transient(&error.to_string())
}

/// PostgreSQL: 40P01 deadlock, 40001 serialization, 57P0x shutting down, 53xxx out of resources.
/// SQLite: busy, locked, full (somebody may free the disk).
fn words_are_transient(words: &str) -> bool {
    const SIGNS: [&str; 14] = [
        "deadlock detected",
        "could not serialize",
        "database is locked",
        "database table is locked",
        "disk is full",
        "disk I/O error",
        "terminating connection",
        "the database system is",
        "too many clients",
        "Connection refused",
        "connection closed",
        "error communicating with database",
        "pool timed out",
        "unable to open database file",
    ];
    SIGNS.iter().any(|sign| words.contains(sign))
}
