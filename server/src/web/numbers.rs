//! `/metrics`, for a Prometheus on this machine.

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::net::SocketAddr;

use crate::state::AppState;
use crate::telemetry::numbers_text;

/// What proxies add to what they pass on; each has habits of its own.
const FORWARDED: [HeaderName; 6] = [
    header::FORWARDED,
    header::VIA,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-real-ip"),
];

/// `/metrics`. From elsewhere, or through a proxy, there is no such page.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/metrics", get(numbers))
}

async fn numbers(
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let local = peer.is_some_and(|axum::Extension(ConnectInfo(peer))| peer.ip().is_loopback());
    let forwarded = FORWARDED.iter().any(|name| headers.contains_key(name));
    if !local || forwarded {
        return StatusCode::NOT_FOUND.into_response();
    }
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4")],
        numbers_text(),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn asked(peer: &str, header: Option<&HeaderName>) -> StatusCode {
        let peer: SocketAddr = peer.parse().unwrap();
        let mut headers = HeaderMap::new();
        if let Some(name) = header {
            headers.insert(name, "anything".parse().unwrap());
        }
        let peer = axum::Extension(ConnectInfo(peer));
        numbers(Some(peer), headers).await.status()
    }

    #[tokio::test]
    async fn only_this_machine_reads_them_and_no_proxy_for_others() {
        assert_eq!(asked("127.0.0.1:5", None).await, StatusCode::OK);
        assert_eq!(asked("10.0.0.5:5", None).await, StatusCode::NOT_FOUND);
        for name in &FORWARDED {
            let status = asked("[::1]:5", Some(name)).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{name}");
        }
    }
}
