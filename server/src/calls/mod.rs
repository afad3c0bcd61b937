//! WhatsApp calls on the company's own telephone server.
//!
//! Owns what a telephone server must be before Meta may call it, and how that is proven. Promises that a check
//! never reaches an address the policy forbids, never takes longer than ten seconds, and says "unknown" where
//! nobody could tell.

pub mod trunk;
