//! Message templates of the WABAs, and files uploaded for them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The webhook fields that tell of templates.
pub const FIELDS: [&str; 4] = [
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
];

/// What a WABA has from the beginning.
const SEED: &str = include_str!("../../templates.json");

/// The id of the first template of the first WABA.
const FIRST_ID: u64 = 594_425_479_261_596;

/// A template in one language.
#[derive(Debug, Clone, Serialize)]
pub struct Template {
    /// Digits; one for each language.
    pub id: String,
    pub waba: String,
    pub name: String,
    pub language: String,
    /// UTILITY, MARKETING, AUTHENTICATION.
    pub category: String,
    /// APPROVED, PENDING, REJECTED, PAUSED, DISABLED, IN_APPEAL, ARCHIVED, ..
    pub status: String,
    /// POSITIONAL or NAMED.
    pub parameter_format: String,
    pub components: Vec<Value>,
    /// GREEN, YELLOW, RED, UNKNOWN.
    pub quality: String,
    /// NONE until it is rejected.
    pub rejected_reason: String,
    pub previous_category: Option<String>,
    /// It was approved once, so its name is not free for a while after it is deleted.
    pub approved_once: bool,
}

/// A template as `templates.json` and the control API write it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    pub name: String,
    pub language: String,
    pub category: String,
    pub components: Vec<Value>,
    #[serde(default = "approved")]
    pub status: String,
    #[serde(default = "positional")]
    pub parameter_format: String,
    #[serde(default = "unknown")]
    pub quality: String,
    #[serde(default = "none")]
    pub rejected_reason: String,
}

fn approved() -> String {
    "APPROVED".to_string()
}

fn positional() -> String {
    "POSITIONAL".to_string()
}

fn unknown() -> String {
    "UNKNOWN".to_string()
}

fn none() -> String {
    "NONE".to_string()
}

impl Template {
    /// The template of a WABA under this id.
    pub fn plant(waba: &str, id: u64, seed: Seed) -> Self {
        Self {
            id: id.to_string(),
            waba: waba.to_string(),
            approved_once: !matches!(seed.status.as_str(), "PENDING" | "REJECTED"),
            name: seed.name,
            language: seed.language,
            category: seed.category,
            status: seed.status,
            parameter_format: seed.parameter_format,
            components: seed.components,
            quality: seed.quality,
            rejected_reason: seed.rejected_reason,
            previous_category: None,
        }
    }

    /// The component of this type, whatever case it is written in.
    pub fn component(&self, kind: &str) -> Option<&Value> {
        self.components.iter().find(|it| is(it, kind))
    }
}

/// A component or a button is of this type.
pub fn is(part: &Value, kind: &str) -> bool {
    let own = part.get("type").and_then(Value::as_str);
    own.is_some_and(|own| own.eq_ignore_ascii_case(kind))
}

/// The templates a WABA begins with; `index` keeps the ids of several WABAs apart.
pub(super) fn seed(waba: &str, index: usize) -> Vec<Template> {
    let seeds: Vec<Seed> = serde_json::from_str(SEED).unwrap_or_default();
    let first = FIRST_ID + index as u64 * 1000;
    let numbered = (first..).zip(seeds);
    numbered
        .map(|(id, seed)| Template::plant(waba, id, seed))
        .collect()
}

/// A resumable upload.
#[derive(Debug, Clone)]
pub struct Upload {
    /// `upload:..?sig=..`, as it is given and used.
    pub id: String,
    pub app: String,
    pub mime: String,
    /// Bytes that were announced.
    pub length: usize,
    /// Bytes that have come.
    pub received: usize,
    /// What a template names as its sample, once everything has come.
    pub handle: String,
}
