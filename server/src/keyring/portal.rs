//! What a call to a portal needs besides a token.

use crate::bitrix::{PortalAddress, PortalKeys};
use crate::store::entities::portal;
use crate::vault::{Place, Vault, VaultError};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// The portal cannot be called as it is stored.
#[derive(Debug, thiserror::Error)]
pub enum NoKeys {
    /// Its address is none.
    #[error("the portal's address is not one")]
    Address,
    /// Its secret does not open.
    #[error("the portal's client secret cannot be opened: check the vault's key")]
    Sealed,
}

/// Opens the keys of a portal.
pub fn portal_keys(vault: &Vault, portal: &portal::Model) -> Result<PortalKeys, NoKeys> {
    let client_secret = vault
        .open(Place::PortalClientSecret, portal.id, &portal.client_secret)
        .map_err(|_| NoKeys::Sealed)?;
    Ok(PortalKeys {
        id: portal.id,
        member_id: portal.member_id.clone(),
        address: PortalAddress::parse(&portal.protocol, &portal.domain)
            .map_err(|_| NoKeys::Address)?,
        client_id: portal.client_id.clone(),
        client_secret,
        server_endpoint: Some(portal.server_endpoint.clone()),
    })
}

/// Whether this is the portal's application token: the only proof of its events. One that is not known yet proves
/// nothing.
pub fn application_token_is(
    vault: &Vault,
    portal: &portal::Model,
    token: &SecretString,
) -> Result<bool, VaultError> {
    let place = Place::PortalApplicationToken;
    let stored = vault.open(place, portal.id, &portal.application_token)?;
    let (stored, token) = (stored.expose_secret(), token.expose_secret());
    Ok(!stored.is_empty() && stored.as_bytes().ct_eq(token.as_bytes()).into())
}
