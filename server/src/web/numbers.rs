//! `/metrics`, for a Prometheus on this machine.

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::net::SocketAddr;

use crate::state::AppState;
use crate::telemetry::numbers_text;

/// `/metrics`. From elsewhere, or through a proxy, there is no such page.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/metrics", get(numbers))
}

async fn numbers(
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let local = peer.is_some_and(|axum::Extension(ConnectInfo(peer))| peer.ip().is_loopback());
    let forwarded =
        headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED);
    if !local || forwarded {
        return StatusCode::NOT_FOUND.into_response();
    }
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4")],
        numbers_text(),
    )
        .into_response()
}
