//! The bridge, driven from both ends. One file for each theme; every case runs on SQLite and on PostgreSQL.

mod app_doors;
mod batches;
mod calling;
mod calls;
mod changes;
mod crash;
mod doors;
mod faults;
mod fixtures;
mod numbers;
mod owners;
mod provision;
mod queue;
mod silence;
mod sms;
mod templates;
mod texts;
