//! What is kept as JSON besides settings.

use crate::store::StoreError;
use app::model::Difference;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What failed and is not solved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptError {
    /// Meta's code; empty where it did not answer.
    pub code: String,
    /// Meta's words, without the code.
    pub said: String,
    /// When; milliseconds.
    pub at: i64,
    /// At what.
    #[serde(default)]
    pub of: At,
}

/// At what something failed: what solves the one does not solve the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// Writing settings.
    #[default]
    Writing,
    /// Reading what Meta has.
    Reading,
}

impl KeptError {
    /// Whether it is over once Meta was read: it could not be read before, or nobody knew what became of a writing.
    pub fn ends_by_reading(&self) -> bool {
        match self.of {
            At::Reading => true,
            At::Writing => self.code.is_empty(),
        }
    }

    /// The same trouble, whenever it was.
    pub fn is_same(&self, other: &Self) -> bool {
        (&self.code, &self.said, self.of) == (&other.code, &other.said, other.of)
    }
}

/// What an event of the history tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptEvent {
    /// What changed: `ours` is what was saved here, `metas` what Meta had.
    pub changes: Vec<Difference>,
    /// Meta's code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Meta's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub said: String,
    /// What Meta had before was set again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub restored: bool,
}

/// As the database keeps it.
pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// Reads what is kept. What this version cannot read counts as absent, and the log has it.
pub fn kept<T: DeserializeOwned>(text: Option<&str>) -> Option<T> {
    let read = serde_json::from_str(text?);
    read.inspect_err(
        |error| tracing::error!(%error, "What is kept of a phone's calling cannot be read"),
    )
    .ok()
}

/// Differences as the database keeps them; none where there are none.
pub(super) fn drift_json(drift: &[Difference]) -> Result<Option<String>, StoreError> {
    if drift.is_empty() {
        return Ok(None);
    }
    json(&drift).map(Some)
}
