//! Proving who calls without exchanging anything: by the portal we know, and by what only our app there knows.

use super::call::AppCall;
use crate::bitrix::app::Profile;
use crate::bitrix::{CallError, PortalAddress};
use crate::keyring::application_token_is;
use crate::state::AppState;
use crate::store::entities::portal;

/// Whose token it is, by the word of the portal at the address we know, never at the one the call names.
pub(super) async fn profile_of(
    state: &AppState,
    portal: &portal::Model,
    call: &AppCall,
) -> Result<Profile, CallError> {
    let address = PortalAddress::parse(&portal.protocol, &portal.domain).map_err(|error| {
        CallError::NotSent {
            reason: error.to_string(),
        }
    })?;
    state
        .remotes
        .portal
        .profile(&address, &call.access_token)
        .await
}

/// Whether the call is of the portal's own app: as the OAuth server says, or, where it does not say, because the call
/// knows what proves the app's events.
pub(super) fn is_ours(
    state: &AppState,
    portal: &portal::Model,
    call: &AppCall,
    client_id: Option<&str>,
) -> bool {
    if let Some(client_id) = client_id {
        return client_id == portal.client_id;
    }
    call.application_token
        .as_ref()
        .is_some_and(|token| application_token_is(&state.vault, portal, token).unwrap_or_default())
}
