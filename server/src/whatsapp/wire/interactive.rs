//! Answers to buttons, lists, forms and call requests.

use serde_json::Value;

use crate::outside::loose;

/// What a customer chose.
#[derive(Clone, Debug, PartialEq)]
pub enum Interactive {
    /// One of up to three buttons.
    ButtonReply {
        /// Our own id of the button.
        id: Option<String>,
        /// What stood on it.
        title: Option<String>,
    },
    /// A row of a list.
    ListReply {
        /// Our own id of the row.
        id: Option<String>,
        /// Its title.
        title: Option<String>,
        /// The line under the title.
        description: Option<String>,
    },
    /// A form (flow) that was filled in.
    FlowReply {
        /// Name of the form.
        name: Option<String>,
        /// What WhatsApp shows, usually "Sent".
        body: Option<String>,
        /// The answers: JSON in a string, which may also be broken.
        response: Option<String>,
    },
    /// An answer to our request to call.
    CallPermission {
        /// `None` when Meta used a new word.
        accepted: Option<bool>,
        /// Until revoked.
        is_permanent: bool,
        /// Unix seconds.
        expires_at: Option<i64>,
        /// Given because the customer called us, not by pressing a button.
        automatic: bool,
    },
    /// Something newer.
    Unknown {
        /// Meta's name for it.
        type_name: String,
    },
}

impl Interactive {
    /// Reads by `type`, or by the sibling object where `type` is missing.
    pub(super) fn read(raw: &Value) -> Self {
        let type_name = loose::filled(raw, "type")
            .or_else(|| guessed(raw))
            .unwrap_or_default();
        let found = loose::field(raw, &type_name);
        let part = |key: &str| found.and_then(|inner| loose::filled(inner, key));
        match (type_name.as_str(), found) {
            ("button_reply", Some(_)) => Self::ButtonReply {
                id: part("id"),
                title: part("title"),
            },
            ("list_reply", Some(_)) => Self::ListReply {
                id: part("id"),
                title: part("title"),
                description: part("description"),
            },
            ("nfm_reply", Some(inner)) => Self::FlowReply {
                name: part("name"),
                body: part("body"),
                response: loose::field(inner, "response_json").map(answers),
            },
            ("call_permission_reply", Some(inner)) => Self::CallPermission {
                accepted: match part("response").as_deref() {
                    Some("accept") => Some(true),
                    Some("reject") => Some(false),
                    _ => None,
                },
                is_permanent: loose::flag(inner, "is_permanent").unwrap_or(false),
                expires_at: loose::integer(inner, "expiration_timestamp"),
                automatic: part("response_source").as_deref() == Some("automatic"),
            },
            _ => Self::Unknown { type_name },
        }
    }
}

fn guessed(raw: &Value) -> Option<String> {
    [
        "button_reply",
        "list_reply",
        "nfm_reply",
        "call_permission_reply",
    ]
    .into_iter()
    .find(|name| loose::field(raw, name).is_some())
    .map(str::to_owned)
}

/// Documented as a string with JSON in it; an object is taken as well.
fn answers(value: &Value) -> String {
    loose::as_text(value).unwrap_or_else(|| value.to_string())
}
