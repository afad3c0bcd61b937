//! The pages a person opens, and which router listens on which port.

use crate::state::Shared;
use crate::{api, graph, portal};
use axum::Router;

/// The main port: pages, control API, Graph.
pub fn main_router(shared: &Shared) -> Router {
    Router::new()
        .merge(graph::router(shared))
        .merge(api::router(shared))
}

/// A portal's port: its REST, and the operator's window at the root.
pub fn portal_router(shared: &Shared, member_id: &str) -> Router {
    Router::new()
        .merge(portal::router(shared, member_id))
        .merge(api::router(shared))
}
