//! Load: many messages both ways at a steady pace. Every text carries its conversation and its number.

use super::customers::{peer, write_down};
use super::{Answer, ok};
use crate::operator;
use crate::setup::CustomerSetup;
use crate::state::Shared;
use crate::webhook::{self, Then};
use crate::words::now;
use axum::Router;
use axum::extract::{Json, State};
use axum::routing::post;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/api/load", post(load))
}

/// What to produce. Texts are `{prefix} in c{conversation} #{number}` and `{prefix} out c.. #..`.
#[derive(Deserialize, Clone)]
#[serde(default, deny_unknown_fields)]
struct Load {
    inbound: usize,
    outbound: usize,
    conversations: usize,
    /// Messages a second, for each direction.
    per_second: f64,
    prefix: String,
    /// The business number; the first where none is given.
    phone_id: String,
    /// The portal, line and connector of the outbound chats; the first where none is given.
    portal: String,
    line: i64,
    connector: String,
}

impl Default for Load {
    fn default() -> Self {
        Self {
            inbound: 0,
            outbound: 0,
            conversations: 20,
            per_second: 200.0,
            prefix: "load".to_string(),
            phone_id: String::new(),
            portal: String::new(),
            line: 1,
            connector: String::new(),
        }
    }
}

/// Starts the load and answers at once; `/api/stats` tells how far it is.
async fn load(State(shared): State<Shared>, Json(mut load): Json<Load>) -> Answer {
    load.conversations = load.conversations.max(1);
    let conversations = load.conversations;
    shared.world(|world| {
        if load.phone_id.is_empty() {
            load.phone_id = world
                .phones
                .first()
                .map(|phone| phone.id.clone())
                .unwrap_or_default();
        }
        if load.portal.is_empty() {
            load.portal = world
                .portals
                .first()
                .map(|portal| portal.member_id.clone())
                .unwrap_or_default();
        }
        if load.connector.is_empty() {
            let portal = world
                .portals
                .iter()
                .find(|portal| portal.member_id == load.portal);
            load.connector = portal
                .and_then(|portal| portal.connectors.keys().next().cloned())
                .unwrap_or_default();
        }
        for index in 0..conversations {
            let id = customer(index);
            if !world.customers.contains_key(&id) {
                world.customer_add(&CustomerSetup {
                    id,
                    name: format!("Load {}", letters(index)),
                    number: Some(format!("7999{index:07}")),
                    user_id: None,
                });
            }
        }
    });
    tokio::spawn(inbound(shared.clone(), load.clone()));
    tokio::spawn(outbound(shared.clone(), load.clone()));
    let ids: Vec<String> = (0..conversations).map(customer).collect();
    ok(json!({ "customers": ids, "phone_id": load.phone_id, "portal": load.portal }))
}

fn customer(index: usize) -> String {
    format!("load-{index}")
}

/// A name of letters only, as the portal wants names.
fn letters(index: usize) -> String {
    let mut rest = index;
    let mut out = String::new();
    loop {
        let letter = char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default());
        out.insert(0, letter);
        rest /= 26;
        if rest == 0 {
            return out;
        }
    }
}

/// Waits until message number `index` is due, counted from the start so that no drift adds up.
async fn due(start: tokio::time::Instant, index: usize, per_second: f64) {
    if per_second > 0.0 {
        let at = start + Duration::from_secs_f64(index as f64 / per_second);
        tokio::time::sleep_until(at).await;
    }
}

async fn inbound(shared: Shared, load: Load) {
    let start = tokio::time::Instant::now();
    for index in 0..load.inbound {
        due(start, index, load.per_second).await;
        let conversation = index % load.conversations;
        let id = customer(conversation);
        let text = format!(
            "{} in c{conversation} #{}",
            load.prefix,
            index / load.conversations
        );
        let content = json!({ "type": "text", "text": { "body": text } });
        let Ok((wamid, body)) = write_down(&shared, &id, &load.phone_id, &content, None) else {
            return;
        };
        let then = Then::CustomerMessages {
            customer: id.clone(),
            phone_id: load.phone_id.clone(),
            wamids: vec![wamid],
        };
        webhook::queue(
            &shared,
            &load.phone_id,
            &peer(&shared, &id),
            body,
            "load".to_string(),
            Some(then),
        );
    }
    shared.journal(|journal| journal.count("load.inbound_done"));
}

async fn outbound(shared: Shared, load: Load) {
    if load.outbound == 0 {
        return;
    }
    let chats: Vec<i64> = (0..load.conversations)
        .filter_map(|index| chat(&shared, &load, index))
        .collect();
    let start = tokio::time::Instant::now();
    for index in 0..load.outbound {
        due(start, index, load.per_second).await;
        let conversation = index % load.conversations;
        let Some(chat) = chats.get(conversation) else {
            return;
        };
        let text = format!(
            "{} out c{conversation} #{}",
            load.prefix,
            index / load.conversations
        );
        if operator::answer(&shared, &load.portal, *chat, &[text]).is_err() {
            return;
        }
    }
    shared.journal(|journal| journal.count("load.outbound_done"));
}

/// The chat of a load customer, opened where it is not there, with an open window at Meta.
fn chat(shared: &Shared, load: &Load, index: usize) -> Option<i64> {
    let id = customer(index);
    shared.world(|world| {
        world.talk_mut(&id, &load.phone_id).window_until = now() + 24 * 3600;
        let person = world.customers.get(&id)?;
        let external = person
            .number
            .as_ref()
            .map_or_else(|| person.user_id.clone(), |number| format!("+{number}"));
        let name = person.name.clone();
        let portal = world.portal_mut(&load.portal)?;
        Some(
            portal
                .chat_open(&load.connector, load.line, &external, &external, &name)
                .id,
        )
    })
}
