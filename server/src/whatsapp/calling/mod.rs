//! Calling of a number as Meta has it: its settings, and whether calls can arrive.
//!
//! Owns the shapes of Meta's `calling` object and of `health_status`. Promises that what nobody knows is kept raw,
//! and that a SIP password stands in nothing that is kept or logged.
//! Source: "Call settings" and "Health status" of the Cloud API reference.

mod calls;
mod health;
mod object;
mod passwords;
mod read;
#[cfg(test)]
mod tests;

pub use health::{Ability, CallHealth, HealthEntity, HealthError};
pub use object::{
    Calling, Hours, Icon, KeyExchange, Opening, Restriction, Server, Shut, Sip, Voicemail,
};
pub use passwords::{SipPassword, passwords_take};
