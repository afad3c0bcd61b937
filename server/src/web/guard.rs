//! What stands around the panel: against forms of other sites, foreign scripts, frames,
//! guessing and oversized bodies.

use super::problem::ApiProblem;
use crate::config::Config;
use app::model::ProblemCode;
use axum::http::{HeaderName, HeaderValue, Response, header};
use axum::response::IntoResponse;
use leptos::nonce::use_nonce;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::any::Any;
use tower_http::catch_panic::ResponseForPanic;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// The most a body for the panel may weigh: it is forms and questions.
pub(super) const BODY_LIMIT: usize = 64 * 1024;

/// Refuses changes asked for by other sites.
pub(super) fn csrf(config: &Config) -> CsrfLayer {
    let origin = config.public_url.origin().ascii_serialization();
    // A proxy may rewrite the host; the public address is ours however the request came.
    CsrfLayer::new()
        .add_trusted_origin(&origin)
        .unwrap_or_else(|error| {
            tracing::warn!(%error, "The public address is no origin a browser can name");
            CsrfLayer::new()
        })
}

/// A header for every answer that does not have it.
pub(super) fn header_layer(
    name: HeaderName,
    value: &'static str,
) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// Headers that every answer of the panel carries.
pub(super) const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Tells the browser to come by https only, where we are reached so.
pub(super) fn transport(config: &Config) -> Option<SetResponseHeaderLayer<HeaderValue>> {
    (config.public_url.scheme() == "https")
        .then(|| header_layer(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"))
}

/// Gives the page that leptos is making its content security policy: only scripts of this
/// site, and inline ones that carry the page's nonce. `ancestor` is the portal that shows the page in a frame.
pub(super) fn protect_page(ancestor: Option<&str>) {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    let ancestor = ancestor.map_or_else(String::new, |origin| format!(" {origin}"));
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'self'{ancestor}; object-src 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// A bug is an answer with status 500, not a broken connection.
#[derive(Clone, Copy)]
pub(super) struct Panicked;

impl ResponseForPanic for Panicked {
    type ResponseBody = axum::body::Body;

    fn response_for_panic(&mut self, cause: Box<dyn Any + Send>) -> Response<Self::ResponseBody> {
        let words = cause
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| cause.downcast_ref::<&str>().copied())
            .unwrap_or("no words");
        tracing::error!(words, "A request panicked");
        ApiProblem(ProblemCode::Internal).into_response()
    }
}
