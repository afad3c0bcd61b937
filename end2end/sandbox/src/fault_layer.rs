//! The layer that plays the switches on every call to a pretend service.

use crate::faults::{Body as Kind, Fate, Target};
use crate::listen::{hang_up, reset};
use crate::state::Shared;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::stream;
use http::{HeaderValue, StatusCode, header};
use serde_json::json;
use std::time::Duration;

/// Who is called: the switches' name, and the portal where it is one.
#[derive(Clone)]
pub struct Called {
    pub target: Target,
    pub member: String,
}

impl Called {
    /// Somebody who is no portal.
    pub fn target(target: Target) -> Self {
        Self {
            target,
            member: String::new(),
        }
    }
}

/// Counts a call that its caller left before it was answered.
struct Left<'a> {
    shared: &'a Shared,
    name: &'static str,
    answered: bool,
}

impl Drop for Left<'_> {
    fn drop(&mut self) {
        if !self.answered {
            let count = format!("{}.caller left", self.name);
            self.shared.journal(|journal| journal.count(&count));
        }
    }
}

/// Does what the switches say; counts calls whose caller went away.
pub async fn play(
    State((shared, called)): State<(Shared, Called)>,
    request: Request,
    next: Next,
) -> Response {
    let mut left = Left {
        shared: &shared,
        name: name(called.target),
        answered: false,
    };
    let response = answer(&shared, &called, request, next).await;
    left.answered = true;
    response
}

/// Waits, fails, loses or garbles as the switches say; otherwise lets the call through.
async fn answer(shared: &Shared, called: &Called, request: Request, next: Next) -> Response {
    let target = called.target;
    let path = request.uri().path().to_string();
    let (latency, fate) = shared.faults(|faults| faults.fate(target, &called.member, &path));
    if latency > 0 {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    let name = name(target);
    let note = |verdict: &'static str, status: u16| {
        shared.journal(|journal| {
            journal.write(name, path.clone(), status, verdict, "", Vec::new());
        });
    };
    match fate {
        Fate::Fine => next.run(request).await,
        Fate::Late(pause) => {
            let response = next.run(request).await;
            tokio::time::sleep(Duration::from_millis(pause)).await;
            response
        }
        Fate::Down => {
            note("down", 0);
            hang_up()
        }
        Fate::Fail(status, kind, after) => {
            note("failed on purpose", status);
            let mut response = failure(target, status, kind);
            if after > 0 {
                let after = HeaderValue::from(after);
                response.headers_mut().insert(header::RETRY_AFTER, after);
            }
            response
        }
        Fate::Reset => {
            note("connection reset", 0);
            reset()
        }
        Fate::Lose => {
            let _ = next.run(request).await;
            note("answer lost", 0);
            hang_up()
        }
        Fate::Garble => {
            let response = next.run(request).await;
            note("answer garbled", response.status().as_u16());
            garble(response).await
        }
        Fate::Cut => {
            let response = next.run(request).await;
            note("answer cut", response.status().as_u16());
            cut(response).await
        }
    }
}

/// The name a target has in the log.
pub fn name(target: Target) -> &'static str {
    match target {
        Target::Graph => "graph",
        Target::Portal => "portal",
        Target::Oauth => "oauth",
    }
}

async fn garble(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 32 << 20)
        .await
        .unwrap_or_default();
    let mut parts = parts;
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes.slice(..bytes.len() / 2)))
}

/// Half of the bytes that are announced, then the end of the connection.
async fn cut(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 32 << 20)
        .await
        .unwrap_or_default();
    let length = HeaderValue::from(bytes.len());
    parts.headers.insert(header::CONTENT_LENGTH, length);
    let half = bytes.slice(..bytes.len() / 2);
    let end = std::io::Error::other("the sandbox hung up in the middle");
    Response::from_parts(parts, Body::from_stream(stream::iter([Ok(half), Err(end)])))
}

fn failure(target: Target, status: u16, kind: Kind) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match kind {
        Kind::Own => match target {
            Target::Graph => graph(status, false),
            Target::Portal | Target::Oauth => bitrix(status, false),
        },
        Kind::Limit => match target {
            Target::Graph => graph(status, true),
            Target::Portal | Target::Oauth => bitrix(status, true),
        },
        Kind::Graph => graph(status, false),
        Kind::Bitrix => bitrix(status, false),
        Kind::Html => (
            status,
            [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
            format!("<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center><hr><center>nginx</center></body></html>"),
        )
            .into_response(),
        Kind::Empty => status.into_response(),
    }
}

fn graph(status: StatusCode, limit: bool) -> Response {
    let (message, code, details, transient) = if limit {
        (
            "(#130429) Rate limit hit",
            130_429,
            "Cloud API message throughput has been reached.",
            false,
        )
    } else if status == StatusCode::SERVICE_UNAVAILABLE {
        (
            "(#2) Service temporarily unavailable",
            2,
            "Please retry your request later.",
            true,
        )
    } else if status == StatusCode::UNAUTHORIZED {
        (
            "Error validating access token: Session has expired",
            190,
            "",
            false,
        )
    } else {
        (
            "(#131000) Something went wrong",
            131_000,
            "Message failed to send due to an unknown error.",
            true,
        )
    };
    let body = json!({ "error": {
        "message": message, "type": "OAuthException", "code": code,
        "error_data": { "messaging_product": "whatsapp", "details": details },
        "is_transient": transient,
        "fbtrace_id": crate::graph::trace_id(),
    }});
    (status, axum::Json(body)).into_response()
}

fn bitrix(status: StatusCode, limit: bool) -> Response {
    let (code, text) = match (limit, status) {
        (true, StatusCode::TOO_MANY_REQUESTS) => (
            "OPERATION_TIME_LIMIT",
            "Method is blocked due to operation time limit.",
        ),
        (true, _) | (false, StatusCode::SERVICE_UNAVAILABLE) => {
            ("QUERY_LIMIT_EXCEEDED", "Too many requests")
        }
        (false, StatusCode::UNAUTHORIZED) => {
            ("expired_token", "The access token provided has expired.")
        }
        (false, _) => ("INTERNAL_SERVER_ERROR", "Internal server error"),
    };
    (
        status,
        axum::Json(json!({ "error": code, "error_description": text })),
    )
        .into_response()
}
