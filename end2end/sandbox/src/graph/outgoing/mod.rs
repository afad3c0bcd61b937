//! What a business sends, checked as Meta checks it, and what the customer sees of it.
//!
//! `check` reads the addressee and the plain types, `template` fills a template, `parameters` and `buttons` its
//! parts, `interactive` and `list` know buttons, lists and the other kinds, `door` which messages go through which path,
//! `shown` is what a telephone is given to show.

mod buttons;
mod check;
mod door;
mod interactive;
mod list;
mod parameters;
mod rows;
mod shown;
mod template;

pub use check::{To, addressee, content};
pub use door::{Door, door, through};
pub use shown::Content;
