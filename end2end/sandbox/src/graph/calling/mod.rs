//! Calling of a number: its settings, its health, who may be called.
//!
//! `settings` reads and writes the `calling` object, `wanted` checks what was posted, `hours` the call hours in it,
//! `refused` knows the codes, `health` says why no SIP call arrives, `leave` answers who may be called.

mod health;
mod hours;
mod leave;
mod refused;
mod settings;
mod wanted;

pub use health::{app_errors, number_errors};
pub use leave::{ask, permissions, start};
pub use refused::words;
pub use settings::{announce, change, read};
