//! The way in for browsers and strangers: the router, its guards, and what is asked of the server itself.

mod health;
mod router;

pub use router::router;
