//! A portal's app: installed, proven, bound to its events, and asked how it is.
//!
//! Nothing that Bitrix24's install call says is believed before the OAuth server has confirmed its
//! token, and the portal's name and address are those that came with new tokens.

mod call;
mod check;
mod claim;
mod error;
mod events;
mod install;
mod keep;
mod open;

pub use call::AppCall;
pub use check::{NEEDED_SCOPES, ask_now, check};
pub use claim::claim;
pub use error::InstallError;
pub use install::{Installed, install};
pub use keep::keep_unproven;
pub use open::{OpenError, Opened, open};
