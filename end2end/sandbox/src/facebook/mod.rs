//! Facebook's login dialog under `/facebook/`, as a person sees it.
//!
//! `ask` reads what the app wants and refuses what Facebook refuses; `page` draws the consent; `answer` gives the
//! code, or says that the person said no.

mod answer;
mod ask;
mod page;

use crate::state::Shared;
use axum::Router;
use axum::routing::get;

/// `/facebook/{version}/dialog/oauth`
pub fn router(shared: &Shared) -> Router {
    Router::new()
        .route(
            "/facebook/{version}/dialog/oauth",
            get(page::show).post(answer::take),
        )
        .with_state(shared.clone())
}
