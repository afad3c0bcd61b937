//! The bridge, driven from both ends. One file for each theme; every case runs on SQLite and on PostgreSQL.

mod doors;
mod provision;
mod texts;
