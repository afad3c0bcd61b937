//! Receipts become meaning: read in the order they came, each exactly once.
//!
//! The writer makes them durable for the doors; the reader turns each into contacts,
//! messages and deliveries in one transaction that also closes the receipt. A receipt that
//! cannot be understood is set aside where people see it, never dropped.

mod batch;
mod call_course;
mod call_leave;
#[cfg(test)]
mod call_tests;
mod calling_news;
pub mod chat;
pub mod closed_window;
pub mod compose;
mod compose_interactive;
mod context;
mod fingerprint;
mod from_bitrix;
mod from_calls;
mod from_meta;
mod from_sms;
mod haste;
mod operator;
pub mod reader;
mod sms_rows;
pub mod sms_statuses;
pub mod statuses;
mod template_news;
mod templates;
mod writer;

pub use call_course::{CallFailure, outcome_of};
pub use call_leave::REQUEST;
pub use context::language_of;
pub use writer::{ReceiptWriter, WriteFailed};
