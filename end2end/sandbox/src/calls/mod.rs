//! Calls on WhatsApp: between a customer's telephone and a business number.
//!
//! `course` lets a call begin and end, `told` writes the webhooks about it. Nobody speaks: a call is what Meta
//! tells of it, and what it changes about who may be called and written to.

mod course;
mod told;

pub use course::{answered_request, begin, end};
