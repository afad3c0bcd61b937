//! What kind of call a delivery needs.

use crate::delivery::outcome::{Landing, Outcome, Trouble};
use crate::outbox::{DeliveryKind, DeliveryState};
use crate::store::Head;
use uuid::Uuid;

/// What a flight carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cargo {
    /// Lines of the chat: `imconnector.send.messages`.
    Lines,
    /// `imconnector.send.status.delivery`.
    DeliveredTicks,
    /// `imconnector.send.status.reading`.
    ReadTicks,
    /// `messageservice.message.status.update`, for each of them.
    SmsStatuses,
    /// `telephony.externalCall.*`, for one call.
    Call,
    /// Lines whose answer was lost: looked up in the chat's history.
    Unknown,
}

impl Cargo {
    /// What this delivery needs next.
    pub fn of(head: &Head) -> Self {
        match (head.kind, head.state) {
            (DeliveryKind::DeliveredTick, _) => Self::DeliveredTicks,
            (DeliveryKind::ReadTick, _) => Self::ReadTicks,
            (DeliveryKind::SmsStatus, _) => Self::SmsStatuses,
            (DeliveryKind::CallShow | DeliveryKind::CallEnd, _) => Self::Call,
            (_, DeliveryState::Unknown) => Self::Unknown,
            (
                DeliveryKind::InboundText
                | DeliveryKind::ErrorLine
                | DeliveryKind::SentLine
                | DeliveryKind::OutboundText
                | DeliveryKind::OutboundContent,
                _,
            ) => Self::Lines,
        }
    }
}

/// What `read` makes of each delivery. One that cannot be read lands as refused.
pub(super) fn readable<T>(
    heads: &[Head],
    landing: &mut Landing,
    read: impl Fn(&Head) -> Option<T>,
) -> Vec<(Uuid, T)> {
    let mut found = Vec::with_capacity(heads.len());
    for head in heads {
        match read(head) {
            Some(cargo) => found.push((head.id, cargo)),
            None => {
                let why = Trouble::new(
                    "unreadable",
                    "This version cannot read what was to be sent.",
                );
                landing.outcomes.push((head.id, Outcome::Refused(why)));
            }
        }
    }
    found
}
