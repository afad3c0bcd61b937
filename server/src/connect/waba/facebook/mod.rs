//! Login with Facebook: there with a state, back with a code, and what was shared is picked from.
//!
//! A state is 256 random bits, works once, for ten minutes, in the session that began it. The
//! token that the code becomes is sealed and forgotten when the login is over.

mod back;
mod found;
mod pick;
mod there;

pub use back::{Answer, Finished, finish, read_again};
pub use found::{Found, FoundNumber, FoundWaba, Trouble};
pub use pick::{Choice, connect, login_of};
pub use there::{begin, redirect_uri};

use crate::store::StoreError;

/// Why a login did not go on.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// No Meta app is set.
    #[error("the Meta app is not set")]
    NoApp,
    /// The state is used, too old, unknown or another session's.
    #[error("the login is used up or was begun elsewhere")]
    Stale,
    /// Nothing was ticked.
    #[error("nothing was chosen")]
    NothingChosen,
    /// This number is a phone of somebody already.
    #[error("the number is connected already")]
    NumberTaken(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}
