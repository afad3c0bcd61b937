//! The sandbox: one program that plays everyone THOTH talks to.
//!
//! Here live a pretend Meta (Graph, the webhook sender, the app dashboard), the phones of a few
//! WhatsApp customers, a pretend Bitrix24 (the OAuth server, portals, an operator's chat), and the
//! switches that make them misbehave. It owns its own reading of the two contracts and shares no
//! type with the product, so that a misreading on either side shows. It promises to refuse what the
//! real services refuse, with their codes, and to keep a log of every refusal.

pub mod api;
pub mod calls;
pub mod desk;
pub mod facebook;
pub mod fault_layer;
pub mod faults;
pub mod graph;
pub mod journal;
pub mod listen;
pub mod oauth;
pub mod operator;
pub mod pages;
pub mod params;
pub mod portal;
pub mod reviewer;
pub mod setup;
pub mod state;
pub mod webhook;
pub mod words;
pub mod world;

#[cfg(test)]
mod tests;

pub use setup::Setup;
pub use state::{Sandbox, Shared};
