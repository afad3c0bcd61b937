//! The control API under `/api/`: what tests and the pages do to the pretend world.
//!
//! One file per noun. Answers are JSON; a mistake is 400 with `{"error": "a sentence"}`.

mod calling;
mod calls;
mod chats;
mod customers;
mod faults;
mod live;
mod load;
mod log;
mod meta;
mod operator;
mod press;
mod setup;
mod sms;
mod templates;
mod webhook;

use crate::state::Shared;
use axum::Router;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

/// Everything under `/api/`, the live channel and the health check.
pub fn router(shared: &Shared) -> Router {
    Router::new()
        .merge(calling::routes())
        .merge(calls::routes())
        .merge(chats::routes())
        .merge(customers::routes())
        .merge(faults::routes())
        .merge(live::routes())
        .merge(load::routes())
        .merge(log::routes())
        .merge(meta::routes())
        .merge(operator::routes())
        .merge(press::routes())
        .merge(setup::routes())
        .merge(sms::routes())
        .merge(templates::routes())
        .merge(webhook::routes())
        .with_state(shared.clone())
}

/// A mistake of the caller, in words.
pub struct Mistake(pub StatusCode, pub String);

impl Mistake {
    /// 404 for something that is not there.
    pub fn missing(what: &str) -> Self {
        Self(StatusCode::NOT_FOUND, format!("There is no such {what}."))
    }
}

impl From<String> for Mistake {
    fn from(words: String) -> Self {
        Self(StatusCode::BAD_REQUEST, words)
    }
}

impl IntoResponse for Mistake {
    fn into_response(self) -> Response {
        (self.0, axum::Json(json!({ "error": self.1 }))).into_response()
    }
}

/// What an API function answers.
pub type Answer = Result<axum::Json<Value>, Mistake>;

/// A JSON answer.
pub fn ok(value: Value) -> Answer {
    Ok(axum::Json(value))
}

/// `{"ok": true}`
pub fn done() -> Answer {
    ok(json!({ "ok": true }))
}
