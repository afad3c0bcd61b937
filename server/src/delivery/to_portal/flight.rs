//! What kind of call a delivery needs.

use crate::outbox::{DeliveryKind, DeliveryState};
use crate::store::Head;

/// What a flight carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cargo {
    /// Lines of the chat: `imconnector.send.messages`.
    Lines,
    /// `imconnector.send.status.delivery`.
    DeliveredTicks,
    /// `imconnector.send.status.reading`.
    ReadTicks,
    /// Lines whose answer was lost: looked up in the chat's history.
    Unknown,
}

impl Cargo {
    /// What this delivery needs next.
    pub fn of(head: &Head) -> Self {
        match (head.kind, head.state) {
            (DeliveryKind::DeliveredTick, _) => Self::DeliveredTicks,
            (DeliveryKind::ReadTick, _) => Self::ReadTicks,
            (_, DeliveryState::Unknown) => Self::Unknown,
            (
                DeliveryKind::InboundText | DeliveryKind::ErrorLine | DeliveryKind::OutboundText,
                _,
            ) => Self::Lines,
        }
    }
}
