//! Message templates at Graph, as strict as Meta is.
//!
//! `read` lists and shows them, `create` makes, changes and deletes them, `components` checks the parts they are made
//! of, `variables` finds and counts `{{1}}` and `{{name}}`, `buttons` checks buttons, `upload` takes the samples
//! of media headers.

mod buttons;
mod cards;
mod components;
mod create;
mod delete;
mod languages;
mod read;
mod upload;
mod variables;

pub use create::{create, edit};
pub use delete::delete;
pub use read::{known, list, one};
pub use upload::{announce, is_upload, receive, received};
pub use variables::names;
