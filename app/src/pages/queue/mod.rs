//! What people do to the queue: dead letters by their cause, and destinations.

mod acts;
mod audit;
mod cause;
mod dead;
mod destination;
mod destinations;
mod done;
mod meter;
mod state;

pub use acts::LetterActs;
pub use audit::AuditList;
pub use cause::CausePage;
pub use dead::DeadLettersPage;
pub use destination::DestinationPage;
pub use destinations::DestinationsPage;
pub use done::DoneNote;
