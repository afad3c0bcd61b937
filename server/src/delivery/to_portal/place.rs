//! Where a flight goes: the portal, the channel, and who the conversations are with.

use crate::bitrix::PortalKeys;
use crate::bitrix::connector::Channel;
use crate::delivery::outcome::{Landing, Outcome, Trouble, Weather};
use crate::keyring::portal_keys;
use crate::outbox::DeliveryState;
use crate::state::AppState;
use crate::store::entities::{contact, conversation, phone, portal};
use crate::store::{Head, StoreError};
use std::collections::HashMap;
use uuid::Uuid;

/// How long deliveries wait for what is missing here, in milliseconds.
const MISSING_WAIT: i64 = 15_000;

/// Everything a flight needs to know.
pub(super) struct Place {
    /// The portal.
    pub portal: portal::Model,
    /// Its keys.
    pub keys: PortalKeys,
    /// The business number.
    pub phone: phone::Model,
    /// The connector at its line.
    pub channel: Channel,
    people: HashMap<Uuid, (conversation::Model, contact::Model)>,
}

impl Place {
    /// The conversation of a delivery and who it is with.
    pub fn conversation(&self, head: &Head) -> Option<&(conversation::Model, contact::Model)> {
        self.people.get(&head.conversation)
    }
}

/// Why a flight cannot start.
pub(super) enum Missing {
    /// The database does not answer.
    Database(StoreError),
    /// Something of this phone is missing; others are not concerned.
    Here(Trouble),
    /// The portal cannot be called at all.
    Portal(Trouble),
}

impl From<StoreError> for Missing {
    fn from(error: StoreError) -> Self {
        Self::Database(error)
    }
}

impl Missing {
    /// What it means for the flight.
    pub fn landing(self, portal: Uuid, heads: &[Head]) -> Landing {
        let deliveries = heads.iter().map(|head| head.id);
        match self {
            Self::Database(error) => {
                tracing::warn!(%error, %portal, "A portal's deliveries wait for the database");
                let why = Trouble::new("database", "The database did not answer.");
                let untried = Outcome::Untried(why.clone());
                Landing::all(deliveries, &untried, Weather::Stormy(why))
            }
            Self::Here(why) => {
                // What is in doubt stays so: it is looked up when it can be.
                let outcome = |head: &Head| match head.state {
                    DeliveryState::Unknown => Outcome::Unknown(why.clone()),
                    DeliveryState::Waiting
                    | DeliveryState::Sending
                    | DeliveryState::Delivered
                    | DeliveryState::Refused
                    | DeliveryState::Dead
                    | DeliveryState::Discarded => Outcome::Later {
                        after: Some(MISSING_WAIT),
                        why: why.clone(),
                    },
                };
                Landing {
                    outcomes: heads.iter().map(|head| (head.id, outcome(head))).collect(),
                    weather: Weather::Unseen,
                }
            }
            Self::Portal(why) => {
                let untried = Outcome::Untried(why.clone());
                Landing::all(deliveries, &untried, Weather::Closed(why))
            }
        }
    }
}

/// Looks a portal up that can be called.
pub(super) async fn portal(
    state: &AppState,
    portal: Uuid,
) -> Result<(portal::Model, PortalKeys), Missing> {
    let gone = |code: &str, text: &str| Missing::Portal(Trouble::new(code, text));
    let Some(portal) = state.store.portal_find(portal).await? else {
        return Err(gone("portal_gone", "The portal is no longer connected."));
    };
    if portal.state == "uninstalled" {
        let text = "The app was uninstalled from the portal. Install it again to go on.";
        return Err(gone("uninstalled", text));
    }
    let keys = portal_keys(&state.vault, &portal)
        .map_err(|error| gone("portal_keys", &error.to_string()))?;
    Ok((portal, keys))
}

/// Looks everything up, in four queries whatever the number of deliveries.
pub(super) async fn find(
    state: &AppState,
    portal: Uuid,
    phone: Uuid,
    heads: &[Head],
) -> Result<Place, Missing> {
    let here = |code: &str, text: &str| Missing::Here(Trouble::new(code, text));
    let (portal, keys) = self::portal(state, portal).await?;
    let Some(phone) = state.store.phone_find(phone).await? else {
        return Err(here("phone_gone", "The phone is no longer connected."));
    };
    let channel = match (phone.line_id, phone.connector.clone(), phone.portal_id) {
        (Some(line), Some(connector), Some(linked)) if linked == portal.id => Channel {
            connector,
            line: line.to_string(),
        },
        _ => {
            return Err(here(
                "not_linked",
                "The phone is not linked to a line of this portal.",
            ));
        }
    };
    let ids = heads.iter().map(|head| head.conversation).collect();
    let people = state
        .store
        .conversations_with_contacts(ids)
        .await?
        .into_iter()
        .map(|(conversation, contact)| (conversation.id, (conversation, contact)))
        .collect();
    Ok(Place {
        portal,
        keys,
        phone,
        channel,
        people,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::DeliveryKind;

    #[test]
    fn what_is_in_doubt_stays_in_doubt_while_its_phone_has_no_line() {
        let head = |state| Head::for_tests(DeliveryKind::InboundText, state);
        let heads = [head(DeliveryState::Unknown), head(DeliveryState::Waiting)];
        let missing = Missing::Here(Trouble::new("not_linked", "There is no line."));
        let landing = missing.landing(Uuid::nil(), &heads);
        let outcomes: Vec<_> = landing.outcomes.into_iter().map(|(_, one)| one).collect();
        assert!(
            matches!(
                outcomes.as_slice(),
                [Outcome::Unknown(_), Outcome::Later { .. }]
            ),
            "{outcomes:?}"
        );
    }
}
