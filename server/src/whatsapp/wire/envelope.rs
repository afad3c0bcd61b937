//! The envelope around everything Meta posts.

use serde_json::{Map, Value};

use super::call::CallEvent;
use super::contact::Contact;
use super::message::{Echo, InboundMessage};
use super::status::Status;
use super::surrogates::mended;
use crate::outside::loose;
use crate::whatsapp::errors::GraphError;

/// The body is no webhook at all: it is answered with 400 and not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It cannot be read as JSON.
    #[error("the body is not JSON")]
    NotJson,
    /// JSON, but a list or a scalar.
    #[error("the body is JSON, but not an object")]
    NotObject,
}

/// Something Meta does not write like that: counted, never an error (R11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// `entry` is missing or no list.
    EntryNotList,
    /// An entry without a list of changes.
    ChangesNotList,
    /// A change that is no object.
    ChangeNotObject,
    /// An item of `messages`, `statuses` or a neighbour list that is no object.
    ItemNotObject,
    /// One of those lists is no list.
    ItemsNotList,
}

/// A whole POST of Meta: any number of changes of any number of accounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// `whatsapp_business_account`; anything else is not for us.
    pub object: Option<String>,
    /// Every change of every entry, in the order they came (R1).
    pub changes: Vec<Change>,
    /// What could not be read.
    pub oddities: Vec<Oddity>,
}

/// One of `entry[].changes[]`. A change may carry several lists at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// `entry[].id`; for partner events of `account_update` it is the partner's id instead.
    pub waba_id: Option<String>,
    /// Unix seconds of the entry.
    pub time: Option<i64>,
    /// Which subscription it belongs to; taken from inside the value where Meta put it there.
    pub field: Option<String>,
    /// Meta's id of the business number.
    pub phone_number_id: Option<String>,
    /// The business number as shown.
    pub display_phone_number: Option<String>,
    /// The customers it names; find them by [`Change::contact_for`].
    pub contacts: Vec<Contact>,
    /// Messages of customers.
    pub messages: Vec<InboundMessage>,
    /// What became of our messages and calls.
    pub statuses: Vec<Status>,
    /// Messages the business wrote on its own phone.
    pub echoes: Vec<Echo>,
    /// What happened to calls.
    pub calls: Vec<CallEvent>,
    /// Errors of the number or account, with no message.
    pub errors: Vec<GraphError>,
    /// Whatever else stood in the value: everything, for fields without a list of their own.
    pub other: Value,
}

/// Reads a webhook. Only what is no JSON object is refused; all else is read item by item.
pub fn read(body: &[u8]) -> Result<Envelope, Malformed> {
    let value: Value = serde_json::from_slice(body)
        .or_else(|_| serde_json::from_slice(&mended(body)))
        .map_err(|_| Malformed::NotJson)?;
    let Value::Object(mut top) = value else {
        return Err(Malformed::NotObject);
    };
    let mut envelope = Envelope {
        object: top.get("object").and_then(loose::as_text),
        changes: Vec::new(),
        oddities: Vec::new(),
    };
    match top.remove("entry") {
        Some(Value::Array(entries)) => entries
            .into_iter()
            .for_each(|entry| envelope.take_entry(entry)),
        _ => envelope.oddities.push(Oddity::EntryNotList),
    }
    Ok(envelope)
}

impl Envelope {
    fn take_entry(&mut self, mut entry: Value) {
        let waba_id = loose::filled(&entry, "id");
        let time = loose::integer(&entry, "time");
        match entry.get_mut("changes").map(Value::take) {
            Some(Value::Array(changes)) => {
                for change in changes {
                    self.take_change(waba_id.clone(), time, change);
                }
            }
            _ => self.oddities.push(Oddity::ChangesNotList),
        }
    }

    fn take_change(&mut self, waba_id: Option<String>, time: Option<i64>, mut raw: Value) {
        if !raw.is_object() {
            self.oddities.push(Oddity::ChangeNotObject);
            return;
        }
        let named = loose::filled(&raw, "field");
        let mut value = match raw.get_mut("value").map(Value::take) {
            Some(Value::Object(map)) => map,
            Some(other) => {
                self.changes.push(Change {
                    waba_id,
                    time,
                    field: named,
                    other,
                    ..Change::default()
                });
                return;
            }
            None => Map::new(),
        };
        let field = named
            .or_else(|| value.get("field").and_then(loose::as_text))
            .or_else(|| {
                let speaks_of_messages = ["messages", "statuses"]
                    .iter()
                    .any(|key| value.contains_key(*key));
                speaks_of_messages.then(|| "messages".to_owned())
            });
        let in_calls = field.as_deref() == Some("calls");
        let metadata = value.get("metadata").cloned().unwrap_or_default();
        let contacts = self.take_items(&mut value, "contacts", |item| {
            Contact::read(&item).ok_or(item)
        });
        let change = Change {
            waba_id,
            time,
            phone_number_id: loose::filled(&metadata, "phone_number_id"),
            display_phone_number: loose::filled(&metadata, "display_phone_number"),
            contacts,
            messages: self.take_items(&mut value, "messages", InboundMessage::read),
            statuses: self.take_items(&mut value, "statuses", |item| Status::read(item, in_calls)),
            echoes: self.take_items(&mut value, "message_echoes", Echo::read),
            calls: self.take_items(&mut value, "calls", CallEvent::read),
            errors: self.take_items(&mut value, "errors", |item| {
                GraphError::read(&item).ok_or(item)
            }),
            field,
            other: Value::Object(value),
        };
        self.changes.push(change);
    }

    /// Takes a list out of the value and reads each item on its own; what is no object is counted and left out.
    fn take_items<T>(
        &mut self,
        value: &mut Map<String, Value>,
        key: &str,
        read: impl Fn(Value) -> Result<T, Value>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        match value.remove(key) {
            None | Some(Value::Null) => {}
            Some(Value::Array(items)) => {
                for item in items {
                    match read(item) {
                        Ok(item) => found.push(item),
                        Err(_) => self.oddities.push(Oddity::ItemNotObject),
                    }
                }
            }
            Some(other) => {
                self.oddities.push(Oddity::ItemsNotList);
                value.insert(key.to_owned(), other);
            }
        }
        found
    }
}
