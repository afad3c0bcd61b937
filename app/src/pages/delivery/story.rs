use leptos::prelude::*;

use crate::{
    model::{DeliveryDetail, DeliveryState},
    pages::words::error_parts,
    text,
    ui::Ahead,
};

/// How the delivery stands and what happens next, in sentences.
pub fn story(detail: &DeliveryDetail) -> impl IntoView + use<> {
    let row = &detail.row;
    let sentence = match row.state {
        DeliveryState::Waiting if detail.ahead > 0 => {
            text!(delivery.story.behind, count = detail.ahead)
        }
        DeliveryState::Waiting if row.attempts > 0 || row.last_error.is_some() => {
            text!(delivery.story.again)
        }
        DeliveryState::Waiting => text!(delivery.story.waiting),
        DeliveryState::Sending => text!(delivery.story.sending),
        DeliveryState::Unknown => text!(delivery.story.unknown),
        DeliveryState::Delivered => text!(delivery.story.delivered),
        DeliveryState::Refused => text!(delivery.story.refused),
        DeliveryState::Dead => text!(delivery.story.dead),
        DeliveryState::Discarded => text!(delivery.story.discarded),
    };
    let open = match row.state {
        DeliveryState::Waiting | DeliveryState::Sending | DeliveryState::Unknown => true,
        DeliveryState::Delivered
        | DeliveryState::Refused
        | DeliveryState::Dead
        | DeliveryState::Discarded => false,
    };
    let next = row.next_try_at.filter(|_| open).map(|at| {
        view! { <span>" "{text!(deliveries.next_try_sentence)}" "<Ahead at=at />"."</span> }
    });
    let error = row
        .last_error
        .as_ref()
        .filter(|_| row.state != DeliveryState::Delivered)
        .map(|error| {
            let (code, words) = error_parts(error);
            view! { <p class="reason"><code>{code}</code>" "{words}</p> }
        });
    view! {
        <p><strong>{sentence}</strong>{next}</p>
        {error}
    }
}
