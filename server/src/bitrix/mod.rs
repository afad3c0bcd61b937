//! What Bitrix24 says and how we talk to it: events, REST, tokens, connectors and open lines.
//!
//! Owns the shapes of its events and answers, and the meaning of its errors. Promises that a failure inside
//! an HTTP 200 is a failure (R20), that one token is refreshed once at a time (R8), and that no token is shown.

pub mod wire;
