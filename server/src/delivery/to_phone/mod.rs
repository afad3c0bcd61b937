//! To customers: one call of the Graph API each, in order per conversation.
//!
//! Owns how a delivery becomes a call and what Meta's answer means for it. Promises that what was
//! certainly not sent is told apart from what may have been.

mod answer;
mod carrier;
mod content;

pub(super) use carrier::PhoneCarrier;
