//! Sending a message.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Map, Value, json};

use super::client::{GraphClient, GraphTrouble};
use super::errors::{GraphError, Verdict, verdict};
use super::wire::Peer;
use crate::outside::loose;

/// How a send ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendResult {
    /// Meta has it. Whether it arrives, the statuses tell.
    Sent {
        /// Meta's id of the message.
        wamid: String,
        /// The customer's number as Meta knows it; may differ from ours, and may be missing.
        wa_id: Option<String>,
        /// The customer's business-scoped id.
        user_id: Option<String>,
        /// `accepted`, or that Meta holds a template back.
        message_status: Option<String>,
    },
    /// Meta will never take it.
    Refused(GraphError),
    /// Meta did not take it now. Certainly not sent.
    Later {
        /// How long to wait, where Meta or the contract says so; `errors::pair_wait` for the pair rate.
        after: Option<Duration>,
        /// Why.
        error: GraphError,
    },
    /// Nothing of this connection works until an admin acts. Certainly not sent.
    Stopped(GraphError),
    /// Certainly not sent: Meta was not reached.
    NotSent {
        /// In words.
        reason: String,
    },
    /// It may have been sent: look for a status with our own word before it is repeated (R4).
    Unknown {
        /// In words.
        reason: String,
    },
}

/// Where a message is posted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The usual edge, for every type.
    Messages,
    /// The edge for marketing templates, for WABAs that Meta has let in.
    Marketing,
}

impl GraphClient {
    /// Sends a text of up to 4096 characters.
    ///
    /// `reply_to` is the quoted message. `opaque` is our own word (512 characters at most), which comes back in
    /// the statuses and finds a send whose answer was lost. A number goes into `to` with `+`, a scoped id into
    /// `recipient` (R5). Source: "Text messages" of the Cloud API reference.
    pub async fn send_text(
        &self,
        token: &SecretString,
        phone_id: &str,
        to: &Peer,
        body: &str,
        reply_to: Option<&str>,
        opaque: &str,
    ) -> SendResult {
        let text = json!({"body": body, "preview_url": false});
        let mut message = message(to, "text", text, opaque);
        if let Some(quoted) = reply_to {
            message.insert("context".to_owned(), json!({"message_id": quoted}));
        }
        self.send(token, phone_id, Way::Messages, message).await
    }

    /// Sends a template or an interactive message: `content` is Meta's object for the type `kind`. The rest is as for
    /// a text. Sources: "Template messages", "Marketing Messages API" of the Cloud API reference.
    pub async fn send_content(
        &self,
        token: &SecretString,
        phone_id: &str,
        to: &Peer,
        (kind, content): (&str, &Value),
        way: Way,
        opaque: &str,
    ) -> SendResult {
        let mut message = message(to, kind, content.clone(), opaque);
        if way == Way::Marketing {
            let policy = Value::from("CLOUD_API_FALLBACK");
            message.insert("product_policy".to_owned(), policy);
        }
        self.send(token, phone_id, way, message).await
    }

    async fn send(
        &self,
        token: &SecretString,
        phone_id: &str,
        way: Way,
        message: Map<String, Value>,
    ) -> SendResult {
        let edge = match way {
            Way::Messages => "messages",
            Way::Marketing => "marketing_messages",
        };
        match self
            .post(token, &[phone_id, edge], Value::Object(message))
            .await
        {
            Ok(answer) => accepted(&answer),
            Err(trouble) => trouble.into(),
        }
    }
}

/// A message of this type: a number goes into `to`, a scoped id into `recipient`.
fn message(to: &Peer, kind: &str, content: Value, opaque: &str) -> Map<String, Value> {
    let key = match to {
        Peer::Phone(_) => "to",
        Peer::User(_) => "recipient",
    };
    [
        ("messaging_product", Value::from("whatsapp")),
        ("recipient_type", Value::from("individual")),
        (key, Value::String(to.to_string())),
        ("type", Value::from(kind)),
        (kind, content),
        ("biz_opaque_callback_data", Value::from(opaque)),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

fn accepted(answer: &Value) -> SendResult {
    let first = |key: &str| {
        loose::field(answer, key).and_then(|list| loose::items(list).into_iter().next())
    };
    let message = first("messages");
    let contact = first("contacts");
    match message.and_then(|found| loose::filled(found, "id")) {
        Some(wamid) => SendResult::Sent {
            wamid,
            wa_id: contact.and_then(|found| loose::filled(found, "wa_id")),
            user_id: contact.and_then(|found| loose::filled(found, "user_id")),
            message_status: message.and_then(|found| loose::filled(found, "message_status")),
        },
        None => SendResult::Unknown {
            reason: "Meta's answer names no message".to_owned(),
        },
    }
}

impl From<GraphTrouble> for SendResult {
    fn from(trouble: GraphTrouble) -> Self {
        match trouble {
            GraphTrouble::NotSent { reason } => Self::NotSent { reason },
            GraphTrouble::Unknown { reason } => Self::Unknown { reason },
            GraphTrouble::Refused { error, after } => match verdict(&error) {
                Verdict::Permanent => Self::Refused(*error),
                Verdict::Stop => Self::Stopped(*error),
                Verdict::Backoff | Verdict::PairRate => Self::Later {
                    after,
                    error: *error,
                },
                Verdict::Wait(least) => Self::Later {
                    after: Some(after.map_or(least, |asked| asked.max(least))),
                    error: *error,
                },
            },
        }
    }
}
