//! Everything that runs on the server.

#![recursion_limit = "512"]

pub mod accounts;
pub mod backend;
pub mod bitrix;
pub mod boot;
pub mod bus;
pub mod calls;
pub mod cli;
pub mod clock;
pub mod config;
pub mod connect;
pub mod delivery;
pub mod doors;
pub mod errands;
pub mod inbox;
pub mod keyring;
pub mod node;
pub mod outbox;
pub mod outside;
pub mod provision;
pub mod pulse;
pub mod queue;
pub mod remotes;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod translate;
pub mod vault;
pub mod web;
pub mod whatsapp;
pub mod workers;
