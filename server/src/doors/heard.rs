//! When webhooks of a WABA or phone last came: noted beside the way of a receipt, once a minute at most.

use crate::bus::Topic;
use crate::state::AppState;
use crate::store::entities::{phone, waba};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// How long nothing more is noted of the same thing, in milliseconds.
const REST: i64 = 60_000;

/// What this process has noted lately. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Heard {
    lately: Arc<Mutex<HashMap<Uuid, i64>>>,
}

impl Heard {
    /// Notes that webhooks of these came, unless that was noted within the last minute. Nobody waits for it.
    pub fn note(
        &self,
        state: &AppState,
        owner: Uuid,
        wabas: &[&waba::Model],
        phones: &[&phone::Model],
    ) {
        let now = state.clock.now();
        let wabas = self.due(
            wabas.iter().map(|waba| (waba.id, waba.heard_at)).collect(),
            now,
        );
        let phones = self.due(
            phones
                .iter()
                .map(|phone| (phone.id, phone.heard_at))
                .collect(),
            now,
        );
        if wabas.is_empty() && phones.is_empty() {
            return;
        }
        let state = state.clone();
        tokio::spawn(async move {
            match state.store.heard_note(&wabas, &phones, now).await {
                Ok(()) => {
                    for topic in [Topic::Wabas, Topic::Phones, Topic::Overview] {
                        state.bus.tell(owner, topic);
                    }
                }
                Err(error) => tracing::warn!(%error, "That a webhook came could not be noted"),
            }
        });
    }

    /// Those that were not noted lately; now they are.
    fn due(&self, things: Vec<(Uuid, Option<i64>)>, now: i64) -> Vec<Uuid> {
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let mut due = Vec::new();
        for (id, stored) in things {
            let last = lately.get(&id).copied().max(stored);
            if last.is_none_or(|last| now - last >= REST) {
                lately.insert(id, now);
                due.push(id);
            }
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_noted_once_a_minute() {
        let heard = Heard::default();
        let id = Uuid::now_v7();
        assert_eq!(heard.due(vec![(id, None), (id, None)], 1000), [id]);
        assert!(heard.due(vec![(id, None)], 60_999).is_empty());
        assert_eq!(heard.due(vec![(id, Some(1000))], 61_000), [id]);
        let known = Uuid::now_v7();
        assert!(heard.due(vec![(known, Some(500))], 1000).is_empty());
    }
}
