use leptos::prelude::*;

use crate::{
    format::duration,
    model::{Attempt, DeliveryDetail, DeliveryState, Moment},
    pages::words::{error_parts, state_parts},
    text,
    ui::{Ago, Icon, IconName, Tone},
};

/// What happened, oldest first: the cause, the attempts that were recorded, the end.
pub fn timeline(detail: &DeliveryDetail) -> impl IntoView + use<> {
    let row = &detail.row;
    let attempts = detail.timeline.iter().map(attempt).collect_view();
    // An attempt that the other side took is not recorded; a refusal may come after it.
    let taken = u32::from(row.state == DeliveryState::Refused);
    let left_out = u32::try_from(detail.timeline.len())
        .is_ok_and(|shown| shown + taken < row.attempts && row.state != DeliveryState::Delivered);
    // The attempt that ended it already says so.
    let told = detail
        .timeline
        .last()
        .is_some_and(|last| matches!(last.outcome.as_str(), "delivered" | "refused"));
    let end = detail.done_at.filter(|_| !told).map(|at| {
        let (tone, icon, label) = state_parts(row.state);
        step(tone, icon, label, at, ().into_any())
    });
    view! {
        <ol class="timeline">
            {step(Tone::Neutral, IconName::Bubble, text!(delivery.created), row.created_at, ().into_any())}
            {left_out.then(|| view! { <li class="timeline-gap muted">{text!(delivery.not_all)}</li> })}
            {attempts}
            {end}
        </ol>
    }
}

fn attempt(attempt: &Attempt) -> impl IntoView + use<> {
    let (tone, icon, label) = match attempt.outcome.as_str() {
        "delivered" => (Tone::Ok, IconName::Ok, text!(delivery.outcome.delivered)),
        "refused" => (
            Tone::Failed,
            IconName::Failed,
            text!(delivery.outcome.refused),
        ),
        "later" => (
            Tone::Attention,
            IconName::Clock,
            text!(delivery.outcome.later),
        ),
        "unknown" => (
            Tone::Unknown,
            IconName::Unknown,
            text!(delivery.outcome.unknown),
        ),
        "not_there" => (
            Tone::Neutral,
            IconName::Search,
            text!(delivery.outcome.not_there),
        ),
        other => (Tone::Neutral, IconName::Clock, other.to_owned()),
    };
    let error = attempt.error.as_ref().map(|error| {
        let (code, words) = error_parts(error);
        view! { <p class="reason"><code>{code}</code>" "{words}</p> }
    });
    let status = attempt
        .http_status
        .map(|status| format!("HTTP {status} · "));
    let more = view! {
        {error}
        <p class="muted">{status}{duration(attempt.duration_ms)}</p>
    };
    step(tone, icon, label, attempt.at, more.into_any())
}

fn step(tone: Tone, icon: IconName, label: String, at: Moment, more: AnyView) -> impl IntoView {
    view! {
        <li class="timeline-step" data-tone=tone.as_str()>
            <span class="timeline-mark"><Icon name=icon /></span>
            <div>
                <p><strong>{label}</strong>" "<span class="muted"><Ago at=at /></span></p>
                {more}
            </div>
        </li>
    }
}
