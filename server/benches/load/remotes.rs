//! Bitrix24 and Meta, as quick or as slow as they are told to be. They count what comes and see to its order.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{any, post};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How the portal and Graph answer.
#[derive(Clone, Copy, Default)]
pub struct Manner {
    /// How long they think.
    pub delay: Duration,
    /// The portal's bucket: how deep, and how much drains in a second. Beyond it answers 503.
    pub bucket: Option<(f64, f64)>,
}

/// What has come so far.
#[derive(Default)]
pub struct Seen {
    /// Messages the portal took.
    pub inbound: u64,
    /// Messages Graph took.
    pub outbound: u64,
    /// Calls of the portal.
    pub calls: u64,
    /// Calls it refused for being too fast.
    pub refused: u64,
    /// Messages that came twice or before an earlier one of their conversation.
    pub disordered: u64,
    /// When each message came, by its number; kept while `watch` is on.
    pub arrivals: HashMap<u64, Instant>,
    /// Whether arrivals are kept.
    pub watch: bool,
    last: HashMap<String, u64>,
    level: f64,
    level_at: Option<Instant>,
}

/// The remotes' memory. Cheap to clone.
#[derive(Clone, Default)]
pub struct Remotes {
    manner: Arc<Mutex<Manner>>,
    seen: Arc<Mutex<Seen>>,
}

impl Remotes {
    /// Serves them on a free port, which is the answer.
    pub async fn serve(&self) -> anyhow::Result<u16> {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let router = Router::new()
            .route("/rest/{method}", post(portal))
            .route("/{version}/{phone}/messages", post(graph))
            .fallback(any(async || axum::Json(json!({"data": []}))))
            .with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(port)
    }

    /// From now on they answer so, and have seen nothing.
    pub fn behave(&self, manner: Manner) {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
        *self.seen() = Seen::default();
    }

    /// What has come so far.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn manner(&self) -> Manner {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    /// A message of a conversation came; both its text and its id end in its number.
    fn note(&mut self, conversation: &str, number: u64) {
        let last = self.last.insert(conversation.to_owned(), number);
        if last.is_some_and(|last| last >= number) {
            self.disordered += 1;
        }
        if self.watch {
            self.arrivals.insert(number, Instant::now());
        }
    }

    fn is_full(&mut self, (depth, drain): (f64, f64)) -> bool {
        let now = Instant::now();
        let idle = self.level_at.map_or(0.0, |at| (now - at).as_secs_f64());
        self.level = (self.level - idle * drain).max(0.0);
        self.level_at = Some(now);
        let full = self.level + 1.0 > depth;
        if !full {
            self.level += 1.0;
        }
        full
    }
}

async fn portal(
    State(remotes): State<Remotes>,
    Path(method): Path<String>,
    body: Bytes,
) -> (StatusCode, axum::Json<Value>) {
    let manner = remotes.manner();
    {
        let mut seen = remotes.seen();
        seen.calls += 1;
        if manner.bucket.is_some_and(|bucket| seen.is_full(bucket)) {
            seen.refused += 1;
            let error =
                json!({"error": "QUERY_LIMIT_EXCEEDED", "error_description": "Too many requests"});
            return (StatusCode::SERVICE_UNAVAILABLE, axum::Json(error));
        }
    }
    if !manner.delay.is_zero() {
        tokio::time::sleep(manner.delay).await;
    }
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let result = match method.trim_end_matches(".json") {
        "imconnector.send.messages" => take(&remotes, &asked),
        "imconnector.status" => {
            json!({"LINE": 1, "CONNECTOR": "thoth_whatsapp", "ERROR": false, "CONFIGURED": true, "STATUS": true})
        }
        _ => json!(true),
    };
    let time = json!({"start": 0.0, "finish": 0.0, "duration": 0.01, "processing": 0.01, "operating": 0.01});
    (
        StatusCode::OK,
        axum::Json(json!({"result": result, "time": time})),
    )
}

fn take(remotes: &Remotes, asked: &Value) -> Value {
    let text = |item: &Value, at: &str| {
        item.pointer(at)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let items = asked.get("MESSAGES").and_then(Value::as_array);
    let mut seen = remotes.seen();
    let results: Vec<Value> = items
        .into_iter()
        .flatten()
        .map(|item| {
            let (id, chat) = (text(item, "/message/id"), text(item, "/chat/id"));
            let number = id.rsplit('.').next().and_then(|number| number.parse().ok());
            seen.inbound += 1;
            seen.note(&chat, number.unwrap_or_default());
            json!({
                "user": "1001",
                "message": {"id": id},
                "chat": {"id": chat, "name": ""},
                "SUCCESS": true,
                "session": {"ID": "1", "CHAT_ID": "2001"},
            })
        })
        .collect();
    json!({"SUCCESS": true, "DATA": {"RESULT": results}})
}

async fn graph(State(remotes): State<Remotes>, body: Bytes) -> axum::Json<Value> {
    let delay = remotes.manner().delay;
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let text = |at: &str| {
        asked
            .pointer(at)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let number = text("/text/body").rsplit(' ').next();
    let number = number.and_then(|number| number.parse().ok());
    let mut seen = remotes.seen();
    seen.outbound += 1;
    seen.note(text("/to"), number.unwrap_or_default());
    let id = format!("wamid.out.{}", seen.outbound);
    axum::Json(json!({
        "messaging_product": "whatsapp",
        "contacts": [{"input": text("/to"), "wa_id": text("/to")}],
        "messages": [{"id": id}],
    }))
}
