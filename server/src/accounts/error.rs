//! Why an account says no.

use crate::store::StoreError;
use crate::vault::VaultError;

/// An error of the accounts. The first group is for the person at the keyboard.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The e-mail is unknown or the password is wrong; which of the two is not told.
    #[error("the e-mail or the password is wrong")]
    WrongCredentials,
    /// Too many failures; the next attempt is looked at after this many seconds.
    #[error("too many failed attempts; the next one is possible in {seconds} s")]
    TooManyAttempts {
        /// Whole seconds, at least one.
        seconds: u64,
    },
    /// The setup link was used, is not the printed one, or there is an account already.
    #[error("this setup link is no longer valid")]
    SetupOver,
    /// Not an e-mail address.
    #[error("an e-mail address has a name, one @ and a domain, for example ann@example.com")]
    EmailInvalid,
    /// Somebody has this e-mail already.
    #[error("there is an account with this e-mail already")]
    EmailTaken,
    /// Too short to withstand guessing.
    #[error("a password has at least {min} characters")]
    PasswordShort {
        /// The least number of characters.
        min: usize,
    },
    /// Too long to be a password.
    #[error("a password has at most {max} characters")]
    PasswordLong {
        /// The greatest number of characters.
        max: usize,
    },
    /// Who owns WABAs, phones or portals cannot go.
    #[error("this person still owns WABAs, phones or portals")]
    OwnsThings,
    /// Somebody must be able to do everything.
    #[error("this is the only admin")]
    LastAdmin,
    /// No such person.
    #[error("there is no such person")]
    Nobody,
    /// A webhook key that is used already, or cannot stand in an address.
    #[error("{0}")]
    KeyInvalid(&'static str),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A session could not be written.
    #[error("session: {0}")]
    Session(#[from] tower_sessions::session::Error),
    /// Hashing failed; the words are for the log.
    #[error("hashing a password: {0}")]
    Hashing(String),
}
