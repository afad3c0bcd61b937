//! The keys of portals: opened for a call, sealed again when a refresh brings new ones.
//!
//! Stands between the Bitrix24 client, which knows no database, and the store, which knows no secrets.

mod portal;
mod sms;
mod tokens;

pub use portal::{NoKeys, application_token_is, portal_keys};
pub use sms::SmsKey;
pub use tokens::SealedTokens;
