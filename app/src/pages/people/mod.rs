//! People: one's own account, and for admins everybody's.

mod account;
mod key;
mod list;
mod one;

pub use account::AccountPage;
pub use key::{KeyNewPage, KeyOffPage};
pub use list::UsersPage;
pub use one::{UserDeletePage, UserNewPage, UserPage};
