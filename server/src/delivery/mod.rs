//! Deliveries reach their destinations: in order per conversation, at the destination's pace,
//! by one node at a time.
//!
//! The dispatcher leases destinations that have something due and sends a courier to each. A
//! courier takes the heads of lines, marks them as on their way, calls, and writes what came of
//! it, every write fenced by the lease's epoch. Waiting happens in the database, not in a task.

pub mod backoff;
mod carrier;
mod courier;
mod dispatcher;
mod follow;
mod outcome;
pub mod pace;
mod patience;
mod settle;
mod to_phone;
mod to_portal;

#[cfg(test)]
mod model_tests;

pub use dispatcher::Dispatcher;
pub use outcome::{Landing, Learnt, Outcome, Trouble, Weather};
