//! Meta's Graph API, as far as WhatsApp goes.
//!
//! `route` reads the path and the token, `messages` takes what a business sends, `outgoing` refuses what
//! Meta refuses of it, `ticks` lets the message travel and reports it, `numbers`, `accounts` and
//! `businesses` answer questions, `registration` registers numbers, `calling` holds a number's calls, `login` changes codes into tokens,
//! `templates` keeps message templates, `debug` tells what a token is worth, `refusal` knows the error shapes. Strict on purpose: a lenient fake proves nothing.

mod accounts;
mod businesses;
mod calling;
mod debug;
mod login;
mod messages;
mod numbers;
mod outgoing;
mod refusal;
mod registration;
mod route;
mod templates;
mod ticks;

pub use calling::{announce as settings_announce, words as call_words};
pub use refusal::{Refusal, trace_id};
pub use route::router;
pub use ticks::{customer_back_online, customer_reads};
