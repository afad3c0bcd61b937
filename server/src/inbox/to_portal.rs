//! Puts something for a portal into the line of a conversation.

use crate::outbox::{DeliveryKind, DestinationKind, NewDelivery};
use crate::store::{StoreError, Txn};
use serde::Serialize;
use uuid::Uuid;

/// Which portal, and what it is about.
pub(super) struct ToPortal {
    /// Whose it is.
    pub owner: Uuid,
    /// The portal.
    pub portal: Uuid,
    /// The business number.
    pub phone: Uuid,
    /// The conversation.
    pub conversation: Uuid,
    /// The message it carries or speaks of.
    pub message: Option<Uuid>,
}

impl ToPortal {
    /// Writes the delivery.
    pub async fn enqueue_in_txn(
        self,
        txn: &Txn,
        kind: DeliveryKind,
        payload: &impl Serialize,
        now: i64,
    ) -> Result<(), StoreError> {
        let payload = serde_json::to_string(payload)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let delivery = NewDelivery {
            owner: self.owner,
            destination: DestinationKind::Portal,
            target: self.portal,
            kind,
            phone: self.phone,
            conversation: self.conversation,
            message: self.message,
            payload,
        };
        txn.delivery_enqueue(delivery, now);
        Ok(())
    }
}
