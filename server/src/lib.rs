//! Everything that runs on the server.

pub mod bus;
pub mod clock;
pub mod store;
