//! A portal was saved: an installation that waits for its keys is its own now.

use super::error::InstallError;
use super::install::give;
use super::keep::{WAITS, of_pending};
use crate::state::AppState;
use crate::store::entities::portal;

/// Takes the newest installation that waits for this client id. False when none does.
///
/// An installation that does not say whose it is, is tried with these keys.
pub async fn claim(state: &AppState, portal: &portal::Model) -> Result<bool, InstallError> {
    let since = state.clock.now() - WAITS;
    let waiting = state
        .store
        .installs_waiting(&portal.client_id, since)
        .await?;
    for install in waiting {
        let call = of_pending(state, &install)?;
        match give(state, &call, portal).await {
            Ok(_) => return Ok(true),
            Err(InstallError::KeysRefused { .. }) if install.client_id.is_none() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}
