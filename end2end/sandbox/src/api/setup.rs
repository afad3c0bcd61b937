//! Replacing the world.

use super::{Answer, ok};
use crate::listen;
use crate::setup::Setup;
use crate::state::Shared;
use axum::Router;
use axum::extract::{Json, State};
use axum::routing::{get, post};
use serde_json::json;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/setup", get(read).post(replace))
        .route("/api/reset", post(reset))
        .route("/api/addresses", get(addresses))
}

async fn addresses(State(shared): State<Shared>) -> Answer {
    ok(json!(shared.addresses()))
}

/// The setup with the domains as they are now, and the addresses.
async fn read(State(shared): State<Shared>) -> Answer {
    let setup = json!(shared.setup());
    ok(json!({ "setup": setup, "addresses": shared.addresses() }))
}

async fn replace(State(shared): State<Shared>, Json(setup): Json<Setup>) -> Answer {
    shared.replace(setup);
    listen::portals_open(&shared)
        .await
        .map_err(|error| error.to_string())?;
    read(State(shared)).await
}

/// Builds the same world again; portals keep their ports.
async fn reset(State(shared): State<Shared>) -> Answer {
    let mut setup = shared.setup();
    let addresses = shared.addresses();
    for portal in &mut setup.portal {
        let now = addresses
            .portals
            .iter()
            .find(|it| it.member_id == portal.member_id);
        let port = now.and_then(|it| it.domain.rsplit(':').next()?.parse().ok());
        portal.port = port.unwrap_or(portal.port);
    }
    replace(State(shared), Json(setup)).await
}
