//! What a webhook says of a call. Source: "Calling webhooks" of the Cloud API reference.

use serde_json::Value;

use super::Contact;
use super::contact::matching;
use crate::outside::loose;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEventKind {
    /// It begins to ring.
    Connect,
    /// It is over.
    Terminate,
    /// A word Meta did not tell us about, as SIP numbers send.
    Other(String),
}

/// Who began it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallSide {
    /// The customer.
    User,
    /// The business.
    Business,
}

/// One of `calls[]`. A session, where there is one, is not read: nobody speaks through THOTH.
#[derive(Clone, Debug, PartialEq)]
pub struct CallEvent {
    /// Meta's id of the call: `wacid.`
    pub id: Option<String>,
    /// What happened.
    pub event: CallEventKind,
    /// Who began it, where Meta says so.
    pub side: Option<CallSide>,
    /// The caller's number.
    pub from: Option<String>,
    /// The callee's number.
    pub to: Option<String>,
    /// The customer's business-scoped id, whichever way they call.
    pub user_id: Option<String>,
    /// Unix seconds.
    pub timestamp: Option<i64>,
    /// Unix seconds since when people talked.
    pub start_time: Option<i64>,
    /// Unix seconds until when.
    pub end_time: Option<i64>,
    /// Seconds they talked; absent when nobody answered.
    pub duration: Option<i64>,
    /// At the end: whether Meta calls it completed. None for a word we do not know.
    pub completed: Option<bool>,
    /// What stood on the button or in the link that was pressed.
    pub payload: Option<String>,
}

impl CallEvent {
    /// Reads what is there; gives the value back when it is no object.
    pub(super) fn read(raw: Value) -> Result<Self, Value> {
        if !raw.is_object() {
            return Err(raw);
        }
        let word = loose::text(&raw, "event").unwrap_or_default();
        let side = loose::text(&raw, "direction").unwrap_or_default();
        let text = |key: &str| loose::filled(&raw, key);
        Ok(Self {
            id: text("id"),
            event: match word.to_ascii_lowercase().as_str() {
                "connect" => CallEventKind::Connect,
                "terminate" => CallEventKind::Terminate,
                _ => CallEventKind::Other(word),
            },
            side: match side.to_ascii_uppercase().as_str() {
                "USER_INITIATED" => Some(CallSide::User),
                "BUSINESS_INITIATED" => Some(CallSide::Business),
                _ => None,
            },
            from: text("from"),
            to: text("to"),
            user_id: text("from_user_id").or_else(|| text("to_user_id")),
            timestamp: loose::integer(&raw, "timestamp"),
            start_time: loose::integer(&raw, "start_time"),
            end_time: loose::integer(&raw, "end_time"),
            duration: loose::integer(&raw, "duration"),
            completed: completed(&raw),
            payload: text("cta_payload").or_else(|| text("deeplink_payload")),
        })
    }

    /// Who began it: as Meta says, else by whose number is the business's (digits).
    pub fn side(&self, business: &str) -> Option<CallSide> {
        let is_business = |number: Option<&String>| {
            number.is_some_and(|it| it.trim_start_matches('+') == business.trim_start_matches('+'))
        };
        self.side.or_else(|| {
            if is_business(self.to.as_ref()) {
                Some(CallSide::User)
            } else if is_business(self.from.as_ref()) {
                Some(CallSide::Business)
            } else {
                None
            }
        })
    }

    /// The customer's number.
    pub fn customer(&self, side: CallSide) -> Option<&str> {
        match side {
            CallSide::User => self.from.as_deref(),
            CallSide::Business => self.to.as_deref(),
        }
    }
}

/// A word, or a list with the word in it; in any case.
fn completed(raw: &Value) -> Option<bool> {
    let status = loose::field(raw, "status")?;
    let word = match status {
        Value::Array(words) => words.first().and_then(loose::as_text),
        other => loose::as_text(other),
    };
    match word?.to_ascii_uppercase().as_str() {
        "COMPLETED" => Some(true),
        "FAILED" => Some(false),
        _ => None,
    }
}

impl super::Change {
    /// The contact on the other end of a call, found by id (R1).
    pub fn contact_for_call(&self, event: &CallEvent, side: CallSide) -> Option<&Contact> {
        matching(
            &self.contacts,
            event.customer(side),
            event.user_id.as_deref(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(raw: Value) -> CallEvent {
        CallEvent::read(raw).unwrap()
    }

    #[test]
    fn an_end_is_read_in_every_spelling() {
        for (status, completed) in [
            (json!("COMPLETED"), Some(true)),
            (json!(["Failed"]), Some(false)),
            (json!("melted"), None),
            (json!([]), None),
        ] {
            let event = read(json!({"event": "TERMINATE", "status": status, "duration": "12"}));
            assert_eq!(event.event, CallEventKind::Terminate);
            assert_eq!((event.completed, event.duration), (completed, Some(12)));
        }
    }

    #[test]
    fn who_began_it_is_known_without_a_direction() {
        let event = read(json!({"event": "call_created", "from": "+7701", "to": "77272"}));
        assert_eq!(event.event, CallEventKind::Other("call_created".into()));
        assert_eq!(event.side("77272"), Some(CallSide::User));
        assert_eq!(event.side("+7701"), Some(CallSide::Business));
        assert_eq!(event.side("1"), None);
        assert_eq!(event.customer(CallSide::User), Some("+7701"));
    }
}
