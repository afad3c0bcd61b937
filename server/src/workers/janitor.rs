//! Clears away what is no longer needed, matches what came too early, and looks which destinations keep failing.

use crate::connect::portal::INSTALL_WAITS;
use crate::inbox::{close_untold, statuses};
use crate::queue;
use crate::state::AppState;
use crate::store::StoreError;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often there is something to do.
const ROUND: Duration = Duration::from_secs(30);

/// Meta redelivers for up to seven days: what tells duplicates apart is kept longer.
const RECEIPT_DAYS: i64 = 30;
const EARLY_STATUS_DAYS: i64 = 8;
/// The charts show a week.
const HOUR_DAYS: i64 = 31;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Works until `stop`.
pub async fn run(state: AppState, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = round(&state).await {
            tracing::warn!(%error, "Clearing up waits");
        }
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            () = stop.cancelled() => {}
        }
    }
}

async fn round(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    // Whoever cannot be told now is told in the next round; the rest does not wait for it.
    if let Err(error) = queue::watch(state).await {
        tracing::warn!(%error, "Destinations that keep failing are not looked for");
    }
    for (phone, wamid) in state.store.early_statuses_ripe(100).await? {
        let txn = state.store.begin().await?;
        let targets = statuses::apply_early_in_txn(&txn, phone, &wamid, now).await?;
        txn.commit().await?;
        for target in targets {
            state.bus.delivery_came(target);
        }
    }
    close_untold(state).await?;
    state
        .store
        .receipts_forget(now - RECEIPT_DAYS * DAY, 5000)
        .await?;
    state
        .store
        .early_statuses_forget(now - EARLY_STATUS_DAYS * DAY)
        .await?;
    state.store.hours_forget(now - HOUR_DAYS * DAY).await?;
    state.store.sessions_sweep(now, now - DAY).await?;
    state.store.installs_sweep(now - INSTALL_WAITS).await?;
    Ok(())
}
