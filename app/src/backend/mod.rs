//! What the panel needs from the server: one small trait per noun.
//!
//! The server implements them over its database, tests and the preview over plain memory.
//! One [`Backend`] is made per request, with the session inside, and reaches the server
//! functions through the context. Every call that touches somebody's things takes a
//! [`Permit`](crate::model::Permit).

mod accounts;
mod calling;
mod calls;
mod deliveries;
mod exchange;
mod interactives;
mod meta_app;
mod overviews;
mod people;
mod phones;
mod portals;
mod queue;
mod templates;
mod wabas;

pub use accounts::Accounts;
pub use calling::Calling;
pub use calls::Calls;
pub use deliveries::Deliveries;
pub use exchange::Exchange;
pub use interactives::Interactives;
pub use meta_app::MetaApps;
pub use overviews::Overviews;
pub use people::People;
pub use phones::Phones;
pub use portals::{PortalForm, Portals};
pub use queue::Queue;
pub use templates::{Sample, Templates};
pub use wabas::Wabas;

use std::sync::Arc;

/// All nouns of one request.
#[derive(Clone)]
pub struct Backend {
    /// Signing in and out.
    pub accounts: Arc<dyn Accounts>,
    /// The overview.
    pub overviews: Arc<dyn Overviews>,
    /// WhatsApp Business Accounts.
    pub wabas: Arc<dyn Wabas>,
    /// Message templates.
    pub templates: Arc<dyn Templates>,
    /// Interactive messages.
    pub interactives: Arc<dyn Interactives>,
    /// The Meta app.
    pub meta_apps: Arc<dyn MetaApps>,
    /// Business numbers.
    pub phones: Arc<dyn Phones>,
    /// Calling of business numbers.
    pub calling: Arc<dyn Calling>,
    /// Calls, and who may be called.
    pub calls: Arc<dyn Calls>,
    /// Bitrix24 portals.
    pub portals: Arc<dyn Portals>,
    /// Who may sign in.
    pub people: Arc<dyn People>,
    /// Deliveries.
    pub deliveries: Arc<dyn Deliveries>,
    /// What people do to the queue.
    pub queue: Arc<dyn Queue>,
    /// The request and the answer being made.
    pub exchange: Arc<dyn Exchange>,
}
