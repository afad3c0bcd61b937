//! The long-running work of a node, started together, restarted when it falls over, stopped together.

pub mod checkpoints;
mod crew;
pub mod janitor;
pub mod nodes;
pub mod watch;

pub use crew::Crew;
