//! How a portal's telephony is told of a call: whom it belongs to, who is shown it, and how it ended.

use super::place;
use super::place::Missing;
use crate::bitrix::telephony::{
    CrmEntity, FINISH, REGISTER, Registration, SEARCH, entity_read, finish_params, is_call_gone,
    is_user_gone, registered_read,
};
use crate::bitrix::{AuthorizedClient, CallError, PortalKeys};
use crate::delivery::outcome::Weather;
use crate::inbox::{CallFailure, language_of, outcome_of};
use crate::outbox::DeliveryKind;
use crate::state::AppState;
use crate::store::entities::{call, contact};
use crate::store::{Head, StoreError};
use crate::translate::Language;
use crate::whatsapp::errors::explain;
use app::model::CallOutcome;
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
    /// The portal, ours: a phone may have moved to another since. Calls of older versions do not say.
    #[serde(default)]
    portal: Option<Uuid>,
}

/// Why a call was not told.
pub(super) enum Stopped {
    /// The database does not answer, and nothing was asked.
    Database(StoreError),
    /// The portal has done it, and it could not be noted.
    Unnoted(StoreError),
    /// The portal cannot be asked.
    Portal(Missing),
    /// The portal was asked, and did not do it.
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

/// Tells the portal of one call.
pub(super) struct Teller<'a> {
    pub state: &'a AppState,
    pub api: &'a AuthorizedClient,
    /// The portal's row.
    pub portal: Uuid,
    /// The delivery.
    pub head: &'a Head,
}

impl Teller<'_> {
    /// Answers whether the portal was asked for anything.
    pub async fn tell(&self, id: Uuid) -> Result<Weather, Stopped> {
        let store = &self.state.store;
        let Some(row) = store.call_find(id).await? else {
            return Ok(Weather::Unseen);
        };
        if row.portal_state.as_deref() == Some("told") {
            return Ok(Weather::Unseen);
        }
        let keys = place::portal(self.state, self.portal).await;
        let (portal, keys) = keys.map_err(Stopped::Portal)?;
        let kept = row.portal_call.as_deref();
        let kept = kept.and_then(|kept| serde_json::from_str::<Known>(kept).ok());
        let here = |known: &Known| known.portal.is_none_or(|portal| portal == self.portal);
        let kept = kept.filter(here);
        let known = match kept {
            Some(known) => known,
            None => match self.customer().await? {
                Some(number) => self.register(&keys, &row, &number).await?,
                // The portal's telephony takes numbers only.
                None => return Ok(Weather::Unseen),
            },
        };
        if self.head.kind == DeliveryKind::CallEnd {
            let language = language_of(&portal.domain);
            self.finish(&keys, &row, &known, language).await?;
        }
        Ok(Weather::Fair)
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
                    let portal = Some(self.portal);
                    let known = Known { id, user, portal };
                    let kept = json!(known).to_string();
                    let noted = store.call_note_portal(row.id, &kept).await;
                    noted.map_err(Stopped::Unnoted)?;
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

    /// Whoever was shown the call may have left since: another is named then.
    async fn finish(
        &self,
        keys: &PortalKeys,
        row: &call::Model,
        known: &Known,
        language: Language,
    ) -> Result<(), Stopped> {
        let why = why_failed(row, language);
        let others = self.users(row.phone_id, None).await?.into_iter();
        let others = others.filter(|user| *user != known.user);
        let seconds = row.duration.unwrap_or(0);
        for user in std::iter::once(known.user).chain(others) {
            let params = finish_params(&known.id, user, seconds, status(row), why.as_deref());
            match self.api.call(keys, FINISH, params).await {
                Ok(_) => return self.told(row.id).await,
                Err(error) if is_call_gone(&error) && self.may_be_gone(row) => {
                    return self.told(row.id).await;
                }
                Err(error) if is_user_gone(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Stopped::Nobody)
    }

    /// A call that was finished by a try whose answer was lost, or of which nothing was heard for so long that the
    /// portal has forgotten it.
    fn may_be_gone(&self, row: &call::Model) -> bool {
        self.head.attempts > 0 || outcome_of(&row.outcome) == CallOutcome::Unknown
    }

    async fn told(&self, call: Uuid) -> Result<(), Stopped> {
        let noted = self.state.store.call_note_told(call).await;
        noted.map_err(Stopped::Unnoted)
    }
}

/// Why it failed, in words.
fn why_failed(row: &call::Model, language: Language) -> Option<String> {
    let why = row.error.as_deref().and_then(CallFailure::read)?;
    Some(explain(&why.as_error(), language))
}

/// How it ended, in the portal's codes.
fn status(row: &call::Model) -> &'static str {
    match (outcome_of(&row.outcome), row.direction.as_str()) {
        (CallOutcome::Answered, _) => "200",
        (CallOutcome::Declined, _) => "603",
        (CallOutcome::Failed, _) => "503",
        (CallOutcome::Unknown, _) => "OTHER",
        (CallOutcome::Missed | CallOutcome::Ringing | CallOutcome::Talking, "out") => "480",
        (CallOutcome::Missed | CallOutcome::Ringing | CallOutcome::Talking, _) => "304",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portal_reads_words_and_its_own_codes() {
        let mut row = call::Model {
            id: Uuid::nil(),
            owner_id: Uuid::nil(),
            phone_id: Uuid::nil(),
            contact_id: None,
            wacid: "wacid.1".to_owned(),
            direction: "in".to_owned(),
            outcome: "failed".to_owned(),
            started_at: 1,
            answered_at: None,
            ended_at: Some(2),
            duration: None,
            error: Some(r#"{"code":138021,"said":"No media"}"#.to_owned()),
            payload: None,
            portal_call: None,
            portal_state: None,
            updated_at: 2,
        };
        let why = why_failed(&row, Language::English).unwrap();
        assert!(!why.contains('{') && why.contains("138021"), "{why}");
        for (outcome, direction, code) in [
            ("failed", "in", "503"),
            ("missed", "in", "304"),
            ("missed", "out", "480"),
            ("declined", "out", "603"),
            ("answered", "in", "200"),
            ("unknown", "in", "OTHER"),
        ] {
            (row.outcome, row.direction) = (outcome.to_owned(), direction.to_owned());
            assert_eq!(status(&row), code, "{outcome} {direction}");
        }
    }
}
