//! A Bitrix24 portal's REST.
//!
//! `rest` reads the call and its token, `limits` holds the leaky bucket and the operating time, `batch`
//! runs up to fifty commands, `dispatch` finds the method; then one room per family of methods:
//! `connector`, `send`, `status`, `lines`, `sessions`, `handlers`, `placements`, `messageservice`,
//! `telephony`, `people`. Methods are plain functions
//! over the world: they see a [`Call`], answer a value or a [`Fail`], and never wait.

mod answer;
mod batch;
mod connector;
mod dispatch;
mod handlers;
mod limits;
mod lines;
mod messageservice;
mod people;
mod placements;
mod rest;
mod send;
mod sessions;
mod status;
mod telephony;

pub use answer::{Call, Fail};
pub use rest::router;
