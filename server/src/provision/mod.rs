//! Accounts from a file: `thoth provision setup.toml`.
//!
//! Owns the format of that file. Promises: every mistake is named with its line, table and
//! key, all of them at once; nothing is written unless everything is right, and then in one
//! transaction; a second run finds nothing to change; a key that is left out leaves what is
//! there; tokens that Bitrix24 has rotated since are never rolled back.

mod apply;
mod apply_phones;
mod apply_portals;
mod apply_wabas;
mod check;
mod document;
mod entries;
mod error;
mod fields;
mod known;
mod read_people;
mod read_phones;
mod read_portals;
mod report;
mod run;
mod shapes;

pub use document::At;
pub use error::{Fault, ProvisionError};
pub use report::Report;
pub use run::Provisioner;

#[cfg(test)]
mod tests;
