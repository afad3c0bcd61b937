//! The bridge, driven from both ends. One file for each theme; every case runs on SQLite and on PostgreSQL.

mod crash;
mod doors;
mod faults;
mod fixtures;
mod provision;
mod texts;
