//! What checks found: ok, bad or unknown, with the time and the proof.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Moment;

/// How a check ended. There is no fourth way: what nobody could ask is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// It works, and there is proof.
    Ok,
    /// It does not, and there is proof.
    Bad,
    /// Nobody could tell.
    Unknown,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What was checked, e.g. `connector`.
    pub name: String,
    /// How it ended.
    pub state: CheckState,
    /// Which sentence tells it, e.g. `connector_active`.
    pub code: String,
    /// Values for the sentence; `reason` holds the other side's words.
    pub args: BTreeMap<String, String>,
    /// When; none when it never was checked.
    pub at: Option<Moment>,
}

impl Check {
    /// A value of the sentence; empty when there is none.
    pub fn arg(&self, name: &str) -> String {
        self.args.get(name).cloned().unwrap_or_default()
    }
}
