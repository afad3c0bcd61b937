//! Who asks, and what came back.

use super::things::Things;
use super::world::HERE;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderName, Request, Response, header, request};
use url::form_urlencoded;

/// Where somebody sits.
#[derive(Clone)]
pub enum Seat {
    /// Without a session.
    Nobody,
    /// With a session's cookie.
    Session(String),
    /// On a page in a portal's frame: its path, without a slash at its end.
    Frame(String),
}

impl Seat {
    fn request(&self, request: request::Builder) -> request::Builder {
        let request = request.header(header::HOST, "127.0.0.1:3000");
        match self {
            Self::Nobody => request,
            Self::Session(cookie) => request.header(header::COOKIE, cookie),
            Self::Frame(base) => request.header(header::REFERER, format!("{HERE}{base}/phones")),
        }
    }

    /// A page, as a browser asks for it.
    pub fn page(&self, path: &str) -> Request<Body> {
        let path = match self {
            Self::Frame(base) => format!("{base}{path}"),
            Self::Nobody | Self::Session(_) => path.to_owned(),
        };
        let request = self.request(Request::get(path));
        let request = request.header(header::ACCEPT, "text/html");
        request.body(Body::empty()).unwrap()
    }

    /// A question, as a page's script asks it.
    pub fn json(&self, path: &str, body: &serde_json::Value) -> Request<Body> {
        let request = self.request(Request::post(path));
        let request = request.header(header::CONTENT_TYPE, "application/json");
        request.body(Body::from(body.to_string())).unwrap()
    }

    /// A form, as a page's script sends it.
    pub fn form(&self, path: &str, fields: &[(&str, String)]) -> Request<Body> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self.request(Request::post(path));
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        request.body(Body::from(body)).unwrap()
    }

    /// A form, as a browser without a script sends it.
    pub fn plain_form(&self, path: &str, fields: &[(&str, String)]) -> Request<Body> {
        let mut request = self.form(path, fields);
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, "text/html".parse().unwrap());
        if !matches!(self, Self::Frame(_)) {
            let back = format!("{HERE}/phones").parse().unwrap();
            headers.insert(header::REFERER, back);
        }
        request
    }
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: String,
    headers: HeaderMap,
}

impl Answer {
    pub async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 22).await.unwrap();
        Self {
            status: parts.status.as_u16(),
            body: String::from_utf8(bytes.to_vec()).unwrap(),
            headers: parts.headers,
        }
    }

    pub fn header(&self, name: HeaderName) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// None of the owner's words is in it, but those that `asked` has itself.
    pub fn tells_nothing_of(&self, owner: &Things, asked: &str, what: &str) {
        let all = format!("{:?} {}", self.headers, self.body);
        for mark in owner.marks.iter().filter(|mark| !asked.contains(*mark)) {
            assert!(!all.contains(mark), "{what} tells {mark}: {all}");
        }
    }
}
