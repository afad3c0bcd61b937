//! Sees to it that SQLite's log stays short without anybody waiting for that.

use crate::state::AppState;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is looked at.
const ROUND: Duration = Duration::from_millis(500);

/// Works until `stop`.
pub async fn run(state: AppState, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = state.store.checkpoint().await {
            tracing::warn!(%error, "SQLite's log could not be carried over");
        }
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            () = stop.cancelled() => {}
        }
    }
}
