//! Calls to the Graph API.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::errors::{GraphError, Verdict, verdict};
use crate::outside::{Call, Client, Reply, Trouble};

/// Talks to Meta's Graph API at one base address and version. Cheap to clone.
#[derive(Clone, Debug)]
pub struct GraphClient {
    http: Client,
    base: Url,
    version: String,
}

/// Why a Graph call brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GraphTrouble {
    /// Meta answered with an error; `errors::verdict` says what it means.
    #[error("Meta refused the call with code {:?} and HTTP status {:?}", .error.code, .error.http)]
    Refused {
        /// Meta's error; of a status alone where the answer had no readable one.
        error: Box<GraphError>,
        /// How long Meta asks to wait.
        after: Option<Duration>,
    },
    /// Nothing went out.
    #[error("not sent: {reason}")]
    NotSent {
        /// In words.
        reason: String,
    },
    /// It may have arrived, but no readable answer came back.
    #[error("no readable answer: {reason}")]
    Unknown {
        /// In words.
        reason: String,
    },
}

impl From<Trouble> for GraphTrouble {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::NotSent { reason } => Self::NotSent { reason },
            Trouble::Unknown { reason } => Self::Unknown { reason },
        }
    }
}

impl GraphTrouble {
    /// Whether asking again later may bring an answer: nobody was there, or Meta is busy.
    pub fn is_silence(&self) -> bool {
        match self {
            Self::NotSent { .. } | Self::Unknown { .. } => true,
            Self::Refused { error, .. } => match verdict(error) {
                Verdict::Backoff | Verdict::Wait(_) | Verdict::PairRate => true,
                Verdict::Permanent | Verdict::Stop => false,
            },
        }
    }

    /// Meta's code, where it gave one.
    pub fn code(&self) -> Option<i64> {
        match self {
            Self::Refused { error, .. } => error.code,
            Self::NotSent { .. } | Self::Unknown { .. } => None,
        }
    }

    /// A field was asked for that Meta does not have in this version. That an object is not there or
    /// out of reach has the same code.
    pub(super) fn is_unknown_field(&self) -> bool {
        match self {
            Self::Refused { error, .. } => error.code == Some(100) && error.subcode != Some(33),
            Self::NotSent { .. } | Self::Unknown { .. } => false,
        }
    }

    /// Meta's own words; none where it did not speak. What happened on the way goes to the log.
    pub fn said(&self) -> String {
        match self {
            Self::Refused { .. } => self.words(),
            Self::NotSent { .. } | Self::Unknown { .. } => {
                tracing::info!(trouble = %self, "Meta could not be asked");
                String::new()
            }
        }
    }

    /// The other side's words as a sentence, with Meta's code; for people.
    pub fn words(&self) -> String {
        let (said, code) = match self {
            Self::Refused { error, .. } => {
                let said = error.own_words().unwrap_or("no words").trim();
                (said, error.code.or(error.http.map(i64::from)))
            }
            Self::NotSent { reason } | Self::Unknown { reason } => (reason.as_str(), None),
        };
        let said = said.trim_end_matches(['.', ' ']);
        match code {
            Some(code) if !said.contains(&code.to_string()) => format!("{said} ({code})."),
            Some(_) | None => format!("{said}."),
        }
    }
}

impl GraphClient {
    /// A client for a base such as `https://graph.facebook.com` and a version such as `v25.0`.
    pub fn new(http: Client, base: Url, version: String) -> Self {
        Self {
            http,
            base,
            version,
        }
    }

    /// Reads an object or an edge. `path` is without the version; each part is encoded.
    pub async fn get(
        &self,
        token: &SecretString,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Value, GraphTrouble> {
        let mut url = self.url(path)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        answer(self.http.send(Call::get(url).bearer(token)).await?)
    }

    /// Sends JSON to an object or an edge.
    pub async fn post(
        &self,
        token: &SecretString,
        path: &[&str],
        body: Value,
    ) -> Result<Value, GraphTrouble> {
        let url = self.url(path)?;
        answer(
            self.http
                .send(Call::post_json(url, body).bearer(token))
                .await?,
        )
    }

    /// Takes an object or an edge away; `query` says which part of it.
    pub(super) async fn delete(
        &self,
        token: &SecretString,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Value, GraphTrouble> {
        let mut url = self.url(path)?;
        url.query_pairs_mut().extend_pairs(query);
        self.ask(Call::delete(url).bearer(token)).await
    }

    /// Makes a call that none of the others describes.
    pub(super) async fn ask(&self, call: Call) -> Result<Value, GraphTrouble> {
        answer(self.http.send(call).await?)
    }

    /// Sends a form whose values may be secrets, without a token.
    pub(super) async fn post_form(
        &self,
        path: &[&str],
        fields: Vec<(&'static str, SecretString)>,
    ) -> Result<Value, GraphTrouble> {
        let url = self.url(path)?;
        answer(self.http.send(Call::post_form(url, fields)).await?)
    }

    /// The address of an object or an edge. Each part is encoded.
    pub(super) fn url(&self, path: &[&str]) -> Result<Url, GraphTrouble> {
        let mut url = self.base.clone();
        let trouble = |reason: &str| GraphTrouble::NotSent {
            reason: reason.to_owned(),
        };
        if path
            .iter()
            .any(|part| part.is_empty() || matches!(*part, "." | ".."))
        {
            return Err(trouble("a part of the Graph address is empty"));
        }
        url.path_segments_mut()
            .map_err(|()| trouble("the Graph address is no web address"))?
            .pop_if_empty()
            .push(&self.version)
            .extend(path);
        Ok(url)
    }
}

/// The body of a success, or what the answer says went wrong.
///
/// A 5xx without a Graph error of Meta's may come from anything on the way: whether the call was done is unknown.
fn answer(reply: Reply) -> Result<Value, GraphTrouble> {
    let body = reply.json();
    let after = reply.retry_after().or_else(|| regain_access(&reply));
    let error = body
        .as_ref()
        .and_then(|found| GraphError::of_answer(reply.status, found));
    match (error, body) {
        (Some(error), _) if error.code.is_some() || reply.status < 500 => {
            Err(GraphTrouble::Refused {
                error: Box::new(error),
                after,
            })
        }
        (None, Some(body)) if reply.is_success() => Ok(body),
        (None, None) if reply.is_success() => Err(GraphTrouble::Unknown {
            reason: "the answer is half or no JSON".to_owned(),
        }),
        _ if reply.status >= 500 => {
            let reason = format!("HTTP {} without an error of Meta's", reply.status);
            Err(GraphTrouble::Unknown { reason })
        }
        _ => Err(GraphTrouble::Refused {
            error: Box::new(GraphError::of_status(reply.status)),
            after,
        }),
    }
}

/// The longest wait among the limits of management calls, which Meta gives in minutes.
fn regain_access(reply: &Reply) -> Option<Duration> {
    let usage: Value = serde_json::from_str(reply.header("x-business-use-case-usage")?).ok()?;
    let limits = usage
        .as_object()?
        .values()
        .filter_map(Value::as_array)
        .flatten();
    let minutes = limits
        .filter_map(|limit| limit.get("estimated_time_to_regain_access")?.as_u64())
        .max();
    minutes
        .filter(|found| *found > 0)
        .map(|found| Duration::from_secs(found.saturating_mul(60)))
}
