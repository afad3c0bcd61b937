//! What went wrong, in a form that can be shown: a stable code, not a sentence.

use std::collections::BTreeMap;

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};
use serde::{Deserialize, Serialize};

use super::ProblemCode;

/// A refusal or failure on its way to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What it is.
    pub code: ProblemCode,
    /// Values for the sentence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
    /// The form field it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What was typed, to fill the form again without JavaScript. Never a password.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kept: BTreeMap<String, String>,
    /// Under which the log has the details.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    /// A problem that is told by its code alone.
    pub fn new(code: ProblemCode) -> Self {
        Self {
            code,
            args: BTreeMap::new(),
            field: None,
            kept: BTreeMap::new(),
            request_id: None,
        }
    }

    /// Says which field it belongs to.
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// Adds a value for the sentence.
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// Keeps what was typed into a field.
    pub fn keep(mut self, field: &str, value: &str) -> Self {
        self.kept.insert(field.to_owned(), value.to_owned());
        self
    }

    /// Keeps what was typed into several fields.
    pub fn keep_all(self, fields: &[(&str, String)]) -> Self {
        fields
            .iter()
            .fold(self, |problem, (field, value)| problem.keep(field, value))
    }

    /// Says where the log has the details.
    pub fn request(mut self, id: impl Into<String>) -> Self {
        self.request_id = Some(id.into());
        self
    }

    /// Whether it belongs to this field.
    pub fn is_at(&self, field: &str) -> bool {
        self.field.as_deref() == Some(field)
    }
}

impl FromServerFnError for Problem {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let code = match error {
            ServerFnErrorErr::Request(_) => ProblemCode::Unreachable,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => ProblemCode::BadRequest,
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Response(_) => ProblemCode::Internal,
        };
        Self::new(code)
    }
}
