//! A portal: its page, its form and its end.

mod delete;
mod form;
mod page;
mod values;

pub use delete::PortalDeletePage;
pub use form::{PortalEditPage, PortalNewPage};
pub use page::PortalPage;
