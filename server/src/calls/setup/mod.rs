//! Ready configuration for telephone servers.
//!
//! Owns the templates of every file, filled with the values of one number. Promises: the files are a pure function of
//! the values; no value can leave the place it is written to; without a password the telephone server refuses the part
//! that needs one; every line that matters says why it is there.

mod asterisk;
mod command;
mod files;
mod fill;
mod freepbx;
mod freeswitch;
mod kamailio;
mod networks;
mod other;
mod secret;
mod values;

pub use command::ConfigArguments;
pub use files::files;
pub use networks::{META_NETWORKS, META_NETWORKS_DATE, Network};
pub use values::SetupValues;

#[cfg(test)]
mod tests;
