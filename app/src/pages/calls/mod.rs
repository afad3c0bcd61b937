//! Calls: the list, the last days as bars, and who may be called.

mod chart;
mod list;
mod permissions;
mod row;
mod words;

pub use list::CallsPage;
pub use permissions::CallPermissionsPage;
