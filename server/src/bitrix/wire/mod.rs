//! Bitrix24's events as they really arrive: PHP forms, ids as text or number, keys in either case.
//!
//! Only bytes that are no form or carry no event name are refused. Source: "Events" and "imconnector events"
//! of the Bitrix24 REST documentation.

mod auth;
mod event;
mod form_tree;
mod messages;
mod sms;
#[cfg(test)]
mod tests;

pub use auth::EventAuth;
pub use event::{Dialog, DialogItem, Event, EventKind, Malformed, read_event};
pub use form_tree::{FormError, form_tree};
pub use messages::{ConnectorMessages, OperatorFile, OperatorMessage};
pub use sms::{SmsOrder, read_sms};
