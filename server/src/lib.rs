//! Everything that runs on the server.

pub mod accounts;
pub mod bitrix;
pub mod bus;
pub mod clock;
pub mod config;
pub mod outbox;
pub mod outside;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod translate;
pub mod vault;
pub mod whatsapp;
