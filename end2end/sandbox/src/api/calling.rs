//! Calling of a number as Meta sees it: what it is set to, and what Meta puts on it.

use super::{Answer, Mistake, done, ok};
use crate::graph::settings_announce;
use crate::state::Shared;
use crate::words::now;
use crate::world::SipServer;
use axum::Router;
use axum::extract::{Json, Path, State};
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/calling", get(list))
        .route("/api/calling/{phone_id}", get(one).post(change))
}

/// The setting of every number by its id, with all passwords.
async fn list(State(shared): State<Shared>) -> Answer {
    ok(shared.world(|world| {
        let all = world.phones.iter().map(|phone| {
            let mut out = phone.calling.shown(None);
            if let Some(map) = out.as_object_mut() {
                map.insert("limit".to_string(), json!(phone.limit));
                map.insert("passwords".to_string(), json!(phone.calling.passwords));
            }
            (phone.id.clone(), out)
        });
        Value::Object(all.collect())
    }))
}

async fn one(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    let found = shared.world(|world| world.phone(&id).map(|it| it.calling.shown(None)));
    ok(found.ok_or_else(|| Mistake::missing("number"))?)
}

#[derive(Deserialize)]
struct Change {
    on: Option<bool>,
    icon: Option<String>,
    sip: Option<bool>,
    callback: Option<bool>,
    srtp: Option<String>,
    webhooks: Option<bool>,
    /// TIER_250, TIER_2K, ..
    limit: Option<String>,
    /// A restriction for so many days; an empty kind lifts all of them.
    restriction: Option<Restriction>,
    /// The server of another app.
    server: Option<Server>,
    /// The app whose server goes.
    server_gone: Option<String>,
}

#[derive(Deserialize)]
struct Restriction {
    kind: String,
    #[serde(default)]
    reason: String,
    days: Option<i64>,
}

#[derive(Deserialize)]
struct Server {
    app: String,
    hostname: String,
    port: u16,
}

/// Changes a number behind THOTH's back; Meta announces it.
async fn change(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Change>,
) -> Answer {
    let found = shared.world(|world| {
        let phone = world.phone_mut(&id)?;
        if let Some(limit) = input.limit {
            phone.limit = limit;
        }
        let calling = &mut phone.calling;
        calling.on = input.on.unwrap_or(calling.on);
        calling.sip = input.sip.unwrap_or(calling.sip);
        calling.callback = input.callback.unwrap_or(calling.callback);
        calling.srtp = input.srtp.or(calling.srtp.take());
        calling.webhooks = input.webhooks.or(calling.webhooks);
        if let Some(icon) = input.icon {
            calling.icon = icon;
        }
        if let Some(server) = input.server {
            calling.server_set(SipServer {
                app: server.app,
                hostname: server.hostname,
                port: server.port,
                params: Map::new(),
            });
        }
        if let Some(app) = input.server_gone {
            calling.server_clear(&app);
        }
        if let Some(it) = input.restriction {
            if it.kind.is_empty() {
                calling.restrictions.clear();
            } else {
                let until = now() + it.days.unwrap_or(7) * 86_400;
                let entry = json!({ "type": it.kind, "reason": it.reason, "expiration": until });
                calling.restrictions.push(entry);
            }
        }
        Some(())
    });
    found.ok_or_else(|| Mistake::missing("number"))?;
    settings_announce(&shared, &id);
    shared.tell(json!({ "topic": "apps" }));
    done()
}
