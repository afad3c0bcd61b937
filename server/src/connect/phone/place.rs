//! Which portal a phone belongs to, and what things are called there.

use crate::bitrix::PortalKeys;
use crate::connect::{Check, name};
use crate::keyring::portal_keys;
use crate::state::AppState;
use crate::store::StoreError;
use crate::store::entities::{phone, portal};
use uuid::Uuid;

/// The connector's id, the same in every portal and on every line.
pub const CONNECTOR: &str = "thoth_whatsapp";

/// The name of the line a phone gets: `THOTH_77272000111`.
pub fn line_name(phone: &str) -> String {
    format!("THOTH_{}", digits(phone))
}

/// A number without its signs.
pub(super) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// A phone and the portal it is to be linked to.
pub(super) struct Place {
    /// The phone.
    pub phone: phone::Model,
    /// The portal.
    pub portal: portal::Model,
    /// How it is called.
    pub keys: PortalKeys,
}

impl Place {
    /// The connector: the one the phone has, else ours.
    pub fn connector(&self) -> &str {
        self.phone.connector.as_deref().unwrap_or(CONNECTOR)
    }
}

/// What there is to link.
pub(super) enum Found {
    /// Phone and portal.
    Place(Box<Place>),
    /// The phone has no portal, or is gone.
    Nothing,
    /// The app is not installed in the portal, or its keys do not open: the finding says which.
    NotReady(Check),
}

/// Looks a phone and its portal up.
pub(super) async fn find(state: &AppState, phone: Uuid) -> Result<Found, StoreError> {
    let Some(phone) = state.store.phone_find(phone).await? else {
        return Ok(Found::Nothing);
    };
    let Some(portal) = phone.portal_id else {
        return Ok(Found::Nothing);
    };
    let Some(portal) = state.store.portal_find(portal).await? else {
        return Ok(Found::Nothing);
    };
    if portal.member_id.is_empty() || portal.state != "ok" {
        let gone = Check::bad(name::CONNECTOR, "app_uninstalled");
        let waits = Check::unknown(name::CONNECTOR, "portal_not_ready");
        let is_gone = portal.state == "uninstalled";
        return Ok(Found::NotReady(if is_gone { gone } else { waits }));
    }
    match portal_keys(&state.vault, &portal) {
        Ok(keys) => Ok(Found::Place(Box::new(Place {
            phone,
            portal,
            keys,
        }))),
        Err(error) => {
            tracing::error!(%error, portal = %portal.id, "A portal's keys cannot be used");
            let closed = Check::bad(name::CONNECTOR, "keys_unreadable");
            Ok(Found::NotReady(closed))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::line_name;

    #[test]
    fn a_line_is_named_after_the_digits() {
        assert_eq!(line_name("+7 727 200-01-11"), "THOTH_77272000111");
    }
}
