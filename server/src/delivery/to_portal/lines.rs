//! Lines of the chat: what customers wrote, and why an answer did not arrive.

use super::flight::readable;
use super::place::Place;
use super::{link, trouble};
use crate::bitrix::connector::{InboundItem, ItemResult, send_messages_params, send_messages_read};
use crate::bitrix::{AuthorizedClient, CallError};
use crate::delivery::outcome::{Landing, Learnt, Outcome, Trouble, Weather};
use crate::inbox::language_of;
use crate::outbox::{ChatLine, DeliveryKind};
use crate::state::AppState;
use crate::store::Head;
use crate::translate::person_name;
use uuid::Uuid;

const METHOD: &str = "imconnector.send.messages";

/// Sends all of them in one call, none of them at `until` or later.
pub(super) async fn fly(
    state: &AppState,
    api: &AuthorizedClient,
    place: &Place,
    heads: &[Head],
    until: i64,
) -> Landing {
    link::check_on_first_use(state, api, place).await;
    let mut landing = Landing::default();
    let items = readable(heads, &mut landing, |head| item(place, head));
    if items.is_empty() {
        return landing;
    }
    match send(state, api, place, &items, until).await {
        Err(CallError::Refused { .. }) if items.len() > 1 => {
            // One of them may have spoilt it for all: each on its own.
            for one in items.chunks(1) {
                let answer = send(state, api, place, one, until).await;
                note(state, place, one, answer, &mut landing).await;
            }
        }
        answer => note(state, place, &items, answer, &mut landing).await,
    }
    landing
}

async fn send(
    state: &AppState,
    api: &AuthorizedClient,
    place: &Place,
    items: &[(Uuid, InboundItem)],
    until: i64,
) -> Result<Vec<ItemResult>, CallError> {
    if state.clock.now() >= until {
        return Err(CallError::NotSent {
            reason: "the lease may be another node's by now".to_owned(),
        });
    }
    let items: Vec<InboundItem> = items.iter().map(|(_, item)| item.clone()).collect();
    let params = send_messages_params(&place.channel, &items);
    let answer = api.call(&place.keys, METHOD, params).await?;
    link::follow_move(state, place, answer.moved_to.as_ref()).await;
    Ok(send_messages_read(&answer.result, &items))
}

async fn note(
    state: &AppState,
    place: &Place,
    items: &[(Uuid, InboundItem)],
    answer: Result<Vec<ItemResult>, CallError>,
    landing: &mut Landing,
) {
    match answer {
        Ok(results) => {
            let any = results
                .iter()
                .any(|result| matches!(result, ItemResult::Accepted { .. }));
            if any {
                link::works(state, place).await;
            }
            let outcomes = items
                .iter()
                .zip(results)
                .map(|((id, _), result)| (*id, outcome(result)));
            landing.outcomes.extend(outcomes);
            landing.sees(Weather::Fair);
        }
        Err(error) => {
            if trouble::is_channel_off(&error) {
                link::broken(state, place, &error).await;
            }
            let (outcome, weather) = trouble::read(&error, state.clock.now());
            landing
                .outcomes
                .extend(items.iter().map(|(id, _)| (*id, outcome.clone())));
            landing.sees(weather);
        }
    }
}

fn outcome(result: ItemResult) -> Outcome {
    match result {
        ItemResult::Accepted { chat_id, user, .. } => Outcome::Delivered(Learnt {
            wamid: None,
            im_chat: chat_id,
            im_user: user,
        }),
        ItemResult::Refused { errors } => {
            Outcome::Refused(Trouble::new("item_refused", errors).with_http(200))
        }
        ItemResult::Unknown => Outcome::Unknown(Trouble::new(
            "no_outcome",
            "The portal's answer does not speak of it.",
        )),
    }
}

fn item(place: &Place, head: &Head) -> Option<InboundItem> {
    let line: ChatLine = serde_json::from_str(&head.payload).ok()?;
    let (_, contact) = place.conversation(head)?;
    let known_as = contact.external_id.clone();
    let name = person_name(contact.name.as_deref(), language_of(&place.portal.domain));
    let digits = contact
        .wa_id
        .as_deref()
        .filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
    Some(InboundItem {
        user_id: known_as.clone(),
        name: name.name,
        last_name: name.last_name,
        phone: digits.map(|digits| format!("+{digits}")),
        message_id: line.external_id,
        date: Some(line.at),
        text: line.text,
        disable_crm: matches!(head.kind, DeliveryKind::ErrorLine | DeliveryKind::SentLine),
        as_user: None,
        chat_id: known_as,
        chat_name: contact.name.clone(),
    })
}
