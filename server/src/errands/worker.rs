//! Runs errands that are due, a few at once.

use super::{Errand, Outcome};
use crate::connect;
use crate::state::AppState;
use crate::store::StoreError;
use crate::store::entities::errand;
use std::collections::HashSet;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Errands that run at the same time.
const TOGETHER: usize = 8;

/// How long an errand may take before another node takes it, in milliseconds.
const LEASE: i64 = 5 * 60 * 1000;

/// How often is looked when nobody says that something is due.
const LOOK: Duration = Duration::from_secs(1);

/// Works until `stop`; what runs then is finished.
pub async fn run(state: AppState, stop: CancellationToken) {
    let mut running = JoinSet::new();
    let mut subjects = HashSet::new();
    loop {
        if !stop.is_cancelled() {
            match take(&state, &subjects).await {
                Ok(taken) => {
                    for row in taken {
                        subjects.insert(row.subject_id);
                        let state = state.clone();
                        running.spawn(async move { (row.subject_id, go(&state, row).await) });
                    }
                }
                Err(error) => tracing::warn!(%error, "Errands wait"),
            }
        } else if running.is_empty() {
            return;
        }
        tokio::select! {
            Some(ended) = running.join_next() => free(&mut subjects, ended),
            () = state.bus.errands(), if !stop.is_cancelled() => {}
            () = tokio::time::sleep(LOOK), if !stop.is_cancelled() => {}
            () = stop.cancelled(), if !stop.is_cancelled() => {}
        }
    }
}

type Ended = Result<(Uuid, Result<(), StoreError>), tokio::task::JoinError>;

fn free(subjects: &mut HashSet<Uuid>, ended: Ended) {
    match ended {
        Ok((subject, Ok(()))) => {
            subjects.remove(&subject);
        }
        Ok((subject, Err(error))) => {
            subjects.remove(&subject);
            tracing::warn!(%error, "An errand's end could not be written; it is run again");
        }
        // Which one is unknown: its row becomes due again by itself.
        Err(error) => {
            subjects.clear();
            tracing::error!(%error, "An errand fell over; it is run again");
        }
    }
}

/// Takes what is due and free. An errand that is taken is due again when its time is over.
async fn take(state: &AppState, busy: &HashSet<Uuid>) -> Result<Vec<errand::Model>, StoreError> {
    let room = TOGETHER.saturating_sub(busy.len());
    if room == 0 {
        return Ok(Vec::new());
    }
    let now = state.clock.now();
    let mut taken: Vec<errand::Model> = Vec::new();
    for row in state.store.errands_due(now, 64).await? {
        let is_busy = busy.contains(&row.subject_id)
            || taken.iter().any(|other| other.subject_id == row.subject_id);
        if is_busy || taken.len() == room {
            continue;
        }
        if let Some(row) = state.store.errand_take(row, now + LEASE).await? {
            taken.push(row);
        }
    }
    Ok(taken)
}

async fn go(state: &AppState, row: errand::Model) -> Result<(), StoreError> {
    let outcome = match serde_json::from_str::<Errand>(&row.payload) {
        Ok(errand) => connect::perform(state, &errand).await,
        Err(error) => {
            tracing::error!(%error, kind = row.kind, "An errand cannot be read");
            Ok(Outcome::Done)
        }
    };
    match outcome {
        Ok(Outcome::Done) => state.store.errand_end(&row).await,
        Ok(Outcome::Again(after)) => put_off(state, &row, after).await,
        Err(error) => {
            tracing::warn!(%error, kind = row.kind, "An errand could not be run");
            put_off(state, &row, backoff(row.attempts)).await
        }
    }
}

async fn put_off(state: &AppState, row: &errand::Model, after: Duration) -> Result<(), StoreError> {
    let after = i64::try_from(after.as_millis()).unwrap_or(i64::MAX / 2);
    let due_at = state.clock.now().saturating_add(after);
    state.store.errand_put_off(row, due_at).await
}

/// 5, 10, 20 … seconds, at most ten minutes.
fn backoff(attempts: i32) -> Duration {
    let doubled = u32::try_from(attempts.clamp(0, 7)).unwrap_or(0);
    Duration::from_secs(5 * 2_u64.pow(doubled)).min(Duration::from_secs(600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<u64> = [0, 1, 6, 7, 100]
            .map(|tries| backoff(tries).as_secs())
            .into();
        assert_eq!(waits, [5, 10, 320, 600, 600]);
    }
}
