//! What pages show: joins for reading, always within a [`Scope`](super::Scope).

mod deliveries;
mod found;
mod overview;
mod phones;
mod query;

pub use deliveries::{AttemptView, DeliveryOrder, DeliveryQuestion, DeliveryView};
pub use overview::{Counts, PortalView, Traffic, WabaView};
pub use phones::{PhoneOrder, PhoneQuestion, PhoneView};
pub use query::{COUNTED, Slice};
