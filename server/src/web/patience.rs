//! A page that does not come is asked for once more.
//!
//! Pages only read, and no remote is asked for longer than a few seconds. Still the rendering of a page has been seen
//! to wait for itself (about once in a thousand when several runtimes share a process; Leptos knows of such races).
//! Nobody shall look at an empty window for that.

use super::problem::ApiProblem;
use app::model::ProblemCode;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// Longer than a page waits for a remote.
const PATIENCE: Duration = Duration::from_secs(10);

/// Renders a page, and renders it again when it does not come. Everything else passes.
pub(super) async fn once_more(request: Request, next: Next) -> Response {
    asked(PATIENCE, request, next).await
}

async fn asked(patience: Duration, request: Request, next: Next) -> Response {
    if !is_page(&request) {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    for again in [false, true] {
        let request = Request::from_parts(parts.clone(), Body::empty());
        match tokio::time::timeout(patience, next.clone().run(request)).await {
            Ok(response) => return response,
            Err(_) => {
                metrics::counter!(crate::telemetry::name::PAGES_LATE).increment(1);
                tracing::warn!(again, "A page did not come");
            }
        }
    }
    ApiProblem(ProblemCode::Internal).into_response()
}

/// Whether it asks for a page of the panel, which may be asked for as often as one likes.
fn is_page(request: &Request) -> bool {
    let accepts_html = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let path = request.uri().path();
    request.method() == Method::GET && accepts_html && !path.starts_with("/connect/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::routing::get;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use tower::ServiceExt;

    const SHORT: Duration = Duration::from_millis(50);

    /// Asks for a page that never comes the first `late` times; answers how often it was asked and the status.
    async fn ask(path: &str, late: u32) -> (u32, Option<u16>) {
        let count = Arc::new(AtomicU32::new(0));
        let counter = count.clone();
        let page = move || async move {
            if counter.fetch_add(1, Ordering::SeqCst) < late {
                std::future::pending::<()>().await;
            }
            "here"
        };
        let short = |request, next| asked(SHORT, request, next);
        let router = Router::new()
            .fallback(get(page))
            .layer(axum::middleware::from_fn(short));
        let request = Request::get(path).header(header::ACCEPT, "text/html");
        let answer = router.oneshot(request.body(Body::empty()).unwrap());
        let answer = tokio::time::timeout(SHORT * 20, answer).await;
        let status = answer.ok().map(|answer| answer.unwrap().status().as_u16());
        (count.load(Ordering::SeqCst), status)
    }

    #[tokio::test]
    async fn a_page_is_rendered_twice_at_most_and_nothing_else_is() {
        assert_eq!(ask("/phones", 0).await, (1, Some(200)));
        assert_eq!(ask("/phones", 1).await, (2, Some(200)));
        assert_eq!(ask("/phones", 9).await, (2, Some(500)));
        assert_eq!(ask("/connect/facebook/callback", 1).await, (1, None));
    }
}
