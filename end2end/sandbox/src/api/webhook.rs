//! Webhooks by hand: raw bytes, many messages in one, retry now.

use super::customers::{peer, write_down};
use super::{Answer, Mistake, done, ok};
use crate::state::Shared;
use crate::webhook::{self, Signed, Then, envelope};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Json, Query, State};
use axum::routing::post;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/webhook/send", post(send))
        .route("/api/webhook/batch", post(batch))
        .route("/api/webhook/retry", post(retry))
}

#[derive(Deserialize)]
struct How {
    #[serde(default)]
    app: String,
    #[serde(default)]
    signed: Signed,
}

/// Posts the body byte for byte to the app's callback, once, and tells what came back.
async fn send(State(shared): State<Shared>, Query(how): Query<How>, body: Bytes) -> Answer {
    let (status, text) = webhook::raw(&shared, &how.app, body.to_vec(), how.signed).await?;
    ok(json!({ "status": status, "body": text }))
}

/// In which of the three forms many messages share a POST.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Form {
    Entries,
    Changes,
    Messages,
}

#[derive(Deserialize)]
struct Item {
    customer: String,
    text: Option<String>,
    message: Option<Value>,
}

#[derive(Deserialize)]
struct Batch {
    form: Form,
    to_phone_id: String,
    items: Vec<Item>,
}

async fn batch(State(shared): State<Shared>, Json(input): Json<Batch>) -> Answer {
    let phone = input.to_phone_id.as_str();
    let mut pieces: Vec<(Value, Value)> = Vec::new();
    let mut wamids: Vec<(String, String)> = Vec::new();
    for item in &input.items {
        let content = match (&item.text, &item.message) {
            (Some(text), _) => json!({ "type": "text", "text": { "body": text } }),
            (None, Some(message)) => message.clone(),
            (None, None) => return Err("An item needs text or message.".to_string().into()),
        };
        let (wamid, body) = write_down(&shared, &item.customer, phone, &content, None)?;
        let take = |pointer: &str| body.pointer(pointer).cloned().unwrap_or_default();
        pieces.push((
            take("/entry/0/changes/0/value/contacts/0"),
            take("/entry/0/changes/0/value/messages/0"),
        ));
        wamids.push((item.customer.clone(), wamid));
    }
    let first = wamids
        .first()
        .map(|(customer, _)| customer.clone())
        .ok_or_else(|| Mistake::missing("item"))?;
    let body = shared
        .world(|world| shape(world, phone, input.form, pieces))
        .ok_or_else(|| Mistake::missing("phone id"))?;
    let ids: Vec<String> = wamids.iter().map(|(_, wamid)| wamid.clone()).collect();
    let own = wamids
        .iter()
        .filter(|(customer, _)| *customer == first)
        .map(|(_, wamid)| wamid.clone());
    let then = Then::CustomerMessages {
        customer: first.clone(),
        phone_id: phone.to_string(),
        wamids: own.collect(),
    };
    let label = format!("{} messages in one", ids.len());
    let delivery = webhook::queue(
        &shared,
        phone,
        &peer(&shared, &first),
        body,
        label,
        Some(then),
    );
    ok(json!({ "wamids": ids, "delivery": delivery }))
}

fn shape(
    world: &crate::world::World,
    phone: &str,
    form: Form,
    pieces: Vec<(Value, Value)>,
) -> Option<Value> {
    let value = |pairs: Vec<(Value, Value)>| {
        let mut contacts: Vec<Value> = Vec::new();
        let mut messages = Vec::new();
        for (contact, message) in pairs {
            if !contacts.contains(&contact) {
                contacts.push(contact);
            }
            messages.push(message);
        }
        envelope::value(world, phone, contacts, "messages", messages)
    };
    let entries = match form {
        Form::Messages => vec![envelope::entry(world, phone, vec![value(pieces)?])?],
        Form::Changes => {
            let values: Option<Vec<Value>> =
                pieces.into_iter().map(|pair| value(vec![pair])).collect();
            vec![envelope::entry(world, phone, values?)?]
        }
        Form::Entries => {
            let entries: Option<Vec<Value>> = pieces
                .into_iter()
                .map(|pair| envelope::entry(world, phone, vec![value(vec![pair])?]))
                .collect();
            entries?
        }
    };
    Some(envelope::whole(entries))
}

/// Whoever waits before a retry tries now.
async fn retry(State(shared): State<Shared>) -> Answer {
    shared.lanes.wake.notify_waiters();
    done()
}
