//! Linking a phone to an open line of its portal, and asking how it is.
//!
//! Linking is five steps, each noted as it ends: register the connector, find or add the line, switch
//! the connector on for it, say what the line shows, ask whether all of it works. A step that got no
//! answer is run again later; one that was refused ends the linking with the portal's words.

mod ask;
mod check;
mod link;
mod lost;
mod may_call;
mod off;
mod place;
mod sender;
mod sender_off;
mod step;

pub use ask::{ask_in_txn, leave_in_txn, off};
pub use check::check;
pub use link::{card, link};
pub use lost::{app_lost_in_txn, line_lost_in_txn};
pub use may_call::{Asked as MayCallAsked, asked as may_call_asked, may_call, may_call_now};
pub use off::line_off;
pub use place::{CONNECTOR, line_name};
pub use sender::{leave_sender_in_txn, sender_sync, senders_at_start};
pub use sender_off::sender_off;
