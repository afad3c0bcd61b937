//! What Meta says and how we talk to it: the WhatsApp Cloud API.
//!
//! Owns the shapes of Meta's webhooks, the Graph client and the meaning of Meta's error codes.
//! Promises that a stranger's value never breaks the reading of its neighbours, and that a send tells
//! "refused", "later", "not sent" and "unknown" apart. Touches no database.

pub mod errors;
pub mod wire;
