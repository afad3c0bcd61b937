//! The place a connector's call is about, and what all its refusals look like.

use serde_json::Value;

use crate::bitrix::call_error::CallError;
use crate::outside::loose;

/// The connector at one open line: the place every call of this room is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// The connector's id, lower case.
    pub connector: String,
    /// The open line's id.
    pub line: String,
}

impl Channel {
    /// A line is a number to Bitrix24; one that is not stays text and is refused there.
    pub(super) fn line_value(&self) -> Value {
        self.line
            .parse::<i64>()
            .map_or_else(|_| Value::String(self.line.clone()), Value::from)
    }
}

/// A failure inside an HTTP 200, in whatever words it has.
pub(super) fn refusal(result: &Value) -> CallError {
    let words = ["error_description", "ERRORS", "errors"]
        .into_iter()
        .filter_map(|key| loose::field(result, key));
    let description = words
        .map(plain)
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    let code = loose::filled(result, "error").unwrap_or_else(|| "SUCCESS_FALSE".to_owned());
    CallError::Refused {
        http: 200,
        code,
        description,
    }
}

/// A list of words, or a word.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(_) => loose::filled(value, "message").unwrap_or_else(|| value.to_string()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            loose::as_text(value).unwrap_or_default()
        }
    }
}
