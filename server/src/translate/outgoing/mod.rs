//! Interactive messages on their way out: the code or hashtag that sends one, and Meta's object it becomes.
//!
//! Owns the codes `interactive+ID+name:value|...` and `#hashtag name:value|...`, which share their values with the
//! template codes. Promises that a message over Meta's limits is refused here, with the field and the limit.
//! What is built on a page is `app::model::InteractiveContent`.

mod code;
mod content;
mod fill;
mod problem;
#[cfg(test)]
mod tests;

pub use code::{InteractiveCode, InteractiveReference, read_interactive};
pub use fill::{fill_interactive, interactive_signature};
pub use problem::InteractiveProblem;
