//! The owner of a destination that keeps failing is told once, and once more when it is well again.

use crate::bus::Topic;
use crate::state::AppState;
use crate::store::{Actor, NewAudit, StoreError};

/// So many failures in a row are told.
const TIMES: i32 = 20;

/// So long a time of failing is told, in milliseconds.
const LONG: i64 = 10 * 60 * 1000;

/// Looks once; whoever is told finds it on the overview. Every node may look: each is told by one.
pub async fn watch(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    let actor = Actor {
        person: None,
        name: "THOTH".to_owned(),
    };
    let txn = state.store.begin().await?;
    let told = txn.destinations_tell_in_txn(now, TIMES, LONG).await?;
    for one in &told {
        let audit = NewAudit {
            owner: one.owner,
            actor: &actor,
            action: if one.well { "well" } else { "failing" },
            delivery: None,
            destination: Some(one.destination),
            reason: None,
            detail: None,
        };
        txn.audit_write_in_txn(&audit, now).await?;
    }
    txn.commit().await?;
    for one in told {
        if one.well {
            tracing::info!(destination = %one.destination, "A destination that kept failing takes messages again");
        } else {
            tracing::warn!(destination = %one.destination, "A destination keeps failing; its owner is told");
        }
        state.bus.changed(one.owner, Topic::Deliveries);
    }
    Ok(())
}
