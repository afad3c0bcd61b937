//! What Bitrix24 says and how we talk to it: events, REST, tokens, connectors and open lines.
//!
//! Owns the shapes of its events and answers, and the meaning of its errors. Promises that a failure inside
//! an HTTP 200 is a failure (R20), that one token is refreshed once at a time (R8), and that no token is shown.

mod address;
pub mod app;
mod authorized;
mod batch;
mod call_error;
mod client;
pub mod connector;
pub mod lines;
mod oauth;
mod php_query;
mod redirect;
mod refresher;
pub mod sms;
pub mod telephony;
#[cfg(test)]
mod tests;
mod tokens;
pub mod wire;

pub use address::{NoAddress, PortalAddress, Protocol};
pub use app::ProofError;
pub use authorized::AuthorizedClient;
pub use batch::{BATCH_LENGTH_MAX, BatchAnswer, Command};
pub use call_error::CallError;
pub use client::{Answer, BitrixClient};
pub use oauth::{FreshTokens, OAuth, RefreshError, scopes_read};
pub use tokens::{PortalKeys, PortalToken, StoreTrouble, TokenStore};
