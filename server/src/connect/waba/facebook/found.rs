//! What a login brought, as it is kept until somebody has picked.

use crate::store::StoreError;
use serde::{Deserialize, Serialize};

/// What a login brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What kind of token.
    pub kind: Option<String>,
    /// When it ends; milliseconds.
    pub expires_at: Option<i64>,
    /// The WABAs that were shared.
    pub wabas: Vec<FoundWaba>,
    /// Why it failed, if it did.
    pub trouble: Option<Trouble>,
}

/// A WABA that was shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundWaba {
    /// The WABA id.
    pub waba_id: String,
    /// Its name at Meta.
    pub name: Option<String>,
    /// Its numbers.
    pub numbers: Vec<FoundNumber>,
    /// Why it could not be read, if it could not.
    pub trouble: Option<String>,
}

/// A number of a WABA that was shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundNumber {
    /// The phone id.
    pub phone_id: String,
    /// Its digits.
    pub phone: String,
    /// The name customers see.
    pub name: Option<String>,
    /// It has to be registered before it works.
    pub needs_registering: bool,
}

/// Why a login failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// The person pressed Cancel.
    Denied(String),
    /// Facebook or Meta said no.
    Refused(String),
    /// Meta did not answer.
    Silent(String),
    /// The person did not share these permissions.
    ScopeMissing(String),
}

impl Found {
    /// A login that failed.
    pub fn failed(trouble: Trouble) -> Self {
        Self {
            trouble: Some(trouble),
            ..Self::default()
        }
    }

    /// From a row's words; nothing where there are none yet.
    pub fn read(words: Option<&str>) -> Self {
        words
            .and_then(|words| serde_json::from_str(words).ok())
            .unwrap_or_default()
    }

    /// As words for a row.
    pub fn words(&self) -> Result<String, StoreError> {
        serde_json::to_string(self).map_err(|error| StoreError::Unreadable(error.to_string()))
    }
}
