//! What the server says about itself: log lines and the names under which a request is found in them.
//!
//! Promises: a line is a sentence readable alone plus fields; bodies, tokens and phone
//! numbers never reach it.

mod logs;
mod redact;
mod request_id;

pub use logs::logs_start;
pub use redact::{mask_phone, mask_url};
pub use request_id::{REQUEST_ID, RequestIds};
