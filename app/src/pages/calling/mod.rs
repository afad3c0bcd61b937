//! Calling of a phone: how it stands, its settings, the test of the telephone server, and how that is set up. One and
//! the same for admins, for end-users and inside Bitrix24.

mod check;
mod differences;
mod error;
mod fields;
mod form;
mod health;
mod history;
mod hours;
mod more;
mod page;
mod password;
mod setup;
mod tabs;
mod why;
mod why_words;
mod words;
mod zones;

pub use check::CallingCheckPage;
pub use history::CallingHistoryPage;
pub use page::CallingPage;
pub use password::{CallingPasswordNewPage, CallingPasswordPage};
pub use setup::CallingSetupPage;
pub use why::CallingWhyPage;
