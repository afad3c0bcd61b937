//! The switches.

use super::{Answer, done, ok};
use crate::state::Shared;
use axum::Router;
use axum::extract::{Json, State};
use axum::routing::{get, post};
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/faults", get(read).post(merge))
        .route("/api/faults/clear", post(clear))
        .route("/api/behaviour", get(behaviour).post(behave))
}

async fn read(State(shared): State<Shared>) -> Answer {
    ok(shared.faults(|faults| json!(faults)))
}

async fn merge(State(shared): State<Shared>, Json(change): Json<Value>) -> Answer {
    shared.faults(|faults| faults.merge(change))?;
    shared.lanes.wake.notify_waiters();
    shared.tell(json!({ "topic": "faults" }));
    read(State(shared)).await
}

async fn clear(State(shared): State<Shared>) -> Answer {
    shared.faults(|faults| *faults = crate::faults::Faults::default());
    shared.lanes.wake.notify_waiters();
    shared.tell(json!({ "topic": "faults" }));
    done()
}

async fn behaviour(State(shared): State<Shared>) -> Answer {
    ok(shared.world(|world| json!(world.behaviour)))
}

async fn behave(State(shared): State<Shared>, Json(change): Json<Value>) -> Answer {
    let changed = shared.world(|world| {
        let mut whole = json!(world.behaviour);
        if let (Some(whole), Some(change)) = (whole.as_object_mut(), change.as_object()) {
            whole.extend(change.clone());
        }
        world.behaviour = serde_json::from_value(whole).map_err(|error| error.to_string())?;
        Ok::<_, String>(json!(world.behaviour))
    });
    ok(changed?)
}
