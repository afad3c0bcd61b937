use leptos::prelude::*;

use crate::{
    model::AuditRow,
    text,
    ui::{Ago, Icon, IconName, Tone},
};

/// Who did what, when, and why; oldest first.
#[component]
pub fn AuditList(rows: Vec<AuditRow>) -> impl IntoView {
    let rows = rows.into_iter().map(line).collect_view();
    view! { <ol class="timeline">{rows}</ol> }
}

fn line(row: AuditRow) -> impl IntoView {
    let (tone, icon, action) = parts(&row.action);
    view! {
        <li class="timeline-step" data-tone=tone.as_str()>
            <span class="timeline-mark"><Icon name=icon /></span>
            <div>
                <p><strong>{row.person}</strong>": "{action}" "<span class="muted"><Ago at=row.at /></span></p>
                {row.detail.map(|detail| view! { <p class="muted">{detail}</p> })}
                {row.reason.map(|reason| view! { <p class="reason">{reason}</p> })}
            </div>
        </li>
    }
}

/// An action as tone, picture and word; a code of a newer server is shown as it is.
fn parts(action: &str) -> (Tone, IconName, String) {
    match action {
        "replay" => (Tone::Neutral, IconName::Forward, text!(queue.action.replay)),
        "redirect" => (
            Tone::Neutral,
            IconName::Forward,
            text!(queue.action.redirect),
        ),
        "discard" => (Tone::Neutral, IconName::Leave, text!(queue.action.discard)),
        "hold" => (Tone::Attention, IconName::Clock, text!(queue.action.hold)),
        "resume" => (Tone::Ok, IconName::Forward, text!(queue.action.resume)),
        "probe" => (Tone::Neutral, IconName::Search, text!(queue.action.probe)),
        "failing" => (Tone::Failed, IconName::Failed, text!(queue.action.failing)),
        "well" => (Tone::Ok, IconName::Ok, text!(queue.action.well)),
        other => (Tone::Neutral, IconName::Clock, other.to_owned()),
    }
}
