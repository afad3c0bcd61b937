//! Asking for a WABA's templates to be read.

use crate::errands::Errand;
use crate::state::AppState;
use crate::store::{Scope, StoreError, Txn};
use uuid::Uuid;

/// How long is waited for more news before Meta is asked what they come to, in milliseconds.
const SOON: i64 = 15_000;

/// Asks for it now, because somebody wants to see them.
pub async fn templates_sync_ask(state: &AppState, waba: Uuid) -> Result<(), StoreError> {
    let (errand, now) = (Errand::TemplatesSync { waba }, state.clock.now());
    state.store.errand_put(&errand.row(now, now)?).await?;
    state.bus.errand_came();
    Ok(())
}

/// Asks for it now in a transaction that saves the WABA.
pub async fn ask_in_txn(txn: &Txn, waba: Uuid, now: i64) -> Result<(), StoreError> {
    let errand = Errand::TemplatesSync { waba };
    txn.errand_put_in_txn(&errand.row(now, now)?).await
}

/// Asks for it soon: many news that come together are one reason to ask.
pub async fn ask_soon_in_txn(txn: &Txn, waba: Uuid, now: i64) -> Result<(), StoreError> {
    let errand = Errand::TemplatesSync { waba };
    txn.errand_hasten_in_txn(&errand.row(now + SOON, now)?)
        .await
}

/// Sees to it that the templates of every WABA are read, also of those that are here from before.
pub async fn plan_all(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    let wabas = state.store.wabas(Scope::All).await?;
    let txn = state.store.begin().await?;
    for waba in wabas {
        plan_in_txn(&txn, waba.id, now).await?;
    }
    txn.commit().await
}

/// Sees to it that they are read at all: now, where nobody has asked for it yet.
pub async fn plan_in_txn(txn: &Txn, waba: Uuid, now: i64) -> Result<(), StoreError> {
    let errand = Errand::TemplatesSync { waba };
    txn.errand_plan_in_txn(&errand.row(now, now)?).await
}
