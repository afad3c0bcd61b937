//! Calls to a portal's REST methods.

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::address::PortalAddress;
use super::call_error::CallError;
use super::redirect::moved;
use crate::outside::{Call, Client, Reply, loose};

/// Talks to portals. Cheap to clone.
#[derive(Clone, Debug)]
pub struct BitrixClient {
    http: Client,
}

/// What a call brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The `result`; `null` for methods that answer so. It may still say `false` inside (R20).
    pub result: Value,
    /// Seconds this method has worked within the portal's window.
    pub operating: Option<f64>,
    /// Unix seconds when the oldest part of that window is forgotten.
    pub operating_reset_at: Option<i64>,
    /// The portal's new address, to be stored: it was renamed, and the call was done there.
    pub moved_to: Option<PortalAddress>,
}

impl BitrixClient {
    /// A client over the guarded way out.
    pub fn new(http: Client) -> Self {
        Self { http }
    }

    /// Calls a method. `params` is an object (or `null` for none); the token goes into the body, never the address.
    ///
    /// A renamed portal is followed once by posting the same body to the new address.
    pub async fn call(
        &self,
        portal: &PortalAddress,
        token: &SecretString,
        method: &str,
        params: Value,
    ) -> Result<Answer, CallError> {
        let not_sent = |reason: &str| CallError::NotSent {
            reason: reason.to_owned(),
        };
        let url = portal
            .method_url(method)
            .ok_or_else(|| not_sent("the method's name is not one"))?;
        let mut body = match params {
            Value::Null => json!({}),
            other => other,
        };
        let fields = body
            .as_object_mut()
            .ok_or_else(|| not_sent("the parameters are no object"))?;
        fields.insert(
            "auth".to_owned(),
            Value::String(token.expose_secret().to_owned()),
        );
        let reply = self
            .http
            .send(Call::post_json(url.clone(), body.clone()))
            .await?;
        match moved(&reply, &url, self.http.allows_private()) {
            None => answer(&reply, None),
            Some((url, address)) => {
                tracing::info!(
                    domain = address.domain(),
                    "A portal answers that it moved; the call is repeated there."
                );
                let reply = self.http.send(Call::post_json(url, body)).await?;
                answer(&reply, Some(address))
            }
        }
    }
}

fn answer(reply: &Reply, moved_to: Option<PortalAddress>) -> Result<Answer, CallError> {
    let body = reply.json();
    let after = reply.retry_after();
    if let Some(error) = body
        .as_ref()
        .and_then(|found| CallError::read(reply.status, found, after))
    {
        return Err(error);
    }
    if !reply.is_success() {
        return Err(CallError::of_status(reply.status, after));
    }
    let unknown = |reason: &str| CallError::Unknown {
        reason: reason.to_owned(),
    };
    let mut body = body.ok_or_else(|| unknown("the answer is half or no JSON"))?;
    let result = body
        .get_mut("result")
        .map(Value::take)
        .ok_or_else(|| unknown("the answer has no result"))?;
    let time = loose::field(&body, "time");
    Ok(Answer {
        result,
        operating: time
            .and_then(|time| time.get("operating"))
            .and_then(Value::as_f64),
        operating_reset_at: time.and_then(|time| loose::integer(time, "operating_reset_at")),
        moved_to,
    })
}
