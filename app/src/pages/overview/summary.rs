use leptos::prelude::*;

use crate::{
    model::{Connection, Overview, Verdict},
    text,
    ui::{Ago, Icon, IconName, Tone},
};

/// The whole in one sentence, and when both sides were last heard.
#[component]
pub fn Summary(read: Overview) -> impl IntoView {
    let (tone, icon, sentence) = verdict(&read);
    view! {
        <section class="summary" data-tone=tone.as_str()>
            <Icon name=icon />
            <div>
                <p class="summary-line">{sentence}</p>
                <p class="muted">
                    {heard(read.last_meta_at, text!(overview.meta_last), text!(overview.meta_never))}
                    {heard(read.last_bitrix_at, text!(overview.bitrix_last), text!(overview.bitrix_never))}
                </p>
            </div>
        </section>
    }
}

fn heard(at: Option<crate::model::Moment>, last: String, never: String) -> impl IntoView {
    match at {
        Some(at) => view! { <span class="heard">{last}" "<Ago at=at /></span> }.into_any(),
        None => view! { <span class="heard">{never}</span> }.into_any(),
    }
}

fn verdict(read: &Overview) -> (Tone, IconName, String) {
    let with = |verdict: Verdict| {
        let found = read
            .connections
            .iter()
            .filter(|connection: &&Connection| connection.verdict == verdict);
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    let failed = with(Verdict::Failed);
    let attention = with(Verdict::Attention)
        + u32::from(read.queue.dead > 0)
        + u32::from(read.held.is_some())
        + u32::from(!read.news.is_empty())
        + u32::from(read.destinations.iter().any(|one| one.well_at.is_none()));
    let unknown = with(Verdict::Unknown);
    if failed > 0 {
        (
            Tone::Failed,
            IconName::Failed,
            text!(overview.sum_failed, count = failed),
        )
    } else if attention > 0 {
        (
            Tone::Attention,
            IconName::Attention,
            text!(overview.sum_attention, count = attention),
        )
    } else if unknown > 0 {
        (
            Tone::Unknown,
            IconName::Unknown,
            text!(overview.sum_unknown, count = unknown),
        )
    } else {
        (Tone::Ok, IconName::Ok, text!(overview.sum_ok))
    }
}
