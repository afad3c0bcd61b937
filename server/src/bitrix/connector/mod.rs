//! The connector: messages of customers in, ticks back, and how the connector itself is.
//!
//! Each method has its parameters and the reading of its result apart from the call, so that it also works
//! inside a batch. Promises that `SUCCESS: false` inside an HTTP 200 is a refusal (R20).
//! Source: "imconnector" of the Bitrix24 REST documentation.

mod channel;
mod lifecycle;
mod receive;
#[cfg(test)]
mod tests;
mod ticks;

pub use channel::Channel;
pub use lifecycle::{
    ChannelData, ConnectorCard, ConnectorStatus, activate, activate_params, data_set,
    data_set_params, register, register_params, status, status_params, status_read,
};
pub use receive::{
    InboundItem, ItemResult, send_messages, send_messages_params, send_messages_read,
};
pub use ticks::{
    StatusItem, delivery_params, reading_params, send_status_delivery, send_status_reading,
    status_call_read,
};
