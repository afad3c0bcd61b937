//! The settings of a number's calling: read from a form, written to Meta, read back, compared, and kept.
//!
//! Promises that nothing is kept as done that Meta did not confirm, that what a number had is set again when
//! enabling fails half-way, and that two people who save at once do so one after the other.
//! `form`, `payload`, `compare` and `show` are pure; `desk`, `save`, `settle`, `rotate` and `check` ask Meta and the database.

pub mod errors;

#[cfg(test)]
pub(crate) mod fake;
#[cfg(test)]
mod save_tests;
#[cfg(test)]
mod tests;

mod check;
mod compare;
mod desk;
mod errand;
mod finding;
mod form;
mod hours;
mod kept;
mod known;
mod own;
mod payload;
mod rotate;
mod save;
mod settle;
mod show;
mod trouble;
mod wanted;
mod write;

pub use check::{Reading, calling_check, restricted_in_txn};
pub use compare::differences;
pub use desk::{SettingsDesk, Who};
pub use errand::{ask_calling_check_in_txn, calling_errand};
pub use finding::{error_words, reason, standing};
pub use form::{Checked, PORT, form_check, host_read, port_read};
pub use hours::{is_open, local_time};
pub use kept::{KeptError, KeptEvent, kept};
pub use known::Known;
pub use own::Own;
pub use rotate::rotate;
pub use save::{Saved, save};
pub use settle::{settle_metas, settle_ours};
pub use show::{form_of, settings_of};
pub use trouble::{Trouble, restored_words, same_password_words};
pub use wanted::{CallHours, CallingSettings, SipAddress, TimeOfDay};
