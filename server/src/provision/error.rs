//! What is wrong with a setup file.

use super::document::At;
use crate::accounts::AccountError;
use crate::store::StoreError;
use crate::vault::VaultError;
use std::fmt;
use std::path::PathBuf;

/// One mistake in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where it is.
    pub at: At,
    /// In which kind of table, as written: `[[phone]]`.
    pub table: Option<&'static str>,
    /// At which key.
    pub key: Option<String>,
    /// What is wrong. Never holds a secret.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}, column {}: ", self.at.line, self.at.column)?;
        if let Some(table) = self.table {
            write!(out, "[[{table}]] ")?;
        }
        if let Some(key) = &self.key {
            write!(out, "{key}: ")?;
        }
        out.write_str(&self.what)
    }
}

/// Why nothing was provisioned.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    /// The file cannot be read.
    #[error("{path}: {error}", path = .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The file has mistakes, in the order of its lines.
    #[error("{}", listed(path, faults))]
    Faults {
        /// Which.
        path: PathBuf,
        /// At least one.
        faults: Vec<Fault>,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stored secret cannot be opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A person cannot be written.
    #[error(transparent)]
    Account(#[from] AccountError),
}

fn listed(path: &std::path::Path, faults: &[Fault]) -> String {
    let mut text = String::new();
    for fault in faults {
        text.push_str(&format!("{}, {fault}\n", path.display()));
    }
    text.push_str("Nothing was changed.");
    text
}
