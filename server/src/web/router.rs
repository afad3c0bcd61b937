//! Everything that is answered.

use super::{guard, health, numbers, panel};
use crate::doors;
use crate::state::AppState;
use crate::telemetry::{REQUEST_ID, RequestIds};
use axum::Router;
use axum::extract::Request;
use axum::http::{self, Response};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;
use tracing::Span;

/// The whole server: the panel behind its guard, the doors and health beside it.
pub fn router(state: AppState) -> Router {
    let around = ServiceBuilder::new()
        .map_request(without_foreign_id)
        .layer(SetRequestIdLayer::new(REQUEST_ID, RequestIds))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(())
                .on_response(answered)
                .on_body_chunk(())
                .on_eos(())
                .on_failure(()),
        )
        .layer(CatchPanicLayer::custom(guard::Panicked));
    let beside = Router::new()
        .merge(doors::router())
        .merge(health::routes())
        .merge(numbers::routes())
        .with_state(state.clone());
    beside.merge(panel::routes(state)).layer(around)
}

/// An id that a stranger sent along is not believed.
fn without_foreign_id<B>(mut request: http::Request<B>) -> http::Request<B> {
    request.headers_mut().remove(REQUEST_ID);
    request
}

/// The path without its query: a query may hold a key.
fn span(request: &Request) -> Span {
    let id = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    let path = match request.uri().path() {
        path if path.starts_with("/setup/") => "/setup/…",
        path if path.starts_with("/frame/") => "/frame/…",
        path => path,
    };
    tracing::info_span!("request", id, method = %request.method(), path)
}

fn answered<B>(response: &Response<B>, took: Duration, _: &Span) {
    let (status, ms) = (response.status().as_u16(), took.as_millis());
    if status >= 500 {
        tracing::warn!(status, ms, "A request failed");
    } else {
        tracing::debug!(status, ms, "A request was answered");
    }
}
