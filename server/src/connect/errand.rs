//! Which room runs which errand.

use super::{phone, portal, waba};
use crate::calls::settings::calling_errand;
use crate::calls::trunk;
use crate::errands::{Errand, Outcome};
use crate::queue;
use crate::state::AppState;
use crate::store::StoreError;

/// Runs an errand. An error is the database's; what the other side says is a check's finding.
pub async fn perform(state: &AppState, errand: &Errand) -> Result<Outcome, StoreError> {
    match errand {
        Errand::WabaCheck { waba } => waba::check(state, *waba).await,
        Errand::TemplatesSync { waba } => waba::templates::sync(state, *waba).await,
        Errand::PortalCheck { portal } => portal::check(state, *portal).await,
        Errand::PhoneLink { phone } => phone::link(state, *phone).await,
        Errand::PhoneCheck { phone } => phone::check(state, *phone).await,
        Errand::LineOff {
            portal,
            line,
            connector,
        } => phone::line_off(state, *portal, *line, connector).await,
        Errand::SenderSync { phone } => phone::sender_sync(state, *phone).await,
        Errand::CallingCheck { phone } => calling_errand(state, *phone).await,
        Errand::TrunkCheck { phone } => trunk::watch(state, *phone).await,
        Errand::CallPermission { permission } => phone::may_call(state, *permission).await,
        Errand::QueueAct { order } => queue::cause_errand(state, order).await,
        Errand::SenderOff { portal, code } => phone::sender_off(state, *portal, code).await,
    }
}
