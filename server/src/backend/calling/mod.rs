//! Calling of phones for the panel.
//!
//! What a page shows is what was last read at Meta, never a call while somebody waits. A change goes on when the
//! browser that asked for it has gone: half of it at Meta would be worse.

mod change;
mod config;
mod history;
mod noun;
mod show;
mod told;
mod trunk;
mod why;

#[cfg(test)]
mod tests;
