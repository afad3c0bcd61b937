use leptos::prelude::*;

use crate::{
    model::{DestinationRow, DestinationState},
    text,
    ui::{Ago, Ahead, IconName, Tone},
};

/// A state as tone, picture and word.
pub(super) fn state_parts(state: &DestinationState) -> (Tone, IconName, String) {
    match state {
        DestinationState::Runs => (Tone::Ok, IconName::Ok, text!(queue.destination.runs)),
        DestinationState::Rests { .. } => (
            Tone::Attention,
            IconName::Clock,
            text!(queue.destination.rests),
        ),
        DestinationState::Fails { .. } => (
            Tone::Failed,
            IconName::Failed,
            text!(queue.destination.fails),
        ),
        DestinationState::Held { .. } => (
            Tone::Attention,
            IconName::Clock,
            text!(queue.destination.held),
        ),
    }
}

/// Why it stands so, and since when or until when.
pub(super) fn state_story(row: &DestinationRow) -> impl IntoView + use<> {
    let failing = row.failing_since.map(|at| {
        view! { <span class="muted">{text!(queue.destination.failing_since)}" "<Ago at=at /></span> }
    });
    let story = match row.state.clone() {
        DestinationState::Runs => return ().into_any(),
        DestinationState::Rests { until, reason } => {
            let reason = if reason.is_empty() {
                text!(queue.destination.too_fast)
            } else {
                reason
            };
            view! {
                <span class="reason">{reason}</span>
                <span class="muted">{text!(queue.destination.rests_until)}" "<Ahead at=until /></span>
            }
            .into_any()
        }
        DestinationState::Fails { failures, reason } => view! {
            <span class="reason">{reason}</span>
            <span class="muted">{text!(queue.destination.failures, count = failures)}</span>
        }
        .into_any(),
        DestinationState::Held { since, by, reason } => view! {
            <span class="reason">{reason}</span>
            <span class="muted">{text!(queue.destination.held_by, who = by)}", "<Ago at=since /></span>
        }
        .into_any(),
    };
    view! { <span class="stack">{story}{failing}</span> }.into_any()
}
