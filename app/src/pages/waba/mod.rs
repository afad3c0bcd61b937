//! WABAs: listed, added, shown, edited, deleted, and picked from a login with Facebook.

mod connect;
mod delete;
mod edit;
mod fields;
mod health;
mod list;
mod login;
mod new;
mod numbers;
mod page;

pub use connect::WabaConnectPage;
pub use delete::WabaDeletePage;
pub use edit::WabaEditPage;
pub use health::check_words;
pub use list::WabasPage;
pub use new::WabaNewPage;
pub use page::WabaPage;
