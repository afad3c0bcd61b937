//! What doors took in and what they refused, counted.

use crate::state::AppState;
use crate::telemetry::{Fact, What, name};
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::map_response;
use axum::response::Response;
use std::time::Instant;
use uuid::Uuid;

/// Counts what a door refuses, by reason.
pub(super) fn refusals_counted(routes: Router<AppState>, door: &'static str) -> Router<AppState> {
    routes.layer(map_response(move |response: Response| async move {
        if let Some(reason) = reason(response.status()) {
            metrics::counter!(name::REFUSALS, "door" => door, "reason" => reason).increment(1);
        }
        response
    }))
}

fn reason(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::FORBIDDEN => Some("forbidden"),
        StatusCode::BAD_REQUEST => Some("malformed"),
        StatusCode::PAYLOAD_TOO_LARGE => Some("too_large"),
        StatusCode::SERVICE_UNAVAILABLE => Some("unavailable"),
        other => (other.is_client_error() || other.is_server_error()).then_some("other"),
    }
}

/// A receipt of this owner, whose whole body was here at `began`, is durable and may be answered.
pub(super) fn acknowledged(state: &AppState, source: &'static str, owner: Uuid, began: Instant) {
    let took = began.elapsed();
    state.store.tally().add(&Fact {
        at: state.clock.now(),
        owner,
        what: What::Acknowledged { source, took },
    });
}
