//! Who a receipt is about: the phone it came through and where its conversations go.

use crate::store::entities::{phone, portal};
use crate::store::{StoreError, Txn};
use crate::translate::Language;
use uuid::Uuid;

/// What is known when a receipt of Meta is read.
#[derive(Clone)]
pub struct Place {
    /// The business number.
    pub phone: phone::Model,
    /// The portal its conversations go to.
    pub portal: Option<portal::Model>,
}

impl Place {
    /// The language the operators of this phone read.
    pub fn language(&self) -> Language {
        self.portal
            .as_ref()
            .map_or(Language::English, |portal| language_of(&portal.domain))
    }
}

/// Bitrix24's own domains tell their language; other portals are spoken to in English.
pub fn language_of(domain: &str) -> Language {
    let russian = [".ru", ".by", ".kz"]
        .iter()
        .any(|ending| domain.ends_with(ending));
    if russian {
        Language::Russian
    } else {
        Language::English
    }
}

/// The phone a change speaks of: by phone id; without one (only odd senders leave it out) the
/// first phone of the WABA, else the owner's first linked phone.
pub async fn place_find(
    txn: &Txn,
    owner: Uuid,
    phone_id: Option<&str>,
    waba_id: Option<&str>,
) -> Result<Option<Place>, StoreError> {
    let phone = match phone_id {
        Some(phone_id) => txn.phone_by_phone_id_in_txn(owner, phone_id).await?,
        None => txn.phone_first_in_txn(owner, waba_id).await?,
    };
    let Some(phone) = phone else {
        return Ok(None);
    };
    let portal = match phone.portal_id {
        Some(portal) => txn.portal_find_in_txn(portal).await?,
        None => None,
    };
    Ok(Some(Place { phone, portal }))
}
