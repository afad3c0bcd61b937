//! A call, told to the portal's telephony: registered and shown when it rings, finished when it is over.

use super::flight::readable;
use super::place::Missing;
use super::{place, trouble};
use crate::bitrix::telephony::{
    CrmEntity, FINISH, REGISTER, Registration, SEARCH, entity_read, finish_params, is_call_gone,
    is_user_gone, registered_read,
};
use crate::bitrix::{AuthorizedClient, CallError, PortalKeys};
use crate::delivery::outcome::{Landing, Learnt, Outcome, Trouble, Weather};
use crate::outbox::{CallNews, DeliveryKind};
use crate::state::AppState;
use crate::store::entities::{call, contact};
use crate::store::{Head, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// What is kept of a call that the portal knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Known {
    /// The portal's id of it.
    id: String,
    /// Who is shown it.
    user: i64,
}

/// Why a call was not told.
enum Stopped {
    Database(StoreError),
    Portal(Missing),
    Call(CallError),
    /// Nobody in the portal can be shown it.
    Nobody,
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Database(error)
    }
}

impl From<CallError> for Stopped {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

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
            Ok(()) => (Outcome::Delivered(Learnt::default()), Weather::Fair),
            Err(Stopped::Database(error)) => {
                return Missing::Database(error).landing(portal, heads);
            }
            Err(Stopped::Portal(missing)) => return missing.landing(portal, heads),
            Err(Stopped::Nobody) => (Outcome::Refused(nobody()), Weather::Fair),
            // A right that only telephony lacks is no trouble of the portal's other deliveries.
            Err(Stopped::Call(error @ CallError::Denied { .. })) => {
                (Outcome::Refused(trouble::words(&error)), Weather::Fair)
            }
            Err(Stopped::Call(error)) => trouble::read(&error, state.clock.now()),
        };
        landing.outcomes.push((id, outcome));
        landing.weather = weather;
    }
    landing
}

fn nobody() -> Trouble {
    Trouble::new(
        "no_user",
        "Nobody who works in the portal can be shown the call. Choose a user on the phone's calling page.",
    )
}

struct Teller<'a> {
    state: &'a AppState,
    api: &'a AuthorizedClient,
    portal: Uuid,
    head: &'a Head,
}

impl Teller<'_> {
    async fn tell(&self, id: Uuid) -> Result<(), Stopped> {
        let store = &self.state.store;
        let Some(row) = store.call_find(id).await? else {
            return Ok(());
        };
        if row.portal_state.as_deref() == Some("told") {
            return Ok(());
        }
        let keys = place::portal(self.state, self.portal).await;
        let (_, keys) = keys.map_err(Stopped::Portal)?;
        let kept = row.portal_call.as_deref();
        let kept = kept.and_then(|kept| serde_json::from_str::<Known>(kept).ok());
        let known = match kept {
            Some(known) => known,
            None => match self.customer().await? {
                Some(number) => self.register(&keys, &row, &number).await?,
                // The portal's telephony takes numbers only.
                None => return Ok(()),
            },
        };
        if self.head.kind == DeliveryKind::CallEnd {
            self.finish(&keys, &row, &known).await?;
        }
        Ok(())
    }

    /// The customer's number with `+`; none for one who is known without it.
    async fn customer(&self) -> Result<Option<String>, StoreError> {
        let conversations = vec![self.head.conversation];
        let found = self.state.store.conversations_with_contacts(conversations);
        let number = |(_, contact): (_, contact::Model)| {
            let digits = contact.wa_id?;
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| format!("+{digits}"))
        };
        Ok(found.await?.into_iter().find_map(number))
    }

    async fn register(
        &self,
        keys: &PortalKeys,
        row: &call::Model,
        number: &str,
    ) -> Result<Known, Stopped> {
        let store = &self.state.store;
        let phone = store.phone_find(row.phone_id).await?;
        let line = phone.map(|phone| format!("+{}", phone.phone.trim_start_matches('+')));
        let entity = self.entity(keys, number).await?;
        for user in self.users(row.phone_id, entity.as_ref()).await? {
            let registration = Registration {
                user,
                number,
                incoming: row.direction == "in",
                at: row.started_at / 1000,
                id: &row.wacid,
                line: line.as_deref().unwrap_or_default(),
                show: row.ended_at.is_none(),
                entity: entity.as_ref(),
            };
            let answer = self.api.call(keys, REGISTER, registration.params()).await;
            match answer.and_then(|answer| registered_read(&answer.result)) {
                Ok(id) => {
                    let known = Known { id, user };
                    let kept = json!(known).to_string();
                    store.call_note_portal(row.id, &kept).await?;
                    return Ok(known);
                }
                Err(error) if is_user_gone(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Stopped::Nobody)
    }

    /// Whom the number belongs to. A portal that refuses to search is one that knows nobody.
    async fn entity(&self, keys: &PortalKeys, number: &str) -> Result<Option<CrmEntity>, Stopped> {
        let params = json!({ "PHONE_NUMBER": number });
        match self.api.call(keys, SEARCH, params).await {
            Ok(answer) => Ok(entity_read(&answer.result)),
            Err(CallError::Refused { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Who may be shown the call, in this order: who answers for the customer, whom the phone names, who installed
    /// the app.
    async fn users(&self, phone: Uuid, entity: Option<&CrmEntity>) -> Result<Vec<i64>, StoreError> {
        let store = &self.state.store;
        let mut users: Vec<i64> = entity.and_then(|entity| entity.user).into_iter().collect();
        users.extend(store.calls_crm_user(phone).await?);
        let tokens = store.portal_tokens(self.portal).await?;
        let living = tokens.iter().filter(|token| token.dead_reason.is_none());
        users.extend(living.filter_map(|token| token.bitrix_user.parse::<i64>().ok()));
        let mut seen = std::collections::HashSet::new();
        users.retain(|user| seen.insert(*user));
        Ok(users)
    }

    async fn finish(
        &self,
        keys: &PortalKeys,
        row: &call::Model,
        known: &Known,
    ) -> Result<(), Stopped> {
        let why = row.error.as_deref();
        let (id, user) = (known.id.as_str(), known.user);
        let params = finish_params(id, user, row.duration.unwrap_or(0), status(row), why);
        match self.api.call(keys, FINISH, params).await {
            Ok(_) => {}
            // It was finished by a try whose answer was lost.
            Err(error) if self.head.attempts > 0 && is_call_gone(&error) => {}
            Err(error) => return Err(error.into()),
        }
        self.state.store.call_note_told(row.id).await?;
        Ok(())
    }
}

/// How it ended, in the portal's codes.
fn status(row: &call::Model) -> &'static str {
    match (row.outcome.as_str(), row.direction.as_str()) {
        ("answered", _) => "200",
        ("declined", _) => "603",
        ("failed", _) => "503",
        (_, "out") => "480",
        _ => "304",
    }
}
