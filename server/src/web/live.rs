//! `/live`: names of lists that changed, as server-sent events, to whom they concern.

use super::news::{News, next};
use super::problem::ApiProblem;
use crate::accounts::{AccountError, Accounts};
use crate::state::AppState;
use crate::store::Scope;
use app::model::ProblemCode;
use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, StreamExt};
use std::convert::Infallible;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tower_sessions::Session;

/// The news of the caller's things, until the browser leaves or the server stops.
pub(super) async fn stream(State(state): State<AppState>, session: Session) -> Response {
    let accounts = Accounts::new(
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    );
    let scope = match accounts.session_person(&session).await {
        Ok(Some(person)) => person.scope(),
        Ok(None) => return ApiProblem(ProblemCode::NotSignedIn).into_response(),
        Err(error) => return failed(&error),
    };
    told(&state, scope)
}

/// The same for a page inside Bitrix24, by the key of its path.
pub(super) async fn framed(State(state): State<AppState>, Path(key): Path<String>) -> Response {
    let accounts = Accounts::new(
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    );
    match accounts.frame_find(&key).await {
        Ok(Some(framed)) => told(&state, framed.scope()),
        Ok(None) => ApiProblem(ProblemCode::NotSignedIn).into_response(),
        Err(error) => failed(&error),
    }
}

fn told(state: &AppState, scope: Scope) -> Response {
    let news = News::new(state.bus.listen(), scope);
    let events = stream::unfold(news, next)
        .flat_map(|topics| stream::iter(topics.names()))
        // Browsers drop an event without data.
        .map(|name| Ok::<_, Infallible>(Event::default().event(name).data("changed")))
        .take_until(stopping());
    let alive = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(events).keep_alive(alive).into_response()
}

fn failed(error: &AccountError) -> Response {
    tracing::error!(%error, "A page could not be told what changes");
    ApiProblem(ProblemCode::StoreUnavailable).into_response()
}

/// Ends when the process is asked to stop: a stream without an end would hold it up.
async fn stopping() {
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
