//! Customers' calls on their way to the company's own telephone server.
//!
//! `settings` switches a number's calling at Meta and keeps what Meta confirmed; `trunk` checks the server before Meta
//! calls it: never an address the policy forbids, never longer than ten seconds, and "unknown" where nobody could tell.
//! `setup` writes the files such a server needs.

pub mod settings;
pub mod setup;
pub mod trunk;
