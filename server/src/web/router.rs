//! Everything that answers HTTP.

use super::health;
use crate::doors;
use crate::state::AppState;
use axum::Router;

/// The doors for Meta and Bitrix24 stand outside the panel's guards: strangers prove themselves there
/// by keys, signatures and tokens.
pub fn router(state: AppState) -> Router {
    Router::new().merge(doors::router()).merge(health::routes()).with_state(state)
}
