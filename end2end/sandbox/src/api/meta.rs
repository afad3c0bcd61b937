//! Meta's app dashboard, by API: the callback, its check, the subscription.

use super::{Answer, Mistake, done, ok};
use crate::state::Shared;
use crate::webhook::handshake;
use axum::Router;
use axum::extract::{Json, Path, State};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/apps", get(list))
        .route("/api/apps/{id}/callback", post(callback))
        .route("/api/wabas/{id}/subscribed", post(subscribed))
}

async fn list(State(shared): State<Shared>) -> Answer {
    let apps: Vec<Value> = shared.world(|world| {
        let apps = world.apps.iter();
        apps.map(|app| {
            let wabas: Vec<Value> = world
                .wabas
                .iter()
                .filter(|waba| waba.app == app.id)
                .map(|waba| {
                    let phones: Vec<Value> = world
                        .phones
                        .iter()
                        .filter(|phone| phone.waba == waba.id)
                        .map(|phone| json!({ "id": phone.id, "number": phone.number, "name": phone.name }))
                        .collect();
                    json!({ "id": waba.id, "name": waba.name, "subscribed": waba.subscribed, "phones": phones })
                })
                .collect();
            json!({
                "id": app.id,
                "name": app.name,
                "callback_url": app.callback_url,
                "verify_token": app.verify_token,
                "wabas": wabas,
            })
        })
        .collect()
    });
    ok(json!(apps))
}

#[derive(Deserialize)]
struct Callback {
    callback_url: String,
    #[serde(default)]
    verify_token: String,
    /// Makes the handshake and saves only when it succeeds; as the button does.
    #[serde(default)]
    verify: bool,
}

async fn callback(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Callback>,
) -> Answer {
    if shared.world(|world| world.app(&id).is_none()) {
        return Err(Mistake::missing("app"));
    }
    if input.verify
        && let Err(words) = handshake(&shared, &input.callback_url, &input.verify_token).await
    {
        let message = format!("The callback URL or verify token could not be validated. {words}");
        return ok(json!({ "saved": false, "message": message }));
    }
    shared.world(|world| {
        if let Some(app) = world.apps.iter_mut().find(|app| app.id == id) {
            app.callback_url = input.callback_url;
            app.verify_token = input.verify_token;
        }
    });
    shared.lanes.wake.notify_waiters();
    shared.tell(json!({ "topic": "apps" }));
    let message = if input.verify {
        "Verified and saved: the callback answered the challenge."
    } else {
        "Saved without a check."
    };
    ok(json!({ "saved": true, "message": message }))
}

#[derive(Deserialize)]
struct Subscribed {
    subscribed: bool,
}

async fn subscribed(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Subscribed>,
) -> Answer {
    let found = shared.world(|world| {
        world.waba_mut(&id)?.subscribed = input.subscribed;
        Some(())
    });
    found.ok_or_else(|| Mistake::missing("WABA"))?;
    shared.tell(json!({ "topic": "apps" }));
    done()
}
