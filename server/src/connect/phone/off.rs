//! A line that a phone has left.

use super::step::{Stop, stop};
use crate::bitrix::connector::{Channel, activate};
use crate::connect::name;
use crate::errands::Outcome;
use crate::keyring::portal_keys;
use crate::state::AppState;
use crate::store::StoreError;
use uuid::Uuid;

/// Switches the connector off for a line, unless another phone has taken the line meanwhile.
pub async fn line_off(
    state: &AppState,
    portal: Uuid,
    line: i64,
    connector: &str,
) -> Result<Outcome, StoreError> {
    let Some(row) = state.store.portal_find(portal).await? else {
        return Ok(Outcome::Done);
    };
    let is_used = state.store.phone_by_line(portal, line, connector).await?;
    let (false, Ok(keys)) = (is_used.is_some(), portal_keys(&state.vault, &row)) else {
        return Ok(Outcome::Done);
    };
    let channel = Channel {
        connector: connector.to_owned(),
        line: line.to_string(),
    };
    match activate(&state.remotes.bitrix, &keys, &channel, false).await {
        Ok(()) => Ok(Outcome::Done),
        Err(error) => match stop(name::LINK_ACTIVATE, &error) {
            Stop::Later(_, after) => Ok(Outcome::Again(after)),
            Stop::Refused(_) => {
                tracing::info!(%error, %portal, line, "A connector could not be switched off for a line");
                Ok(Outcome::Done)
            }
        },
    }
}
