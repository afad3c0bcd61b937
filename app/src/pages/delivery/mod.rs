//! One delivery: what, where, why, and everything that was tried.

mod story;
mod timeline;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::{story::story, timeline::timeline};
use super::words::{direction_text, kind_text, state_parts};
use crate::{
    api::delivery_find,
    live::{Topic, use_live},
    model::{DeliveryDetail, ProblemCode},
    read::reading,
    text,
    ui::{Ago, Badge, CopyCode, Empty, Failure, Icon, IconName, Loading, PageHead},
};

/// One delivery: what, where, why, and everything that was tried.
#[component]
pub fn DeliveryPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let version = use_live().version(Topic::Deliveries);
    let delivery = reading(
        move || (id.get(), version.get()),
        |(id, _)| delivery_find(id),
    );
    view! {
        <PageHead title=text!(delivery.title) back=("/deliveries".to_owned(), text!(deliveries.title)) />
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || {
                Suspend::new(async move {
                    match delivery.await {
                        Ok(detail) => full(detail).into_any(),
                        Err(problem) if problem.code == ProblemCode::NotFound => missing().into_any(),
                        Err(problem) => {
                            view! { <Failure problem=problem retry=Callback::new(move |()| delivery.refetch()) /> }.into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
}

fn missing() -> impl IntoView {
    view! {
        <Empty
            icon=IconName::Search
            title=text!(delivery.missing_title)
            hint=text!(delivery.missing_hint)
            href="/deliveries"
            action=text!(delivery.to_list)
        />
    }
}

fn full(detail: DeliveryDetail) -> impl IntoView {
    let (tone, icon, label) = state_parts(detail.row.state);
    let preview = detail.preview.clone();
    let story = story(&detail);
    let tried = timeline(&detail);
    view! {
        <section class="card" aria-labelledby="what">
            <header class="object-head">
                <div>
                    <h2 id="what">{kind_text(&detail.row.kind)}</h2>
                    <CopyCode value=detail.row.id.to_string() />
                </div>
                <Badge tone=tone icon=icon label=label />
            </header>
            <div class="notice" data-tone=tone.as_str()>
                <Icon name=icon />
                <div>{story}</div>
            </div>
            {preview.map(|preview| view! { <blockquote class="preview">{preview}</blockquote> })}
            {facts(detail)}
        </section>
        <section class="card" aria-labelledby="tried">
            <header class="card-head"><h2 id="tried">{text!(delivery.timeline)}</h2></header>
            {tried}
        </section>
    }
}

fn facts(detail: DeliveryDetail) -> impl IntoView {
    let row = detail.row;
    view! {
        <dl class="facts">
            <div><dt>{text!(deliveries.destination)}</dt><dd>{row.destination}" "<span class="muted">{direction_text(row.direction)}</span></dd></div>
            <div><dt>{text!(deliveries.conversation)}</dt><dd><CopyCode value=row.conversation /></dd></div>
            <div><dt>{text!(delivery.phone)}</dt><dd class="figures-tabular">{detail.phone}</dd></div>
            <div><dt>{text!(deliveries.created)}</dt><dd><Ago at=row.created_at /></dd></div>
            <div><dt>{text!(deliveries.attempts)}</dt><dd>{row.attempts}</dd></div>
            {detail.cause.map(|cause| view! {
                <div><dt>{text!(delivery.receipt)}</dt><dd><CopyCode value=cause.receipt.to_string() />" "<Ago at=cause.at /></dd></div>
            })}
            {detail.done_at.map(|at| view! { <div><dt>{text!(delivery.done)}</dt><dd><Ago at=at /></dd></div> })}
            {detail.remote_id.map(|id| view! { <div><dt>{text!(delivery.remote_id)}</dt><dd><CopyCode value=id /></dd></div> })}
        </dl>
    }
}
