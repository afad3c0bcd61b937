use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    audit::AuditList,
    destinations::PATH,
    meter::{BucketBar, QueueLine},
    state::{state_parts, state_story},
};
use crate::{
    api::{DestinationTake, destination_find},
    format::counted,
    live::{Topic, use_live},
    model::{DestinationKind, DestinationRow, DestinationState, Problem, ProblemCode},
    read::reading,
    text,
    ui::{
        Ago, Badge, Banner, Empty, Failure, Field, FormProblem, Icon, IconName, Loading, PageHead,
        Section, Submit, TableBox, Tone,
    },
};

/// One destination: how it fares, what can be done with it, what was done.
#[component]
pub fn DestinationPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let version = use_live().version(Topic::Deliveries);
    let take = ServerAction::<DestinationTake>::new();
    let taken = take.version();
    let found = reading(
        move || (id.get(), version.get(), taken.get()),
        |(id, ..)| destination_find(id),
    );
    view! {
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                let back = (PATH.to_owned(), text!(queue.destination.title));
                match found.await {
                    Ok(row) => view! {
                        <PageHead title=row.name.clone() back=back />
                        <TakenNote />
                        {full(row, take)}
                    }
                    .into_any(),
                    Err(problem) if problem.code == ProblemCode::NotFound => view! {
                        <PageHead title=text!(queue.destination.one) back=back />
                        {missing()}
                    }
                    .into_any(),
                    Err(problem) => view! {
                        <PageHead title=text!(queue.destination.one) back=back />
                        <Failure problem=problem retry=Callback::new(move |()| found.refetch()) />
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
}

/// What was done, on the page to which the form leads.
#[component]
fn TakenNote() -> impl IntoView {
    let params = use_query_map();
    move || {
        let done = params.with(|params| params.get("done"))?;
        let said = match done.as_str() {
            "hold" => text!(queue.destination.done_hold),
            "resume" => text!(queue.destination.done_resume),
            "probe" => text!(queue.destination.done_probe),
            _ => return None,
        };
        Some(view! { <Banner tone=Tone::Ok><p>{said}</p></Banner> })
    }
}

fn missing() -> impl IntoView {
    view! {
        <Empty
            icon=IconName::Search
            title=text!(queue.destination.missing_title)
            hint=text!(queue.destination.missing_hint)
            href=PATH
            action=text!(queue.destination.to_list)
        />
    }
}

fn full(row: DestinationRow, take: ServerAction<DestinationTake>) -> impl IntoView {
    let audit = row.audit.clone();
    let history = if audit.is_empty() {
        view! { <div class="card-body"><p class="muted">{text!(queue.destination.no_history)}</p></div> }.into_any()
    } else {
        view! { <AuditList rows=audit /> }.into_any()
    };
    let problem = Signal::derive(move || take.value().get().and_then(Result::<(), Problem>::err));
    let id = row.id.to_string();
    let hold = (!matches!(row.state, DestinationState::Held { .. }))
        .then(|| view! { <Hold id=id take=take problem=problem /> });
    view! {
        <div class="cards">
            <Present row=row take=take problem=problem />
            {hold}
            <section class="card" aria-labelledby="history">
                <header class="card-head"><h2 id="history">{text!(queue.destination.history)}</h2></header>
                {history}
            </section>
        </div>
    }
}

/// How it stands, in words and pictures, and what helps at once.
#[component]
fn Present(
    row: DestinationRow,
    take: ServerAction<DestinationTake>,
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    let (tone, icon, label) = state_parts(&row.state);
    let kind = match row.kind {
        DestinationKind::Portal => text!(queue.destination.portal),
        DestinationKind::Phone => text!(queue.destination.phone),
    };
    let runs = row.state == DestinationState::Runs;
    let story = state_story(&row);
    let story = (!runs).then(|| {
        view! { <div class="notice" data-tone=tone.as_str()><Icon name=icon /><div>{story}</div></div> }
    });
    let act = match row.state {
        DestinationState::Runs => None,
        DestinationState::Rests { .. } | DestinationState::Fails { .. } => {
            Some(("probe", text!(queue.destination.probe), "button"))
        }
        DestinationState::Held { .. } => {
            Some(("resume", text!(queue.destination.resume), "button primary"))
        }
    };
    let id = row.id.to_string();
    let act = act.map(|(step, label, class)| {
        view! {
            <ActionForm action=take attr:class="button-form">
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="step" value=step />
                <Submit label=label pending=take.pending() class=class />
            </ActionForm>
        }
    });
    let queue = (row.waiting > 0).then(|| {
        view! {
            <div class="fact-wide">
                <dt>{text!(queue.destination.queue)}</dt>
                <dd><QueueLine row=row.clone() named=true /></dd>
            </div>
        }
    });
    view! {
        <section class="card" aria-labelledby="state">
            <header class="object-head">
                <div class="object-title"><h2 id="state">{kind}</h2><Badge tone=tone icon=icon label=label /></div>
                {act}
            </header>
            <FormProblem problem=problem />
            {story}
            <dl class="facts">
                <div><dt>{text!(queue.destination.waiting)}</dt><dd>{counted(row.waiting)}</dd></div>
                <div>
                    <dt>{text!(queue.destination.rate)}</dt>
                    <dd>{text!(queue.destination.per_minute, count = counted(row.per_minute))}</dd>
                </div>
                {row.answered_at.map(|at| view! { <div><dt>{text!(queue.destination.answered)}</dt><dd><Ago at=at /></dd></div> })}
                {queue}
                <div class="fact-wide">
                    <dt>{text!(queue.destination.bucket)}</dt>
                    <dd><BucketBar full=row.bucket /><p class="field-note">{text!(queue.destination.bucket_hint)}</p></dd>
                </div>
            </dl>
        </section>
    }
}

/// Pauses it with a reason. While somebody types it nothing moves.
#[component]
fn Hold(
    id: String,
    take: ServerAction<DestinationTake>,
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    view! {
        <TableBox class="still">
            <Section title=text!(queue.destination.hold)>
                <p>{text!(queue.destination.hold_hint)}</p>
                <ActionForm action=take attr:class="form form-page">
                    <input type="hidden" name="id" value=id />
                    <input type="hidden" name="step" value="hold" />
                    <Field
                        name="reason"
                        label=text!(queue.destination.reason)
                        hint=text!(queue.destination.reason_hint)
                        problem=problem
                    />
                    <div class="form-actions">
                        <Submit label=text!(queue.destination.hold) pending=take.pending() />
                    </div>
                </ActionForm>
            </Section>
        </TableBox>
    }
}
