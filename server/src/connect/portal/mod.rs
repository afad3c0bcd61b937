//! A portal's app: installed, proven, bound to its events, and asked how it is.
//!
//! Nothing that Bitrix24's install call says is believed before the OAuth server has confirmed its
//! token, the portal's name and address are those that came with new tokens, and only an administrator's are taken.

mod call;
mod check;
mod claim;
mod error;
mod events;
mod give;
mod install;
mod keep;
mod keys;
mod open;
mod proof;

#[cfg(test)]
pub(crate) mod fake;
#[cfg(test)]
mod tests;

pub use call::AppCall;
pub use check::{NEEDED_SCOPES, ask_now, check};
pub use claim::claim;
pub use error::InstallError;
pub use give::Writing;
pub use install::{Installed, install};
pub use keep::{INSTALL_WAITS, keep_unproven};
pub use keys::{KeysError, keys_prove};
pub use open::{OpenError, Opened, open};
