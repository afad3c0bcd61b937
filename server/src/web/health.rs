//! Whether the process lives, and whether it can work.

use crate::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;

/// `/healthz` and `/readyz`.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(lives))
        .route("/readyz", get(is_ready))
}

async fn lives() -> impl IntoResponse {
    plain(StatusCode::OK, "ok")
}

/// The database answers and has the shape this version knows.
async fn is_ready(State(state): State<AppState>) -> impl IntoResponse {
    let asked = async {
        state.store.ping().await?;
        state.store.migrations_pending().await
    };
    match asked.await {
        Ok(0) => plain(StatusCode::OK, "ok"),
        Ok(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "migrations are pending"),
        Err(error) => {
            tracing::warn!(%error, "Not ready: the database does not answer");
            plain(
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer",
            )
        }
    }
}

fn plain(status: StatusCode, words: &'static str) -> impl IntoResponse {
    (status, [(header::CACHE_CONTROL, "no-store")], words)
}
