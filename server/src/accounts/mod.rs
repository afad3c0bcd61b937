//! People: who they are, how they prove it, and how a browser is remembered.
//!
//! Owns passwords, sessions, the one-time setup link and webhook keys. Promises: passwords
//! are kept as argon2id hashes only; the time an answer takes does not tell whether an
//! e-mail is known; failures are counted before a password is looked at; a session's id
//! changes when somebody signs in, and the database holds only its hash.

mod change;
mod email;
mod error;
mod frame;
mod limit;
mod password;
mod person;
mod session;
mod session_store;
mod setup;
mod sign_in;
mod webhook_key;

pub use email::Email;
pub use error::AccountError;
pub use frame::Framed;
pub(crate) use password::password_verify;
pub use password::{PASSWORD_MIN, Password, password_generate};
pub(crate) use person::person_row;
pub use person::{Accounts, NewPerson, Person, Role};
pub use session::{SESSION_DAYS, session_layer};
pub use session_store::Sessions;
pub(crate) use webhook_key::webhook_key_check;
pub use webhook_key::webhook_key_generate;

#[cfg(test)]
mod tests;
