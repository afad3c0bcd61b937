//! What people do to the queue: they replay and discard dead letters, hold destinations and let them go on.
//!
//! Promises: everything is done within a scope and written down with who did it and why; doing it twice changes
//! nothing; what is many is done in transactions of a few. The engine is not spoken to: it reads what is written here.

mod act;
mod cause;
mod hold;
mod place;
mod watch;

#[cfg(test)]
mod tests;

pub use act::{Act, Done, Order};
pub use cause::CauseOrder;
pub(crate) use cause::cause_errand;
pub use watch::watch;

use crate::bus::Bus;
use crate::clock::Clock;
use crate::state::AppState;
use crate::store::Store;

/// The most characters of a reason.
pub const REASON_LENGTH_MAX: usize = 500;

/// Where people act on the queue, from a page or from the command line.
pub struct QueueDesk {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Who has to hear of it.
    pub bus: Bus,
}

impl QueueDesk {
    /// The desk of a running server.
    pub fn of(state: &AppState) -> Self {
        Self {
            store: state.store.clone(),
            clock: state.clock.clone(),
            bus: state.bus.clone(),
        }
    }
}
