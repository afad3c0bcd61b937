use leptos::prelude::*;

use crate::{
    base::at,
    model::DestinationNews,
    text,
    ui::{Ago, Icon, IconName},
};

/// Destinations that keep failing, and those that are well again: their owner is told here.
#[component]
pub fn DestinationsNews(news: Vec<DestinationNews>) -> impl IntoView {
    news.into_iter().map(line).collect_view()
}

fn line(news: DestinationNews) -> impl IntoView {
    let href = at("/deliveries/destinations");
    let (tone, icon, said, since) = match news.well_at {
        Some(at) => (
            "ok",
            IconName::Ok,
            text!(queue.destination.news_well, name = news.name),
            at,
        ),
        None => (
            "failed",
            IconName::Failed,
            text!(queue.destination.news_failing, name = news.name),
            news.since,
        ),
    };
    let reason = news.well_at.is_none().then_some(news.reason);
    let began = reason.as_ref().map(|_| text!(queue.destination.since));
    view! {
        <p class="notice" data-tone=tone>
            <Icon name=icon />
            <span>
                <a href=href>{said}</a>
                " "<span class="muted">{began}" "<Ago at=since /></span>
                {reason.map(|reason| view! { " "<span class="reason">{reason}</span> })}
            </span>
        </p>
    }
}
