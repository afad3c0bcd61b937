//! The log, the counts, the health check.

use super::{Answer, done, ok};
use crate::state::Shared;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Deserialize;
use serde_json::json;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/log", get(log).delete(forget))
        .route("/api/deliveries", get(deliveries))
        .route("/api/stats", get(stats))
        .route("/healthz", get(|| async { "ok" }))
}

#[derive(Deserialize)]
struct Filter {
    target: Option<String>,
    /// Only what was not plain ok or came with a warning.
    #[serde(default)]
    odd: u8,
    limit: Option<usize>,
}

async fn log(State(shared): State<Shared>, Query(filter): Query<Filter>) -> Answer {
    let answer = shared.journal(|journal| {
        let chosen = journal.entries.iter().rev().filter(|entry| {
            filter
                .target
                .as_ref()
                .is_none_or(|target| target == entry.target)
                && (filter.odd == 0 || entry.verdict != "ok" || !entry.warnings.is_empty())
        });
        let entries: Vec<_> = chosen.take(filter.limit.unwrap_or(200)).collect();
        json!({ "counts": journal.counts, "entries": entries })
    });
    ok(answer)
}

/// Forgets the log, so that a test sees only its own.
async fn forget(State(shared): State<Shared>) -> Answer {
    shared.journal(|journal| *journal = crate::journal::Journal::default());
    done()
}

async fn deliveries(State(shared): State<Shared>, Query(filter): Query<Filter>) -> Answer {
    let answer = shared.journal(|journal| {
        let chosen = journal.deliveries.iter().rev().filter(|delivery| {
            filter
                .target
                .as_ref()
                .is_none_or(|kind| kind == delivery.kind)
                && (filter.odd == 0 || delivery.state != "taken" || delivery.tries > 1)
        });
        let list: Vec<_> = chosen.take(filter.limit.unwrap_or(200)).collect();
        json!(list)
    });
    ok(answer)
}

async fn stats(State(shared): State<Shared>) -> Answer {
    let world = shared.world(|world| {
        let chats: Vec<_> = world
            .portals
            .iter()
            .flat_map(|portal| portal.chats.values())
            .collect();
        let messages = chats.iter().flat_map(|chat| chat.messages.iter());
        let incoming = messages
            .filter(|message| message.direction == crate::world::Direction::In)
            .count();
        let received = world.talks.values().flat_map(|talk| talk.messages.iter());
        let received = received
            .filter(|message| message.from == crate::world::Author::Business)
            .count();
        json!({
            "customers": world.customers.len(),
            "talks": world.talks.len(),
            "chats": chats.len(),
            "chat_messages_in": incoming,
            "phone_messages_in": received,
        })
    });
    ok(json!({
        "world": world,
        "waiting": shared.lanes.waiting(),
        "busy_conversations": shared.lanes.busy(),
        "counts": shared.journal(|journal| json!(journal.counts)),
    }))
}
