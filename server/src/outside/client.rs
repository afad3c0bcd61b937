//! The HTTP client for all calls to strangers.

use std::error::Error;
use std::time::Duration;

use reqwest::{Method, RequestBuilder, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use super::guard::{PublicOnly, check};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(5);

/// How long a call may take altogether; Bitrix24's own limit is the same.
const OVERALL: Duration = Duration::from_secs(60);

/// How long an unused connection is kept; shorter than servers do, so that few calls meet a closed one.
const IDLE: Duration = Duration::from_secs(20);

/// The longest answer taken, in bytes.
const ANSWER_LENGTH_MAX: usize = 16 * 1024 * 1024;

/// The client could not be made: the system's root certificates cannot be read, for one.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot start: {0}")]
pub struct NoClient(#[from] reqwest::Error);

/// The one client: keeps connections, checks every address, verifies every certificate.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    allow_private: bool,
}

/// Makes the client. A crypto provider must have been installed before.
///
/// Proxies of the environment are not used: behind one the guard could not see what is called.
pub fn client(allow_private: bool) -> Result<Client, NoClient> {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("thoth/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT)
        .timeout(OVERALL)
        .pool_idle_timeout(IDLE)
        .https_only(!allow_private)
        .no_proxy();
    let builder = if allow_private {
        builder
    } else {
        builder.dns_resolver(PublicOnly)
    };
    Ok(Client {
        http: builder.build()?,
        allow_private,
    })
}

/// One call, ready to go out.
#[derive(Debug)]
pub struct Call {
    method: Method,
    url: Url,
    authorization: Authorization,
    headers: Vec<(&'static str, String)>,
    body: Body,
}

/// How a call says who it is.
#[derive(Debug)]
enum Authorization {
    None,
    Bearer(SecretString),
    OAuth(SecretString),
}

/// What a call carries. Bodies hold tokens: they do not show in `Debug`.
enum Body {
    None,
    Json(Value),
    Form(Vec<(&'static str, SecretString)>),
    Bytes(Vec<u8>),
}

impl std::fmt::Debug for Body {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::None => "no body",
            Self::Json(_) => "a JSON body",
            Self::Form(_) => "a form",
            Self::Bytes(_) => "a file",
        })
    }
}

impl Call {
    /// Asks for something.
    pub fn get(url: Url) -> Self {
        Self::new(Method::GET, url, Body::None)
    }

    /// Takes something away.
    pub fn delete(url: Url) -> Self {
        Self::new(Method::DELETE, url, Body::None)
    }

    /// Posts nothing but what stands in the address.
    pub fn post_empty(url: Url) -> Self {
        Self::new(Method::POST, url, Body::None)
    }

    /// Sends JSON.
    pub fn post_json(url: Url, body: Value) -> Self {
        Self::new(Method::POST, url, Body::Json(body))
    }

    /// Sends a form; its values may be secrets.
    pub fn post_form(url: Url, fields: Vec<(&'static str, SecretString)>) -> Self {
        Self::new(Method::POST, url, Body::Form(fields))
    }

    /// Sends a file as it is.
    pub fn post_bytes(url: Url, bytes: Vec<u8>) -> Self {
        Self::new(Method::POST, url, Body::Bytes(bytes))
    }

    fn new(method: Method, url: Url, body: Body) -> Self {
        Self {
            method,
            url,
            authorization: Authorization::None,
            headers: Vec::new(),
            body,
        }
    }

    /// Adds a header that is no secret.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Adds `Authorization: OAuth`, which Meta's uploads want.
    pub fn oauth(mut self, token: &SecretString) -> Self {
        self.authorization = Authorization::OAuth(token.clone());
        self
    }

    /// Adds `Authorization: Bearer`.
    pub fn bearer(mut self, token: &SecretString) -> Self {
        self.authorization = Authorization::Bearer(token.clone());
        self
    }
}

/// A whole answer, whatever its status.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: http::HeaderMap,
    /// Its body, as it came.
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as JSON, if it is.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// `Retry-After` in seconds; the form with a date is not read.
    pub fn retry_after(&self) -> Option<Duration> {
        self.header("retry-after")?
            .trim()
            .parse()
            .ok()
            .map(Duration::from_secs)
    }
}

/// There is no answer. The reasons hold no address and no token: they may be shown and logged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nothing went out: the address is forbidden, the name unknown, nobody listens, TLS failed.
    #[error("not sent: {reason}")]
    NotSent {
        /// In words.
        reason: String,
    },
    /// It may have arrived, but no whole answer came back.
    #[error("no answer: {reason}")]
    Unknown {
        /// In words.
        reason: String,
    },
}

impl Client {
    /// Whether plain http and private addresses may be called.
    pub fn allows_private(&self) -> bool {
        self.allow_private
    }

    /// Makes the call and takes the whole answer. Every status is an answer; redirects are not followed.
    pub async fn send(&self, call: Call) -> Result<Reply, Trouble> {
        check(&call.url, self.allow_private).map_err(|why| Trouble::NotSent {
            reason: why.to_string(),
        })?;
        let mut response = self.request(call).send().await.map_err(Trouble::of)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(Trouble::of)? {
            if body.len() + chunk.len() > ANSWER_LENGTH_MAX {
                return Err(Trouble::Unknown {
                    reason: "the answer is too long".to_owned(),
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        })
    }

    fn request(&self, call: Call) -> RequestBuilder {
        let request = self
            .http
            .request(call.method, call.url)
            .header("accept", "application/json");
        let request = call.headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, value)
        });
        let request = match &call.authorization {
            Authorization::None => request,
            Authorization::Bearer(token) => request.bearer_auth(token.expose_secret()),
            Authorization::OAuth(token) => {
                request.header("authorization", format!("OAuth {}", token.expose_secret()))
            }
        };
        match call.body {
            Body::None => request,
            Body::Bytes(bytes) => request.body(bytes),
            Body::Json(body) => request.json(&body),
            Body::Form(fields) => {
                let fields: Vec<_> = fields
                    .iter()
                    .map(|(key, value)| (*key, value.expose_secret()))
                    .collect();
                request.form(&fields)
            }
        }
    }
}

impl Trouble {
    fn of(error: reqwest::Error) -> Self {
        let never_left = error.is_connect() || error.is_builder();
        let reason = reason(error);
        if never_left {
            Self::NotSent { reason }
        } else {
            Self::Unknown { reason }
        }
    }
}

/// The whole chain of causes, without the address: it may carry a token.
fn reason(error: reqwest::Error) -> String {
    if error.is_timeout() {
        let words = if error.is_connect() {
            "the connection took too long"
        } else {
            "the answer took too long"
        };
        return words.to_owned();
    }
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(found) = cause {
        let more = found.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = found.source();
    }
    words
}
