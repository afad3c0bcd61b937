//! Calls to Meta and Bitrix24 that are no messages: linking a phone, checking a token.
//!
//! An errand is a row: it survives a restart, is run by one node at a time and put off when the
//! other side cannot answer. Asking for one that waits already makes it due now. What an
//! errand does is known by `connect`; here is only when and how often.

mod errand;
mod worker;

pub use errand::{Errand, Outcome};
pub use worker::run;
