use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    audit::AuditList,
    destinations::{PATH, end},
    meter::Meter,
    state::{state_parts, state_story},
};
use crate::{
    api::{DestinationTake, destination_find},
    format::counted,
    live::{Topic, use_live},
    model::{DestinationRow, DestinationState, Problem, ProblemCode},
    read::reading,
    text,
    ui::{
        Ago, Badge, Banner, Empty, Fact, Failure, Field, FormProblem, IconName, Loading, PageHead,
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
        <PageHead title=text!(queue.destination.one) back=(PATH.to_owned(), text!(queue.destination.title)) />
        <TakenNote />
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(row) => full(row, take).into_any(),
                    Err(problem) if problem.code == ProblemCode::NotFound => missing().into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| found.refetch()) /> }.into_any()
                    }
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
    let (tone, icon, label) = state_parts(&row.state);
    let story = state_story(&row);
    let ends = end(&row);
    let audit = row.audit.clone();
    let history = if audit.is_empty() {
        view! { <p class="muted">{text!(queue.destination.no_history)}</p> }.into_any()
    } else {
        view! { <AuditList rows=audit /> }.into_any()
    };
    let (id, state) = (row.id.to_string(), row.state.clone());
    view! {
        <Section title=row.name.clone()>
            <p class="stack"><Badge tone=tone icon=icon label=label />{story}</p>
            <Meter row=row.clone() />
            <dl class="facts">
                <Fact label=text!(queue.destination.waiting)>{counted(row.waiting)}</Fact>
                {row.oldest_at.map(|at| view! { <Fact label=text!(queue.destination.oldest)><Ago at=at /></Fact> })}
                <Fact label=text!(queue.destination.rate)>{text!(queue.destination.per_minute, count = counted(row.per_minute))}</Fact>
                <Fact label=text!(queue.destination.bucket)>
                    {row.bucket.to_string()}" % "<span class="muted">{text!(queue.destination.bucket_hint)}</span>
                </Fact>
                {(row.waiting > 0).then(|| view! { <Fact label=text!(queue.destination.finish)>{ends}</Fact> })}
                {row.answered_at.map(|at| view! { <Fact label=text!(queue.destination.answered)><Ago at=at /></Fact> })}
            </dl>
        </Section>
        {acts(id, state, take)}
        <Section title=text!(queue.destination.history)>{history}</Section>
    }
}

/// While somebody types a reason nothing moves.
fn acts(id: String, state: DestinationState, take: ServerAction<DestinationTake>) -> impl IntoView {
    let problem = Signal::derive(move || take.value().get().and_then(Result::<(), Problem>::err));
    let is_held = match state {
        DestinationState::Held { .. } => true,
        DestinationState::Runs
        | DestinationState::Rests { .. }
        | DestinationState::Fails { .. } => false,
    };
    let button = move |id: String, step: &'static str, label: String, class: &'static str| {
        view! {
            <ActionForm action=take attr:class="button-form">
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="step" value=step />
                <Submit label=label pending=take.pending() class=class />
            </ActionForm>
        }
    };
    if is_held {
        return view! {
            <div class="actions">
                <FormProblem problem=problem />
                {button(id, "resume", text!(queue.destination.resume), "button primary")}
            </div>
        }
        .into_any();
    }
    let probed = id.clone();
    view! {
        <TableBox class="still">
            <Section title=text!(queue.destination.hold) hint=text!(queue.destination.hold_hint)>
                <ActionForm action=take attr:class="form">
                    <FormProblem problem=problem />
                    <input type="hidden" name="id" value=id />
                    <input type="hidden" name="step" value="hold" />
                    <Field
                        name="reason"
                        label=text!(queue.destination.reason)
                        hint=text!(queue.destination.reason_hint)
                        problem=problem
                    />
                    <div class="form-actions">
                        <Submit label=text!(queue.destination.hold) pending=take.pending() class="button danger" />
                    </div>
                </ActionForm>
            </Section>
        </TableBox>
        <div class="actions">{button(probed, "probe", text!(queue.destination.probe), "button")}</div>
    }
    .into_any()
}
