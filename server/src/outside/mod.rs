//! The way out: the one HTTP client that may call strangers, and the reading of what they answer.
//!
//! Owns where THOTH may call (never a private address unless told so), how long it waits, and how much of
//! an answer it takes. Promises that TLS is always verified, that redirects are never followed by themselves,
//! and that "certainly not sent" and "maybe sent" are told apart.

mod addresses;
mod client;
mod guard;
pub mod loose;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use addresses::is_public;
pub use client::{Call, Client, NoClient, Reply, Trouble, client};
pub use guard::{Forbidden, check};
