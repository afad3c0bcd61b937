//! What pages show: joins for reading, always within a [`Scope`](super::Scope).

mod call_permissions;
mod calls;
mod deliveries;
mod delivery_question;
mod found;
mod interactives;
pub(super) mod overview;
mod people;
mod phone_page;
mod phones;
mod portals;
pub(super) mod query;
mod templates;
mod wabas;

pub use call_permissions::{CallPermissionQuestion, CallPermissionView};
pub use calls::{CallCount, CallOrder, CallQuestion, CallView};
pub use deliveries::{AttemptView, DeliveryView};
pub use delivery_question::{DeliveryOrder, DeliveryQuestion};
pub use interactives::{InteractiveOrder, InteractiveQuestion, InteractiveView};
pub use overview::{Counts, PortalView, Traffic, WabaView};
pub use people::{PersonQuestion, PersonView};
pub use phone_page::Loss;
pub use phones::{PhoneOrder, PhoneQuestion, PhoneView};
pub use portals::{PortalListView, PortalQuestion};
pub use query::{COUNTED, Slice};
pub use templates::{TemplateCounts, TemplateOrder, TemplateQuestion};
pub use wabas::{WabaBelongings, WabaOrder, WabaQuestion, WabaRowView};
