//! Customers: listing, making, changing, writing, reading.

use super::{Answer, Mistake, done, ok};
use crate::graph;
use crate::setup::CustomerSetup;
use crate::state::Shared;
use crate::webhook::{self, Then, envelope};
use crate::words::{new_wamid, now, random_hex, text_of};
use crate::world::{Author, TalkMessage, Tick};
use axum::Router;
use axum::extract::{Json, Path, Query, State};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

const WINDOW: i64 = 24 * 3600;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/customers", get(list).post(create))
        .route("/api/customers/{id}", post(change))
        .route("/api/customers/{id}/send", post(send))
        .route("/api/customers/{id}/read", post(read))
        .route("/api/customers/{id}/window", post(window))
        .route("/api/phone", get(phone))
}

async fn list(State(shared): State<Shared>) -> Answer {
    let customers = shared.world(|world| json!(world.customers.values().collect::<Vec<_>>()));
    ok(customers)
}

#[derive(Deserialize)]
struct New {
    #[serde(default)]
    id: Option<String>,
    name: String,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    user_id: Option<String>,
}

async fn create(State(shared): State<Shared>, Json(new): Json<New>) -> Answer {
    if new.name.trim().is_empty() {
        return Err("The name is missing.".to_string().into());
    }
    let id = new
        .id
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| format!("c{}", random_hex(4)));
    let setup = CustomerSetup {
        id: id.clone(),
        name: new.name,
        number: new.number,
        user_id: new.user_id,
    };
    let customer = shared.world(|world| {
        world.customer_add(&setup);
        json!(world.customers.get(&id))
    });
    shared.tell(json!({ "topic": "customers" }));
    ok(customer)
}

#[derive(Deserialize)]
struct Change {
    name: Option<String>,
    offline: Option<bool>,
    /// A code, or 0 to let messages through again.
    fails_with: Option<u32>,
}

async fn change(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(change): Json<Change>,
) -> Answer {
    let back = change.offline == Some(false);
    let customer = shared.world(|world| {
        let customer = world.customers.get_mut(&id)?;
        if let Some(name) = change.name {
            customer.name = name;
        }
        if let Some(offline) = change.offline {
            customer.offline = offline;
        }
        if let Some(code) = change.fails_with {
            customer.fails_with = (code > 0).then_some(code);
        }
        Some(json!(customer))
    });
    let customer = customer.ok_or_else(|| Mistake::missing("customer"))?;
    if back {
        graph::customer_back_online(&shared, &id);
    }
    shared.tell(json!({ "topic": "customers" }));
    ok(customer)
}

/// A message a customer writes: a text, or any message object with its `type`.
#[derive(Deserialize)]
pub(super) struct Write {
    to_phone_id: String,
    text: Option<String>,
    message: Option<Value>,
    /// The wamid to use, for tests of duplicates.
    wamid: Option<String>,
}

impl Write {
    /// A message object to this number.
    pub(super) fn message(to_phone_id: &str, message: Value) -> Self {
        Self {
            to_phone_id: to_phone_id.to_string(),
            text: None,
            message: Some(message),
            wamid: None,
        }
    }
}

async fn send(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Write>,
) -> Answer {
    write(&shared, &id, input)
}

/// Writes a message down and queues its webhook.
pub(super) fn write(shared: &Shared, id: &str, write: Write) -> Answer {
    let content = match (write.text, write.message) {
        (Some(text), None) => json!({ "type": "text", "text": { "body": text } }),
        (None, Some(message)) if message.is_object() => message,
        _ => return Err("Give either text or message.".to_string().into()),
    };
    let (wamid, body) = write_down(shared, id, &write.to_phone_id, &content, write.wamid)?;
    let peer = peer(shared, id);
    let kind = text_of(content.get("type")).unwrap_or_default();
    let then = Then::CustomerMessages {
        customer: id.to_string(),
        phone_id: write.to_phone_id.clone(),
        wamids: vec![wamid.clone()],
    };
    let label = format!("{kind} from {id}");
    let delivery = webhook::queue(shared, &write.to_phone_id, &peer, body, label, Some(then));
    shared.tell_talk(id, &write.to_phone_id);
    ok(json!({ "wamid": wamid, "delivery": delivery }))
}

/// What the customer is called on the wire; the key of their lane.
pub(super) fn peer(shared: &Shared, id: &str) -> String {
    shared
        .world(|world| {
            world
                .customers
                .get(id)
                .map(|customer| customer.peer().to_string())
        })
        .unwrap_or_default()
}

/// Puts a message into the talk, opens the window, and gives the webhook body for it.
pub(super) fn write_down(
    shared: &Shared,
    id: &str,
    phone_id: &str,
    content: &Value,
    wamid: Option<String>,
) -> Result<(String, Value), Mistake> {
    shared.world(|world| {
        let customer = world
            .customers
            .get(id)
            .cloned()
            .ok_or_else(|| Mistake::missing("customer"))?;
        if world.phone(phone_id).is_none() {
            return Err(Mistake::missing("phone id"));
        }
        let wamid = wamid.unwrap_or_else(|| new_wamid(customer.peer()));
        let at = now();
        let talk = world.talk_mut(id, phone_id);
        talk.window_until = at + WINDOW;
        talk.messages.push(TalkMessage {
            wamid: wamid.clone(),
            from: Author::Customer,
            kind: text_of(content.get("type")).unwrap_or_default(),
            text: seen(content),
            tick: Tick::Sent,
            at,
            opaque: None,
            error: None,
            quotes: text_of(content.pointer("/context/id")),
            shown: None,
            template: None,
        });
        let message = envelope::message(&customer, &wamid, at, content);
        let body = envelope::one(
            world,
            phone_id,
            Some(envelope::contact(&customer)),
            "messages",
            message,
        );
        Ok((wamid, body.unwrap_or_default()))
    })
}

/// What the customer sees of their own message.
fn seen(content: &Value) -> String {
    let kind = text_of(content.get("type")).unwrap_or_default();
    let part = content.get(&kind);
    let word = |key: &str| text_of(part.and_then(|part| part.get(key)));
    match kind.as_str() {
        "text" => word("body").unwrap_or_default(),
        "reaction" => word("emoji").unwrap_or_default(),
        "button" => word("text").unwrap_or_default(),
        "interactive" => part
            .and_then(pressed)
            .unwrap_or("[interactive]".to_string()),
        "location" => format!("[location] {}", word("name").unwrap_or_default())
            .trim()
            .to_string(),
        _ => format!("[{kind}] {}", word("caption").unwrap_or_default())
            .trim()
            .to_string(),
    }
}

/// What the customer chose.
fn pressed(part: &Value) -> Option<String> {
    let kind = text_of(part.get("type"))?;
    let own = part.get(&kind)?;
    match kind.as_str() {
        "button_reply" | "list_reply" => text_of(own.get("title")),
        "nfm_reply" => text_of(own.get("response_json")).map(|it| format!("[form] {it}")),
        "call_permission_reply" => {
            text_of(own.get("response")).map(|it| format!("[call permission] {it}"))
        }
        _ => None,
    }
}

#[derive(Deserialize)]
struct Where {
    phone_id: String,
    /// Seconds from now; 0 or less closes the window.
    seconds: Option<i64>,
}

async fn read(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(at): Json<Where>,
) -> Answer {
    let count = graph::customer_reads(&shared, &id, &at.phone_id);
    ok(json!({ "read": count }))
}

async fn window(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(at): Json<Where>,
) -> Answer {
    shared.world(|world| {
        world.talk_mut(&id, &at.phone_id).window_until = now() + at.seconds.unwrap_or(WINDOW);
    });
    shared.tell_talk(&id, &at.phone_id);
    done()
}

#[derive(Deserialize)]
struct Filter {
    customer: Option<String>,
    phone: Option<String>,
}

/// What each customer has on their telephone, in the order Meta took it.
async fn phone(State(shared): State<Shared>, Query(filter): Query<Filter>) -> Answer {
    let talks: Vec<Value> = shared.world(|world| {
        let chosen = world.talks.iter().filter(|((customer, phone), _)| {
            filter.customer.as_ref().is_none_or(|id| id == customer)
                && filter.phone.as_ref().is_none_or(|id| id == phone)
        });
        chosen
            .map(|((customer, phone), talk)| {
                let person = world.customers.get(customer);
                json!({
                    "customer": customer,
                    "name": person.map(|person| &person.name),
                    "number": person.and_then(|person| person.number.as_ref()),
                    "user_id": person.map(|person| &person.user_id),
                    "phone_id": phone,
                    "window_until": talk.window_until,
                    "window_open": talk.window_until > now(),
                    "messages": talk.messages,
                })
            })
            .collect()
    });
    ok(json!(talks))
}
