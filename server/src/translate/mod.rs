//! Between WhatsApp and Bitrix24: pure functions over texts and names.
//!
//! Owns how a customer's message reads to an operator and how an operator's answer reads to a customer.
//! Promises that no word is lost on the way, whatever marks stand in it. Knows no network and no database.

mod language;

pub use language::Language;
