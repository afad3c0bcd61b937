//! What can be asked for.

use crate::queue::CauseOrder;
use crate::store::StoreError;
use crate::store::entities::errand;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Duration;
use uuid::Uuid;

/// One thing to do. The same one asked for twice is done once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Errand {
    /// Read a WABA's token, subscription and numbers at Meta.
    WabaCheck {
        /// The WABA.
        waba: Uuid,
    },
    /// Read all templates of a WABA at Meta.
    TemplatesSync {
        /// The WABA.
        waba: Uuid,
    },
    /// Read a portal's token, rights and events, and mend the events.
    PortalCheck {
        /// The portal.
        portal: Uuid,
    },
    /// Link a phone to an open line of its portal.
    PhoneLink {
        /// The phone.
        phone: Uuid,
    },
    /// Ask how a phone's connector and number are.
    PhoneCheck {
        /// The phone.
        phone: Uuid,
    },
    /// Switch a connector off for a line that a phone has left.
    LineOff {
        /// The portal.
        portal: Uuid,
        /// The open line.
        line: i64,
        /// The connector.
        connector: String,
    },
    /// Bring a phone's SMS sender in its portal to what the phone says.
    SenderSync {
        /// The phone.
        phone: Uuid,
    },
    /// Read a phone's calling at Meta.
    CallingCheck {
        /// The phone.
        phone: Uuid,
    },
    /// Check the telephone server a phone's calls go to.
    TrunkCheck {
        /// The phone.
        phone: Uuid,
    },
    /// Ask Meta whether a customer may be called, and how often they may be asked.
    CallPermission {
        /// The permission's row.
        permission: Uuid,
    },
    /// Go on with what was ordered for all dead letters of a cause.
    QueueAct {
        /// The order.
        order: CauseOrder,
    },
    /// Remove an SMS sender that a phone has left.
    SenderOff {
        /// The portal.
        portal: Uuid,
        /// The sender's code.
        code: String,
    },
}

/// How an errand went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is over.
    Done,
    /// It is to be run again after this time: it repeats, or could not be run now.
    Again(Duration),
}

impl Errand {
    /// Its kind in the database.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::WabaCheck { .. } => "waba_check",
            Self::TemplatesSync { .. } => "templates_sync",
            Self::PortalCheck { .. } => "portal_check",
            Self::PhoneLink { .. } => "phone_link",
            Self::PhoneCheck { .. } => "phone_check",
            Self::LineOff { .. } => "line_off",
            Self::SenderSync { .. } => "sender_sync",
            Self::CallingCheck { .. } => "calling_check",
            Self::TrunkCheck { .. } => "trunk_check",
            Self::CallPermission { .. } => "call_permission",
            Self::SenderOff { .. } => "sender_off",
            Self::QueueAct { .. } => "queue_act",
        }
    }

    /// What it is about.
    pub fn subject(&self) -> Uuid {
        match self {
            Self::WabaCheck { waba } | Self::TemplatesSync { waba } => *waba,
            Self::PortalCheck { portal } => *portal,
            Self::CallPermission { permission } => *permission,
            Self::PhoneLink { phone }
            | Self::PhoneCheck { phone }
            | Self::SenderSync { phone }
            | Self::CallingCheck { phone }
            | Self::TrunkCheck { phone } => *phone,
            Self::QueueAct { order } => hashed_id(&[
                order.owner.as_bytes(),
                order.destination.as_bytes(),
                order.code.as_bytes(),
                &[0],
                order.words.as_bytes(),
            ]),
            Self::SenderOff { portal, code } => hashed_id(&[portal.as_bytes(), code.as_bytes()]),
            Self::LineOff {
                portal,
                line,
                connector,
            } => hashed_id(&[portal.as_bytes(), &line.to_be_bytes(), connector.as_bytes()]),
        }
    }

    /// The row to write.
    pub fn row(&self, due_at: i64, now: i64) -> Result<errand::Model, StoreError> {
        let payload = serde_json::to_string(self)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(errand::Model {
            id: Uuid::now_v7(),
            kind: self.kind().to_owned(),
            subject_id: self.subject(),
            payload,
            attempts: 0,
            due_at,
            created_at: now,
        })
    }
}

/// An id for what is left behind: each is a subject of its own, and outlives its phone.
fn hashed_id(parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(hash.finalize().iter()) {
        *to = *from;
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_what_to_do() {
        let errand = off(17);
        let row = errand.row(5, 4).unwrap();
        assert_eq!((row.kind.as_str(), row.due_at), ("line_off", 5));
        assert!(row.payload.contains("\"kind\":\"line_off\""));
        let read: Errand = serde_json::from_str(&row.payload).unwrap();
        assert_eq!(read, errand);
    }

    fn off(line: i64) -> Errand {
        Errand::LineOff {
            portal: Uuid::from_u128(2),
            line,
            connector: "thoth_whatsapp".to_owned(),
        }
    }

    #[test]
    fn every_line_that_is_left_is_a_subject_of_its_own() {
        assert_eq!(off(17).subject(), off(17).subject());
        assert_ne!(off(17).subject(), off(18).subject());
    }
}
