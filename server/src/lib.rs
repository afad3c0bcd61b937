//! Everything that runs on the server.

pub mod accounts;
pub mod bitrix;
pub mod bus;
pub mod clock;
pub mod config;
pub mod delivery;
pub mod doors;
pub mod inbox;
pub mod node;
pub mod outbox;
pub mod outside;
pub mod provision;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod translate;
pub mod vault;
pub mod whatsapp;
pub mod workers;
