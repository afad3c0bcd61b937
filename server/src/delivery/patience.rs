//! How long a delivery is tried before it is given up, and how long things wait in between.

use crate::outbox::{DeliveryKind, DestinationKind, Speaker};

const SECOND: i64 = 1000;
const HOUR: i64 = 60 * 60 * SECOND;

/// How often a courier gives a sign of life while calls take long: so many times in a lease.
pub const HEARTBEATS: i64 = 3;

/// A line on its way is not due again before this; only a crash lets the time pass.
pub const GUARD: i64 = 10 * 60 * SECOND;

/// The longest pause of a destination that does not answer.
pub const STORM_CAP: i64 = 15 * SECOND;

/// The pause of a destination that waits for an admin.
pub const CLOSED: i64 = 60 * SECOND;

/// How long after a lost answer a portal is asked whether it has the message: it may still be
/// at work on it.
pub const LOOK_UP: i64 = 2 * SECOND;

/// After this a delivery is given up, in milliseconds since it was written.
///
/// What a customer wrote is worth a day. An operator's text that arrives hours later does harm:
/// it is failed visibly after one hour, as Meta's own guidance has it.
const fn lifetime(kind: DeliveryKind) -> i64 {
    match kind.speaker() {
        Speaker::Operator => HOUR,
        Speaker::Customer | Speaker::Thoth | Speaker::Nobody => 24 * HOUR,
    }
}

/// True when a delivery written at `created_at` is not to be tried again.
pub const fn is_over(kind: DeliveryKind, created_at: i64, now: i64) -> bool {
    now - created_at >= lifetime(kind)
}

/// When what was on its way during a crash is looked at.
pub const fn look_up_after(kind: DestinationKind, unknown_wait: i64) -> i64 {
    match kind {
        DestinationKind::Portal => LOOK_UP,
        DestinationKind::Phone => unknown_wait,
    }
}
