//! Whether the process lives, and whether it can work.

use crate::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use std::time::Duration;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// `/healthz` and `/readyz`.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(lives))
        .route("/readyz", get(is_ready))
}

async fn lives() -> impl IntoResponse {
    plain(StatusCode::OK, "ok".to_owned())
}

/// Ready means: what is brought here is kept and carried. Everything that is in the way is named, a line each. That
/// the vault is open needs no question: without it nothing is served.
async fn is_ready(State(state): State<AppState>) -> impl IntoResponse {
    let mut faults: Vec<String> = state
        .pulse
        .faults()
        .iter()
        .map(ToString::to_string)
        .collect();
    faults.extend(database_fault(&state).await.map(str::to_owned));
    if faults.is_empty() {
        return plain(StatusCode::OK, "ok".to_owned());
    }
    let words = faults.join("\n");
    tracing::warn!(faults = words, "Not ready");
    plain(StatusCode::SERVICE_UNAVAILABLE, words)
}

/// The database answers and has the shape this version knows, or what is wrong with it.
async fn database_fault(state: &AppState) -> Option<&'static str> {
    let asked = async {
        state.store.ping().await?;
        state.store.migrations_pending().await
    };
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(0)) => None,
        Ok(Ok(_)) => Some("migrations are pending"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "The database does not answer");
            Some("the database does not answer")
        }
        Err(_) => Some("the database does not answer in time"),
    }
}

fn plain(status: StatusCode, words: String) -> impl IntoResponse {
    (status, [(header::CACHE_CONTROL, "no-store")], words)
}
