//! Messages with buttons, a list or a form: what is built on a page, kept as JSON and sent on demand.
//!
//! Owns their shape and Meta's limits, so that a form says what is wrong while it is typed, and the server says the
//! same before it sends. Source: "Interactive messages" of the Cloud API reference.

mod content;
mod fault;
mod hashtag;
mod kind;
mod limits;
mod texts;

pub use content::{
    InteractiveAction, InteractiveContent, InteractiveHeader, ListRow, ListSection, ReplyButton,
};
pub use fault::InteractiveFault;
pub use hashtag::hashtag;
pub use kind::InteractiveKind;
pub use limits::limit as interactive_limit;
