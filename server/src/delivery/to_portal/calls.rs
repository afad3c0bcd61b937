//! A call, told to the portal's telephony: registered and shown when it rings, finished when it is over.

use super::call_teller::{Stopped, Teller};
use super::flight::readable;
use super::place::Missing;
use super::trouble;
use crate::bitrix::{AuthorizedClient, CallError};
use crate::delivery::outcome::{Landing, Learnt, Outcome, Trouble, Weather};
use crate::outbox::CallNews;
use crate::state::AppState;
use crate::store::Head;
use uuid::Uuid;

/// Tells one call; doing it twice tells it once.
pub(super) async fn fly(
    state: &AppState,
    api: &AuthorizedClient,
    portal: Uuid,
    heads: &[Head],
) -> Landing {
    let mut landing = Landing::default();
    let read = |head: &Head| serde_json::from_str::<CallNews>(&head.payload).ok();
    for (id, news) in readable(heads, &mut landing, read) {
        let Some(head) = heads.iter().find(|head| head.id == id) else {
            continue;
        };
        let teller = Teller {
            state,
            api,
            portal,
            head,
        };
        let (outcome, weather) = match teller.tell(news.call).await {
            Ok(weather) => (Outcome::Delivered(Learnt::default()), weather),
            Err(Stopped::Database(error)) => {
                return Missing::Database(error).landing(portal, heads);
            }
            Err(Stopped::Unnoted(error)) => {
                tracing::warn!(%error, %portal, "What a portal knows of a call could not be noted");
                let why = Trouble::new("database", "The database did not answer.");
                (Outcome::Unknown(why.clone()), Weather::Stormy(why))
            }
            Err(Stopped::Portal(missing)) => return missing.landing(portal, heads),
            Err(Stopped::Nobody) => (Outcome::Refused(nobody()), Weather::Fair),
            // A right that only telephony lacks is no trouble of the portal's other deliveries.
            Err(Stopped::Call(error)) if is_right_missing(&error) => {
                (Outcome::Refused(trouble::words(&error)), Weather::Fair)
            }
            Err(Stopped::Call(error)) => trouble::read(&error, state.clock.now()),
        };
        landing.outcomes.push((id, outcome));
        landing.sees(weather);
    }
    landing
}

/// Denials of the whole app or portal: everything waits for them, calls too.
const OF_THE_PORTAL: [&str; 4] = [
    "application_not_found",
    "application_not_installed",
    "payment_required",
    "portal_deleted",
];

fn is_right_missing(error: &CallError) -> bool {
    matches!(error, CallError::Denied { code, .. }
        if !OF_THE_PORTAL.contains(&code.to_ascii_lowercase().as_str()))
}

fn nobody() -> Trouble {
    Trouble::new(
        "no_user",
        "Nobody who works in the portal can be shown the call. Choose a user on the phone's calling page.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denied(code: &str) -> CallError {
        CallError::Denied {
            http: 403,
            code: code.to_owned(),
            description: String::new(),
        }
    }

    #[test]
    fn a_right_of_telephony_is_no_trouble_of_the_portal() {
        assert!(is_right_missing(&denied("insufficient_scope")));
        assert!(is_right_missing(&denied("ACCESS_DENIED")));
        assert!(!is_right_missing(&denied("PAYMENT_REQUIRED")));
        assert!(!is_right_missing(&CallError::Overload));
    }
}
