//! Looks around every few seconds: how long the queues are, how much room there is, what happened this hour, what was
//! done from the command line.
//!
//! It looks by itself and not when somebody asks: strangers that ask for `/readyz` cost nothing.

use crate::bus::{Change, Topic, Word};
use crate::delivery::pace;
use crate::outbox::DestinationKind;
use crate::pulse::Room;
use crate::state::AppState;
use crate::store::{Queues, StoreError};
use crate::telemetry::{name, numbers_settle};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often it looks around.
const ROUND: Duration = Duration::from_secs(10);

/// Looking at the queues may take this part of the time at most: where it takes long, it is done less often.
const SHARE: u32 = 50;

/// They are looked at once in so long all the same.
const SELDOM: Duration = Duration::from_secs(120);

/// The file that is written to see whether one can be.
const TRY: &str = ".room";

/// How much is written into it, in bytes.
const TRIED: usize = 16 * 1024;

/// Works until `stop`.
pub async fn run(state: AppState, stop: CancellationToken) {
    let mut queues_at = Instant::now();
    let mut done = None;
    while !stop.is_cancelled() {
        numbers_settle();
        look_for_room(&state).await;
        write_hours(&state).await;
        if let Err(error) = look_for_acts(&state, &mut done).await {
            tracing::warn!(%error, "What people did to the queue cannot be looked at");
        }
        let began = Instant::now();
        if began >= queues_at {
            if let Err(error) = look_at_queues(&state).await {
                tracing::warn!(%error, "The queues cannot be looked at");
            }
            queues_at = began + (began.elapsed() * SHARE).min(SELDOM);
        }
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Writes the sums of what happened, and tells the pages that show them.
pub async fn write_hours(state: &AppState) {
    match state.store.hours_write().await {
        Ok(owners) => {
            for owner in owners {
                state.bus.tell(owner, Topic::Overview);
            }
        }
        Err(error) => tracing::warn!(%error, "The sums of this hour wait for the database"),
    }
}

/// Tells this node's pages what was done to the queue since `last`, by whatever process: the command line tells nobody.
async fn look_for_acts(state: &AppState, last: &mut Option<Uuid>) -> Result<(), StoreError> {
    let Some(after) = *last else {
        *last = Some(state.store.audit_last().await?);
        return Ok(());
    };
    let (owners, newest) = state.store.audits_after(after).await?;
    *last = Some(newest);
    for owner in owners {
        let topic = Topic::Deliveries;
        state.bus.pass_on(Word::Told(Change { owner, topic }));
    }
    Ok(())
}

async fn look_for_room(state: &AppState) {
    let Some(folder) = state.store.folder() else {
        return;
    };
    // The disk may take its time, and nobody shall wait with it.
    let looked = tokio::task::spawn_blocking(move || room_in(&folder)).await;
    if let Ok(room) = looked {
        if room == Room::Shut {
            tracing::error!("The folder of the database cannot be written");
        }
        state.pulse.room(room);
    }
}

fn room_in(folder: &Path) -> Room {
    match write_in(folder) {
        Ok(free) => Room::Free(free),
        Err(error) if error.kind() == io::ErrorKind::StorageFull => Room::Free(0),
        Err(_) => Room::Shut,
    }
}

/// Writes a file and takes it away; answers how many bytes are free.
fn write_in(folder: &Path) -> io::Result<u64> {
    let path = folder.join(TRY);
    let written = File::create(&path).and_then(|mut file| file.write_all(&[0; TRIED]));
    let removed = std::fs::remove_file(&path);
    written.and(removed)?;
    let found = rustix::fs::statvfs(folder)?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

async fn look_at_queues(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    let queues = state.store.queues(now).await?;
    for kind in [DestinationKind::Portal, DestinationKind::Phone] {
        show(kind, &queues, now);
    }
    let unread = queues.unread.map_or(0, |at| now - at);
    metrics::gauge!(name::UNREAD_OLDEST).set(seconds(unread));
    Ok(())
}

fn show(kind: DestinationKind, queues: &Queues, now: i64) {
    let of = kind.as_str();
    let queue = queues.waiting.iter().find(|queue| queue.kind == kind);
    let waiting = queue.map_or(0, |queue| queue.waiting);
    let oldest = queue.map_or(0, |queue| now - queue.oldest);
    let paused = queues.paused.iter().find(|paused| paused.0 == kind);
    let paused = paused.map_or(0, |paused| paused.1);
    metrics::gauge!(name::QUEUE, "destination" => of).set(waiting as f64);
    metrics::gauge!(name::QUEUE_OLDEST, "destination" => of).set(seconds(oldest));
    metrics::gauge!(name::PAUSED, "destination" => of).set(paused as f64);
    metrics::gauge!(name::BUCKET, "destination" => of).set(fullest(kind, queues, now));
}

/// How full the fullest bucket is, from 0 to 1.
fn fullest(kind: DestinationKind, queues: &Queues, now: i64) -> f64 {
    let pace = match kind {
        DestinationKind::Portal => pace::PORTAL,
        DestinationKind::Phone => pace::PHONE,
    };
    let buckets = queues.buckets.iter().filter(|bucket| bucket.0 == kind);
    let drained = buckets.map(|(_, level, at)| level - seconds(now - at) * pace.drain);
    drained.fold(0.0, f64::max) / pace.depth
}

fn seconds(milliseconds: i64) -> f64 {
    milliseconds.max(0) as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::store::testing::engines;
    use crate::store::{Actor, NewAudit};

    #[tokio::test]
    async fn pages_hear_of_what_the_command_line_did() {
        for test in engines().await {
            let state = AppState::for_tests(&test, Config::for_tests(test.folder())).await;
            let mut last = None;
            look_for_acts(&state, &mut last).await.unwrap();
            let mut pages = state.bus.listen();
            let owner = Uuid::from_u128(7);
            let audit = NewAudit {
                owner,
                actor: &Actor {
                    person: None,
                    name: "thoth queue".to_owned(),
                },
                action: "hold",
                delivery: None,
                destination: Some(Uuid::nil()),
                reason: None,
                detail: None,
            };
            let txn = test.store.begin().await.unwrap();
            txn.audit_write_in_txn(&audit, 1).await.unwrap();
            txn.commit().await.unwrap();
            for heard in [Some(owner), None] {
                look_for_acts(&state, &mut last).await.unwrap();
                let told = pages.try_recv().ok().map(|change| change.owner);
                assert_eq!(told, heard, "{}", test.engine);
            }
        }
    }

    #[test]
    fn a_folder_has_room_or_is_shut() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(room_in(folder.path()), Room::Free(free) if free > 0));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert_eq!(room_in(&folder.path().join("nowhere")), Room::Shut);
    }

    #[test]
    fn the_fullest_bucket_is_told_as_it_has_drained() {
        let queues = Queues {
            buckets: vec![
                (DestinationKind::Portal, 45.0, 0),
                (DestinationKind::Portal, 5.0, 9_000),
                (DestinationKind::Phone, 80.0, 0),
            ],
            ..Queues::default()
        };
        let portal = fullest(DestinationKind::Portal, &queues, 10_000);
        assert!((portal - 25.0 / 45.0).abs() < 1e-9);
        assert_eq!(fullest(DestinationKind::Phone, &queues, 10_000), 0.0);
    }
}
