//! Interactive messages: listed, shown, built, changed and deleted.

mod actions;
mod delete;
mod edit;
mod fields;
mod list;
mod page;
mod sections;
mod words;

pub use delete::InteractiveDeletePage;
pub use edit::{InteractiveEditPage, InteractiveNewPage};
pub use list::InteractivesPage;
pub use page::InteractivePage;
