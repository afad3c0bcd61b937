//! A WABA: its token is inspected, its app subscribed, its numbers read and registered.
//!
//! Meta's refusals are faults that belong to a field; Meta's silence is no fault: what could
//! not be asked is said, and asked again by an errand.

mod app;
mod check;
pub mod facebook;
mod inspect;
mod numbers;
mod patience;
mod register;
mod save;
pub mod templates;

pub use app::{MetaApp, meta_app};
pub use check::{WARNING, check, check_soon};
pub use inspect::{Fault, Given, Seen, inspect};
pub use patience::Patience;
pub use register::{Typed, register_typed};
pub use save::{Connection, follow, fresh};
