//! Calls between WhatsApp and the company's own telephone server.
//! Owns what such a server has to be told.

pub mod setup;
