//! What Meta says and how we talk to it: the WhatsApp Cloud API.
//!
//! Owns the shapes of Meta's webhooks, the Graph client and the meaning of Meta's error codes.
//! Promises that a stranger's value never breaks the reading of its neighbours, and that a send tells
//! "refused", "later", "not sent" and "unknown" apart. Touches no database.

mod accounts;
mod call_permissions;
pub mod calling;
mod client;
pub mod errors;
mod numbers;
mod send;
pub mod templates;
#[cfg(test)]
mod tests;
mod tokens;
pub mod wire;

pub use accounts::Account;
pub use call_permissions::{CallLeave, CallPermission};
pub use client::{GraphClient, GraphTrouble};
pub use numbers::PhoneNumber;
pub use send::{SendResult, Way};
pub use tokens::{CodeExchange, MANAGEMENT, MESSAGING, TokenFacts, app_token};
