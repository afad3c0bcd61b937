//! What the server says about itself: log lines, counters and the names under which a request is found in them.
//!
//! Promises: a line is a sentence readable alone plus fields; bodies, tokens and phone
//! numbers never reach it.

mod fact;
mod hours;
mod logs;
mod numbers;
mod redact;
mod request_id;
mod tally;

pub use fact::{Fact, What};
pub use hours::{BOUNDS, HOUR, Sum, UNMEASURED};
pub use logs::logs_start;
pub use numbers::{label_of, name, numbers_settle, numbers_start, numbers_text};
pub use redact::{mask_phone, mask_url};
pub use request_id::{REQUEST_ID, RequestIds};
pub use tally::Tally;
