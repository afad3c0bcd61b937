//! The live channel: server-sent events that say what changed, not what it is now.

use crate::state::Shared;
use axum::Router;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use futures::{Stream, StreamExt};
use std::convert::Infallible;
use tokio_stream::wrappers::BroadcastStream;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/api/live", get(live))
}

async fn live(State(shared): State<Shared>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = BroadcastStream::new(shared.live.subscribe()).map(|notice| {
        let data = match notice {
            Ok(text) => text.to_string(),
            // Too many at once: the page reads everything again.
            Err(_) => r#"{"topic":"all"}"#.to_string(),
        };
        Ok(Event::default().data(data))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
