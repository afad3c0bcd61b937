use app::backend::Exchange;
use axum::http::{HeaderValue, Method, StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// The exchange of a request, over what leptos_axum provides.
pub struct Http {
    parts: Option<Parts>,
    response: Option<ResponseOptions>,
}

impl Http {
    pub fn new() -> Self {
        Self {
            parts: use_context(),
            response: use_context(),
        }
    }

    fn takes_html(&self) -> bool {
        self.header("accept")
            .is_some_and(|accept| accept.contains("text/html"))
    }
}

impl Exchange for Http {
    fn header(&self, name: &str) -> Option<String> {
        let value = self.parts.as_ref()?.headers.get(name)?;
        value.to_str().ok().map(str::to_owned)
    }

    fn status(&self, code: u16) {
        let posted = self
            .parts
            .as_ref()
            .is_some_and(|parts| parts.method == Method::POST);
        // A form goes back to its page, a page without a session goes to sign in.
        if self.takes_html() && (posted || code == 401) {
            return;
        }
        if let (Ok(code), Some(response)) = (StatusCode::from_u16(code), &self.response) {
            response.set_status(code);
        }
    }

    fn redirect(&self, path: &str) {
        leptos_axum::redirect(path);
    }

    fn cookie(&self, value: &str) {
        if let (Ok(value), Some(response)) = (HeaderValue::from_str(value), &self.response) {
            response.append_header(header::SET_COOKIE, value);
        }
    }
}
