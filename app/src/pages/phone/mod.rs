//! A phone: its page, its form, its line, and its end.

mod calling;
mod delete;
mod form;
mod health;
mod line;
mod page;
mod register;
mod steps;

pub use calling::switch_parts;
pub use delete::PhoneDeletePage;
pub use form::{PhoneEditPage, PhoneNewPage};
pub use line::{LineOpenedPage, PhoneLinePage};
pub use page::PhonePage;
