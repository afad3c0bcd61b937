//! The layer that plays the switches on every call to a pretend service.

use crate::faults::{Body as Kind, Fate, Target};
use crate::listen::hang_up;
use crate::state::Shared;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde_json::json;
use std::time::Duration;

/// Waits, fails, loses or garbles as the switches say; otherwise lets the call through.
pub async fn play(
    State((shared, target)): State<(Shared, Target)>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_string();
    let (latency, fate) = shared.faults(|faults| faults.fate(target, &path));
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
        Fate::Fail(status, kind) => {
            note("failed on purpose", status);
            failure(target, status, kind)
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
