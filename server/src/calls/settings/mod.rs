//! The settings of a number's calling: read from a form, written to Meta, read back, compared, and kept.
//!
//! Promises that nothing is kept as done that Meta did not confirm, that what a number had is set again when
//! enabling fails half-way, and that two people who save at once do so one after the other.
//! `form`, `payload`, `compare` and `show` are pure; `desk`, `save`, `rotate` and `check` ask Meta and the database.

pub mod errors;

mod check;
mod compare;
mod desk;
mod errand;
mod finding;
mod form;
mod hours;
mod kept;
mod own;
mod payload;
mod rotate;
mod save;
mod show;
mod trouble;
mod wanted;
mod write;

pub use check::{Reading, calling_check};
pub use compare::differences;
pub use desk::{SettingsDesk, Who};
pub use errand::{ask_calling_check_in_txn, calling_errand};
pub use form::{Checked, form_check};
pub use kept::{KeptError, KeptEvent};
pub use own::Own;
pub use rotate::rotate;
pub use save::{Saved, save, settle_metas};
pub use show::{form_of, settings_of};
pub use trouble::Trouble;
pub use wanted::{CallingSettings, TimeOfDay};
