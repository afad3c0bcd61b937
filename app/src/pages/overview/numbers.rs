use leptos::prelude::*;

use crate::{
    base::at,
    format::counted,
    model::{HeldReason, Overview},
    text,
    ui::{Ago, Icon, IconName},
};

/// Messages today and what has not arrived, as figures that lead to their lists.
#[component]
pub fn Numbers(read: Overview) -> impl IntoView {
    let (today, queue) = (read.today, read.queue);
    let oldest = queue
        .oldest_waiting_at
        .map(|at| view! { {text!(overview.oldest)}" "<Ago at=at /> }.into_any());
    let none = || text!(overview.nothing_waits).into_any();
    view! {
        <section class="figures" aria-label=text!(overview.today)>
            {figure(text!(overview.inbound), today.inbound, text!(overview.since_midnight).into_any(), "neutral", None)}
            {figure(text!(overview.outbound), today.outbound, text!(overview.since_midnight).into_any(), "neutral", None)}
            {figure(
                text!(overview.waiting),
                queue.waiting,
                oldest.unwrap_or_else(none),
                "neutral",
                Some("/deliveries?state=waiting"),
            )}
            {figure(
                text!(overview.unknown),
                queue.unknown,
                text!(overview.unknown_hint).into_any(),
                if queue.unknown > 0 { "unknown" } else { "neutral" },
                Some("/deliveries?state=unknown"),
            )}
            {figure(
                text!(overview.failed),
                queue.dead,
                text!(overview.failed_today, count = today.failed).into_any(),
                if queue.dead > 0 { "failed" } else { "neutral" },
                Some("/deliveries?state=failed"),
            )}
        </section>
        {read.news.into_iter().map(|news| {
            let href = format!("/wabas/{}/templates", news.waba);
            view! {
                <p class="notice" data-tone="attention">
                    <Icon name=IconName::Attention />
                    <span>
                        <a href=at(&href)>{text!(overview.template_news, count = news.count)}</a>
                        " "<span class="muted">{news.name}</span>
                    </span>
                </p>
            }
        }).collect_view()}
        {read.held.map(|held| {
            let why = match held.reason {
                HeldReason::NobodyOwnsIt => text!(overview.held_nobody),
                HeldReason::NotUnderstood => text!(overview.held_unclear),
                HeldReason::Mixed => text!(overview.held_mixed),
            };
            view! {
                <p class="notice" data-tone="attention">
                    <Icon name=IconName::Attention />
                    <span><strong>{text!(overview.held, count = held.count)}</strong>" "{why}</span>
                </p>
            }
        })}
    }
}

fn figure(
    label: String,
    value: u32,
    hint: AnyView,
    tone: &'static str,
    href: Option<&'static str>,
) -> impl IntoView {
    let inside = view! {
        <span class="figure-label">{label}</span>
        <span class="figure-value" data-tone=tone>{counted(value)}</span>
        <span class="figure-hint">{hint}</span>
    };
    match href {
        Some(href) => view! { <a class="figure" href=at(href)>{inside}</a> }.into_any(),
        None => view! { <div class="figure">{inside}</div> }.into_any(),
    }
}
