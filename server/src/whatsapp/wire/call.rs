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

    /// Who began it: as Meta says, else by whose number is the business's (digits), else by the only end that is named.
    pub fn side(&self, business: &str) -> Option<CallSide> {
        let is_business = |number: &str| is_same(number, business);
        self.side
            .or(match (self.from.as_deref(), self.to.as_deref()) {
                (_, Some(to)) if is_business(to) => Some(CallSide::User),
                (Some(from), _) if is_business(from) => Some(CallSide::Business),
                (Some(_), None) => Some(CallSide::User),
                (None, Some(_)) => Some(CallSide::Business),
                (Some(_), Some(_)) | (None, None) => None,
            })
    }

    /// The customer's number, or their id. Meta's own samples name the ends the wrong way round at times: the business
    /// is never its own customer.
    pub fn customer(&self, side: CallSide, business: &str) -> Option<&str> {
        let ends = match side {
            CallSide::User => [&self.from, &self.to],
            CallSide::Business => [&self.to, &self.from],
        };
        let mut ends = ends.into_iter().flatten().map(String::as_str);
        ends.find(|end| !is_same(end, business))
    }
}

/// The same number, with `+` or without.
fn is_same(one: &str, two: &str) -> bool {
    one.trim_start_matches('+') == two.trim_start_matches('+')
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
    /// The contact on the other end of a call, found by id (R1); `named` is what the event calls the customer.
    pub fn contact_for_call(&self, event: &CallEvent, named: Option<&str>) -> Option<&Contact> {
        matching(&self.contacts, named, event.user_id.as_deref().or(named))
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
        assert_eq!(event.customer(CallSide::User, "77272"), Some("+7701"));
        let half = read(json!({"event": "terminate", "from": "KZ.2044"}));
        assert_eq!(half.side("77272"), Some(CallSide::User));
        let half = read(json!({"event": "terminate", "to": "7701"}));
        assert_eq!(half.side("77272"), Some(CallSide::Business));
        assert_eq!(read(json!({"event": "terminate"})).side("77272"), None);
    }

    #[test]
    fn the_business_is_never_its_own_customer() {
        let turned = read(
            json!({"event": "connect", "direction": "BUSINESS_INITIATED",
            "from": "16315553602", "to": "16315553601"}),
        );
        let customer = |business: &str| turned.customer(CallSide::Business, business);
        assert_eq!(customer("16315553602"), Some("16315553601"));
        assert_eq!(customer("+16315553601"), Some("16315553602"));
    }
}
