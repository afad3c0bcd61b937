//! The operator's side of a portal: answering in a chat, switching things off, and the events both cause.
//!
//! `event` writes an event as Bitrix24 posts it, `send` answers customers, `switch` turns off channels,
//! lines and the app, `install` tells an app that it is there, or that it was updated, `sms` hands a text message to
//! its sender's handler. Events go to every handler bound
//! for them and to the configured one, once each; Bitrix24 does not repeat an event, and neither does this.

mod event;
mod install;
mod send;
mod sms;
mod switch;

pub use event::fire;
pub use install::{install, installed, update};
pub use send::{answer, delete, edit};
pub use sms::{AuthBlock, Cause, Text, again, send as sms};
pub use switch::{channel_off, line_delete, uninstall};
