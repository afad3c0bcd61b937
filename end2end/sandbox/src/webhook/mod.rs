//! Meta's webhook sender, and the queues that Bitrix24's events use as well.
//!
//! `envelope` builds bodies, `sign` escapes and signs them, `lanes` keeps one queue per conversation so
//! that order is kept while conversations overtake each other, `post` makes the attempts and the
//! retries, `handshake` asks a callback for its challenge. What failed is tried again until it is taken.

pub mod envelope;
mod handshake;
mod lanes;
mod post;
mod sign;

pub use handshake::handshake;
pub use lanes::{Job, Lanes, Load, Then};
pub use post::{Signed, queue, queue_of, raw};
pub use sign::{escape, signature};
