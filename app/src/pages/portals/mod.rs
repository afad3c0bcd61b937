//! The portals: a list.

mod list;
mod state;

pub use list::PortalsPage;
pub use state::state_parts;
