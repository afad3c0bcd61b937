//! What happened, as it is counted.

use crate::outbox::{DeliveryKind, DeliveryState};
use std::time::Duration;
use uuid::Uuid;

/// Something that happened once.
#[derive(Clone, Debug)]
pub struct Fact {
    /// When, in milliseconds.
    pub at: i64,
    /// Whose it is.
    pub owner: Uuid,
    /// What.
    pub what: What,
}

/// What may happen.
#[derive(Clone, Debug)]
pub enum What {
    /// A door said thanks: the receipt is durable.
    Acknowledged {
        /// Which door.
        source: &'static str,
        /// From the whole body's arrival to the answer.
        took: Duration,
    },
    /// A receipt was read.
    Read {
        /// Which door it came through.
        source: String,
        /// Since it came, in milliseconds.
        took: i64,
    },
    /// A delivery arrived.
    Delivered {
        /// What was carried.
        kind: DeliveryKind,
        /// Since its cause came, in milliseconds; none where nobody knows.
        took: Option<i64>,
    },
    /// A delivery will never arrive.
    Failed {
        /// What was carried.
        kind: DeliveryKind,
        /// Refused or dead.
        state: DeliveryState,
        /// Why, in a word.
        code: String,
    },
    /// The other side took it and failed later.
    FailedLate {
        /// What was carried.
        kind: DeliveryKind,
        /// Why, in a word.
        code: String,
    },
}

impl Fact {
    /// The end of a delivery: it arrived `took` milliseconds after its cause, or failed for `code`.
    pub fn ended(
        owner: Uuid,
        kind: DeliveryKind,
        state: DeliveryState,
        took: Option<i64>,
        code: Option<&str>,
        at: i64,
    ) -> Self {
        let what = if state == DeliveryState::Delivered {
            What::Delivered { kind, took }
        } else {
            let code = code.unwrap_or_default().to_owned();
            What::Failed { kind, state, code }
        };
        Self { at, owner, what }
    }
}
