//! Meta's errors: read tolerantly, judged by a table, explained in plain words.
//!
//! Owns the one meaning every error code has here, whether it came as an answer or in a status.
//! Promises that no token stands in what it shows. Source: "Error codes" of the WhatsApp Cloud API.

mod explain;
mod graph_error;
mod redact;
mod verdict;
mod words;

pub use explain::{explain, reworded, words_of};
pub use graph_error::GraphError;
pub use redact::redacted;
pub use verdict::{Verdict, pair_wait, verdict};
