//! Ticks on operators' messages.

use super::flight::readable;
use super::place::Place;
use super::{link, trouble};
use crate::bitrix::AuthorizedClient;
use crate::bitrix::connector::{StatusItem, delivery_params, reading_params, status_call_read};
use crate::delivery::outcome::{Landing, Learnt, Outcome, Weather};
use crate::outbox::Tick;
use crate::state::AppState;
use crate::store::Head;

/// Sends all of them in one call; doing it twice changes nothing.
pub(super) async fn fly(
    state: &AppState,
    api: &AuthorizedClient,
    place: &Place,
    heads: &[Head],
    delivered: bool,
) -> Landing {
    let mut landing = Landing::default();
    let (flying, items): (Vec<_>, Vec<_>) = readable(heads, &mut landing, |head| item(place, head))
        .into_iter()
        .unzip();
    if items.is_empty() {
        return landing;
    }
    let (method, params) = if delivered {
        (
            "imconnector.send.status.delivery",
            delivery_params(&place.channel, &items),
        )
    } else {
        (
            "imconnector.send.status.reading",
            reading_params(&place.channel, &items),
        )
    };
    let answer = match api.call(&place.keys, method, params).await {
        Ok(answer) => {
            link::follow_move(state, place, answer.moved_to.as_ref()).await;
            status_call_read(&answer.result)
        }
        Err(error) => Err(error),
    };
    let (outcome, weather) = match answer {
        Ok(()) => (Outcome::Delivered(Learnt::default()), Weather::Fair),
        Err(error) => trouble::read(&error, state.clock.now()),
    };
    landing
        .outcomes
        .extend(flying.into_iter().map(|id| (id, outcome.clone())));
    landing.sees(weather);
    landing
}

fn item(place: &Place, head: &Head) -> Option<StatusItem> {
    let tick: Tick = serde_json::from_str(&head.payload).ok()?;
    let (_, contact) = place.conversation(head)?;
    Some(StatusItem {
        im_chat_id: tick.im_chat_id,
        im_message_id: tick.im_message_id,
        message_ids: tick.external_ids,
        date: Some(tick.at),
        chat_id: contact.external_id.clone(),
    })
}
