//! Connecting: a WABA to Meta, a portal to Bitrix24, a phone to an open line.
//!
//! Each step may run twice and says what it found as a check: ok, bad or unknown, with the
//! time and the other side's words. No transaction is open while somebody answers.

mod checks;
mod errand;
pub mod phone;
pub mod portal;
pub mod waba;

pub use checks::{Check, is_stale, name};
pub use errand::perform;
