//! The pages that Bitrix24 opens in its frame: `/app-install/`, `/app-settings/`, `/placement/`.
//!
//! Each is a POST with the tokens of the user who looks. An installation is proven and answered with
//! a page that says how it went; every other opening is proven and sent on into the panel, under a
//! key of its own, because a frame has no cookie. `HEAD` is answered: Bitrix24 may probe.

mod install;
mod open;
mod page;
mod words;

use super::BODY_LIMIT;
use crate::bitrix::wire::form_tree;
use crate::connect::portal::AppCall;
use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, post};

/// The doors, with and without the trailing slash.
pub fn routes() -> Router<AppState> {
    let door = |handler: MethodRouter<AppState>| {
        handler
            .head(|| async { StatusCode::OK })
            .get(page::opened_outside)
            .layer(DefaultBodyLimit::max(BODY_LIMIT))
    };
    let mut router = Router::new();
    for path in ["/app-install", "/app-install/"] {
        router = router.route(path, door(post(install::receive)));
    }
    for path in [
        "/app-settings",
        "/app-settings/",
        "/placement",
        "/placement/",
    ] {
        router = router.route(path, door(post(open::receive)));
    }
    router
}

/// Reads the call of a page.
fn call_of(query: Option<&str>, body: &[u8]) -> Option<AppCall> {
    let query = form_tree(query.unwrap_or_default().as_bytes()).ok()?;
    let form = form_tree(body).ok()?;
    AppCall::of_page(&query, &form)
}
