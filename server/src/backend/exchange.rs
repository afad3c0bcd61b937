//! The HTTP request that leptos is answering.

use app::backend::Exchange;
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tower_sessions::Session;

/// A request and the answer being made, as leptos keeps them in its context.
pub(super) struct HttpExchange {
    parts: Option<Parts>,
    response: Option<ResponseOptions>,
    origin: Option<url::Origin>,
}

impl HttpExchange {
    /// The one of this request.
    pub fn of_request() -> Self {
        Self {
            parts: use_context(),
            response: use_context(),
            origin: None,
        }
    }

    /// The one of a request that leptos does not answer.
    pub fn of_parts(parts: Parts) -> Self {
        Self {
            parts: Some(parts),
            response: None,
            origin: None,
        }
    }

    /// The same, which also knows the public address.
    pub fn at(mut self, public_url: &url::Url) -> Self {
        self.origin = Some(public_url.origin());
        self
    }

    /// The browser's session.
    pub fn session(&self) -> Option<Session> {
        self.parts.as_ref()?.extensions.get().cloned()
    }

    /// The key of a page in Bitrix24's frame: from its own path, or from that of the page which calls or sends a form.
    pub fn frame_key(&self) -> Option<String> {
        let own = self.parts.as_ref()?.uri.path();
        crate::web::frame_key(own).or_else(|| {
            let referer = url::Url::parse(&self.header("referer")?).ok()?;
            let host = self.header("host")?;
            let authority = match referer.port() {
                Some(port) => format!("{}:{port}", referer.host_str()?),
                None => referer.host_str()?.to_owned(),
            };
            let is_ours = authority == host || self.is_public(&referer);
            is_ours.then(|| crate::web::frame_key(referer.path()))?
        })
    }

    /// Behind a proxy the host may be another than the browser's; the public address is ours all the same.
    fn is_public(&self, referer: &url::Url) -> bool {
        self.origin
            .as_ref()
            .is_some_and(|origin| referer.origin() == *origin)
    }

    /// The id under which the log has this request.
    pub fn request_id(&self) -> Option<String> {
        self.header(crate::telemetry::REQUEST_ID.as_str())
    }

    /// Where the request came from. A proxy on the same machine is believed.
    pub fn address(&self) -> IpAddr {
        let peer = self
            .parts
            .as_ref()
            .and_then(|parts| parts.extensions.get::<ConnectInfo<SocketAddr>>())
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
        if !peer.is_loopback() {
            return peer;
        }
        self.header("x-forwarded-for")
            .and_then(|hops| hops.rsplit(',').next()?.trim().parse().ok())
            .unwrap_or(peer)
    }

    fn takes_html(&self) -> bool {
        self.header("accept")
            .is_some_and(|accept| accept.contains("text/html"))
    }
}

impl Exchange for HttpExchange {
    fn header(&self, name: &str) -> Option<String> {
        let value = self.parts.as_ref()?.headers.get(name)?;
        value.to_str().ok().map(str::to_owned)
    }

    fn status(&self, code: u16) {
        let posted = self
            .parts
            .as_ref()
            .is_some_and(|parts| parts.method == Method::POST);
        // A plain form goes back to its page, a page without a session goes to sign in:
        // both are redirects, which a status would undo.
        if self.takes_html() && (posted || code == StatusCode::UNAUTHORIZED.as_u16()) {
            return;
        }
        if let (Ok(code), Some(response)) = (StatusCode::from_u16(code), &self.response) {
            response.set_status(code);
        }
    }

    fn redirect(&self, path: &str) {
        leptos_axum::redirect(&format!("{}{path}", self.base()));
    }

    fn base(&self) -> String {
        self.frame_key()
            .map_or_else(String::new, |key| format!("/frame/{key}"))
    }

    fn cookie(&self, value: &str) {
        if let (Ok(value), Some(response)) = (HeaderValue::from_str(value), &self.response) {
            response.append_header(header::SET_COOKIE, value);
        }
    }
}
