//! The portal side as it stands: chats and what is in them.

use super::{Answer, ok};
use crate::state::Shared;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/chats", get(chats))
        .route("/api/portals", get(portals))
}

#[derive(Deserialize)]
struct Filter {
    portal: Option<String>,
    chat: Option<i64>,
    /// Only the last message of each chat.
    #[serde(default)]
    brief: u8,
}

async fn chats(State(shared): State<Shared>, Query(filter): Query<Filter>) -> Answer {
    let list: Vec<Value> = shared.world(|world| {
        let portals = world.portals.iter().filter(|portal| {
            filter
                .portal
                .as_ref()
                .is_none_or(|id| *id == portal.member_id)
        });
        portals
            .flat_map(|portal| portal.chats.values().map(move |chat| (portal, chat)))
            .filter(|(_, chat)| filter.chat.is_none_or(|id| id == chat.id))
            .map(|(portal, chat)| {
                let mut out = json!(chat);
                if let Some(map) = out.as_object_mut() {
                    map.insert("portal".to_string(), json!(portal.member_id));
                    if filter.brief > 0 {
                        map.insert("count".to_string(), json!(chat.messages.len()));
                        map.insert(
                            "messages".to_string(),
                            json!(chat.messages.last().into_iter().collect::<Vec<_>>()),
                        );
                    }
                }
                out
            })
            .collect()
    });
    ok(json!(list))
}

/// Portals with their lines and channels.
async fn portals(State(shared): State<Shared>) -> Answer {
    let list: Vec<Value> = shared.world(|world| {
        let portals = world.portals.iter();
        portals
            .map(|portal| {
                let lines: Vec<Value> = portal
                    .lines
                    .values()
                    .map(|line| {
                        let channels: Vec<Value> = portal
                            .connectors
                            .iter()
                            .filter_map(|(id, connector)| {
                                let channel = connector.channels.get(&line.id)?;
                                Some(json!({
                                    "connector": id,
                                    "name": connector.name,
                                    "active": channel.active,
                                    "configured": channel.data.is_some(),
                                }))
                            })
                            .collect();
                        json!({ "id": line.id, "name": line.name(), "active": line.active(), "channels": channels })
                    })
                    .collect();
                let bound: Vec<Value> = portal.bound.iter().map(|bound| json!({ "event": bound.event, "handler": bound.handler })).collect();
                json!({
                    "member_id": portal.member_id,
                    "name": portal.name,
                    "domain": portal.domain,
                    "old_domains": portal.old_domains,
                    "installed": portal.apps.iter().any(|app| app.installed),
                    "apps": portal.apps,
                    "operator": portal.operator(),
                    "handler_url": portal.apps.first().map(|app| &app.events_url),
                    "bound": bound,
                    "lines": lines,
                })
            })
            .collect()
    });
    ok(json!(list))
}
