//! What the environment says about this installation: addresses, folders, limits.
//!
//! Owns the list of variables (`thoth --help` and `.env.example` are held against it).
//! Promises: read once at start, never changed afterwards; every wrong value is named
//! together with what it should have been; secrets are in no log and no Debug.

mod error;
mod parse;
mod read;
mod settings;
mod variables;

pub use error::{ConfigError, Wrong};
pub use settings::{Config, LogFormat};
pub use variables::{VARIABLES, Variable, help};
