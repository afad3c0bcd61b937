//! Why a vault stays shut.

use crate::store::StoreError;
use std::path::PathBuf;

/// Where a key came from, for messages that tell what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// The variable THOTH_VAULT_KEY.
    Environment,
    /// A file in the data folder.
    File(PathBuf),
}

impl std::fmt::Display for KeySource {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Environment => out.write_str("the variable THOTH_VAULT_KEY"),
            Self::File(path) => write!(out, "the file {}", path.display()),
        }
    }
}

/// An error of the vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The key does not open what this database holds.
    #[error(
        "the vault's key from {0} does not open the secrets in this database. Give the key this \
         database was started with, in THOTH_VAULT_KEY or as the file vault.key in THOTH_DATA_DIR. \
         Nothing was changed"
    )]
    WrongKey(KeySource),
    /// The database holds secrets and there is no key.
    #[error(
        "this database holds sealed secrets, but there is no key: {} does not exist and \
         THOTH_VAULT_KEY is not set. Restore the key this database was started with; a new one \
         could not open them. Nothing was changed",
        .0.display()
    )]
    MissingKey(PathBuf),
    /// The database holds secrets but not the value the key is checked against.
    #[error(
        "this database holds sealed secrets, but not the value their key is checked against \
         (vault.check in the table setting). Restore the database from a whole backup. \
         Nothing was changed"
    )]
    MissingCheck,
    /// The source does not hold a key.
    #[error("{0} does not hold a key: it should be 32 bytes as 64 hex digits or base64")]
    NotAKey(KeySource),
    /// The key's file or folder cannot be used.
    #[error("{path}: {error}", path = .path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The database could not be asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A value was sealed with another key.
    #[error("a stored secret was sealed with another key")]
    OtherKey,
    /// A value was changed, cut, or moved from another row or column.
    #[error("a stored secret is damaged or belongs to another row")]
    Damaged,
}
