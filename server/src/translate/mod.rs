//! Between WhatsApp and Bitrix24: pure functions over texts and names.
//!
//! Owns how a customer's message reads to an operator and how an operator's answer reads to a customer.
//! Promises that no word is lost on the way, whatever marks stand in it. Knows no network and no database.

mod bb;
mod call_line;
mod entities;
mod error_line;
mod inbound;
mod interactive;
mod language;
mod markup;
mod names;
mod number;
mod outbound;
pub mod outgoing;
#[cfg(test)]
mod payloads;
mod sent_line;
mod split;
pub mod template;

pub use call_line::{failed_call_line, missed_call_line};
pub use error_line::error_line;
pub use inbound::operator_text;
pub use language::Language;
pub use markup::{bb_of_markup, literal};
pub use names::{PersonName, person_name};
pub use number::{country_of, customer_number};
pub use outbound::{Signature, customer_text, without_name};
pub use sent_line::sent_line;
pub use split::{TEXT_LENGTH_MAX, split_text};
