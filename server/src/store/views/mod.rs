//! What pages show: joins for reading, always within a [`Scope`](super::Scope).

mod deliveries;
mod found;
mod overview;
mod phones;
mod query;
mod wabas;

pub use deliveries::{AttemptView, DeliveryOrder, DeliveryQuestion, DeliveryView};
pub use overview::{Counts, PortalView, Traffic, WabaView};
pub use phones::{PhoneOrder, PhoneQuestion, PhoneView};
pub use query::{COUNTED, Slice};
pub use wabas::{WabaBelongings, WabaOrder, WabaQuestion, WabaRowView};
