//! Seals the secrets that must be kept: tokens, app secrets, keys, PINs.
//!
//! Owns the key of this installation, from the environment or from a file only its owner
//! may read. Promises: a sealed value opens only in the row and column it was sealed for;
//! a wrong or a missing key is refused at start, before anything is written; a new key is
//! never made for a database that already holds secrets.

mod error;
mod file;
mod key;
mod place;
mod seal;
mod start;

pub use error::VaultError;
pub use file::folder_prepare;
pub use key::key_words_fit;
pub use place::Place;
pub use seal::Vault;

#[cfg(test)]
mod tests;
