//! Where strangers knock: Meta with webhooks, Bitrix24 with events and SMS.
//!
//! A door checks who knocks, writes what was brought byte for byte, and only then says thanks.
//! It understands nothing: that is the inbox's work. Doors sit outside the panel's CSRF layer,
//! for strangers prove themselves by keys, signatures and tokens instead.

mod app;
mod bitrix;
mod callers;
mod concern;
mod counting;
mod heard;
mod meta;
#[cfg(test)]
mod meta_tests;
mod refusal;
mod signature;
mod sms;

use crate::state::AppState;
use axum::Router;

/// Most that a webhook or an event may weigh (Meta: up to 3 MB).
pub const BODY_LIMIT: usize = 3 * 1024 * 1024;

/// All doors.
pub fn router() -> Router<AppState> {
    Router::new()
        .merge(counting::refusals_counted(meta::routes(), "meta"))
        .merge(counting::refusals_counted(bitrix::routes(), "bitrix"))
        .merge(counting::refusals_counted(sms::routes(), "sms"))
        .merge(app::routes())
}
