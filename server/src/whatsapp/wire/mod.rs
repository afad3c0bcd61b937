//! Meta's webhooks as they really arrive.
//!
//! Every item is read on its own and keeps its raw JSON; only a body that is no JSON object is refused.
//! Shapes: "Webhooks, messages" of the WhatsApp Business Platform documentation.

mod call;
mod contact;
mod content;
mod envelope;
mod ids;
mod interactive;
mod kind;
mod message;
mod status;
mod surrogates;
#[cfg(test)]
mod tests;

pub use call::{CallEvent, CallEventKind, CallSide};
pub use contact::Contact;
pub use content::{Card, Location, Media, Order, OrderItem, SystemKind, SystemNote};
pub use envelope::{Change, Envelope, Malformed, Oddity, read};
pub use ids::{Bsuid, Peer, WaId};
pub use interactive::Interactive;
pub use kind::InboundKind;
pub use message::{Echo, InboundMessage, MessageContext, Product, Referral};
pub use status::{Status, StatusKind};
