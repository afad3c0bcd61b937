//! Everything that must still reach somebody, as rows that outlive the process.
//!
//! A delivery is written in the transaction of its cause, into the line of its conversation:
//! whoever commits the cause has promised the delivery. Couriers (see `delivery`) carry them.

mod model;
mod payload;

pub use model::{
    Cause, DeliveryKind, DeliveryState, DestinationKind, Direction, NewDelivery, Speaker,
    UnknownWord,
};
pub use payload::{CallNews, ChatLine, CustomerContent, CustomerText, SmsStatus, Tick};
