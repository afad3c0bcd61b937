//! The people a webhook names beside its messages.

use serde_json::Value;

use super::InboundMessage;
use crate::outside::loose;

/// One of `contacts[]`. Every part may be missing: a profile without a name, a person without a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contact {
    /// Digits without `+`; absent for a customer known by business-scoped id only.
    pub wa_id: Option<String>,
    /// The business-scoped user id.
    pub user_id: Option<String>,
    /// The scoped id over linked portfolios.
    pub parent_user_id: Option<String>,
    /// The profile name, as the customer wrote it.
    pub name: Option<String>,
    /// The WhatsApp username.
    pub username: Option<String>,
}

impl Contact {
    /// Reads what is there; `None` when the item is no object.
    pub(super) fn read(raw: &Value) -> Option<Self> {
        raw.as_object()?;
        let profile = loose::field(raw, "profile");
        Some(Self {
            wa_id: loose::filled(raw, "wa_id"),
            user_id: loose::filled(raw, "user_id"),
            parent_user_id: loose::filled(raw, "parent_user_id"),
            name: profile.and_then(|found| loose::filled(found, "name")),
            username: profile.and_then(|found| loose::filled(found, "username")),
        })
    }
}

/// Finds the contact with one of these ids; the only contact there is stands in when no id matches (R1).
pub(super) fn matching<'a>(
    contacts: &'a [Contact],
    wa_id: Option<&str>,
    user_id: Option<&str>,
) -> Option<&'a Contact> {
    let by_number = contacts
        .iter()
        .find(|one| wa_id.is_some() && one.wa_id.as_deref() == wa_id);
    let by_user = || {
        contacts
            .iter()
            .find(|one| user_id.is_some() && one.user_id.as_deref() == user_id)
    };
    let only = || match contacts {
        [one] => Some(one),
        _ => None,
    };
    by_number.or_else(by_user).or_else(only)
}

impl super::Change {
    /// The contact who sent this message, found by id and never by position (R1).
    pub fn contact_for(&self, message: &InboundMessage) -> Option<&Contact> {
        matching(
            &self.contacts,
            message.from.as_deref(),
            message.from_user_id.as_deref(),
        )
    }
}
