//! One delivery: what, where, why, and everything that was tried.

mod story;
mod timeline;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::{story::story, timeline::timeline};
use super::{
    queue::{AuditList, DoneNote, LetterActs},
    words::{direction_text, kind_text, state_parts},
};
use crate::{
    api::{DeliveryDiscard, DeliveryReplay, delivery_find},
    live::{Topic, use_live},
    model::{DeliveryDetail, DeliveryFilter, PageQuery, ProblemCode, StateFilter},
    read::reading,
    text,
    ui::{Ago, Badge, CopyCode, Empty, Failure, Icon, IconName, Loading, PageHead, address},
};

/// One delivery: what, where, why, and everything that was tried.
#[component]
pub fn DeliveryPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let version = use_live().version(Topic::Deliveries);
    let replay = ServerAction::<DeliveryReplay>::new();
    let discard = ServerAction::<DeliveryDiscard>::new();
    let acted = (replay.version(), discard.version());
    let delivery = reading(
        move || (id.get(), version.get(), acted.0.get(), acted.1.get()),
        |(id, ..)| delivery_find(id),
    );
    view! {
        <PageHead title=text!(delivery.title) back=("/deliveries".to_owned(), text!(deliveries.title)) />
        <DoneNote />
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || {
                Suspend::new(async move {
                    match delivery.await {
                        Ok(detail) => full(detail, replay, discard).into_any(),
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

fn full(
    detail: DeliveryDetail,
    replay: ServerAction<DeliveryReplay>,
    discard: ServerAction<DeliveryDiscard>,
) -> impl IntoView {
    let (tone, icon, label) = state_parts(detail.row.state);
    let preview = detail.preview.clone();
    let story = story(&detail);
    let tried = timeline(&detail);
    let id = detail.row.id;
    let acts = detail.dead.clone().map(|dead| {
        view! { <LetterActs id=id dead=dead replay=replay discard=discard /> }
    });
    let audit = detail.audit.clone();
    let done = (!audit.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="done">
                <header class="card-head"><h2 id="done">{text!(delivery.done_by)}</h2></header>
                <AuditList rows=audit />
            </section>
        }
    });
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
        {acts}
        {done}
    }
}

fn facts(detail: DeliveryDetail) -> impl IntoView {
    let row = detail.row;
    let all = |filter: DeliveryFilter| {
        let filter = DeliveryFilter {
            state: StateFilter::All,
            ..filter
        };
        let query = PageQuery::default().with_filter(filter);
        address("/deliveries", &query)
    };
    let conversation = all(DeliveryFilter {
        conversation: Some(detail.conversation),
        ..DeliveryFilter::default()
    });
    // "paused" is a word of ours for where a delivery waits, and no code that it has.
    let code = row.last_error.as_ref().map(|error| error.code.clone());
    let code = code.filter(|code| code != "paused");
    let same_code = code.map(|code| {
        let href = all(DeliveryFilter {
            cause: code,
            ..DeliveryFilter::default()
        });
        view! { <a href=href>{text!(delivery.same_code)}</a> }
    });
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
        <p class="links"><a href=conversation>{text!(delivery.same_conversation)}</a>" "{same_code}</p>
    }
}
