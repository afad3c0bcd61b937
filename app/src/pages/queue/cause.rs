use leptos::prelude::*;

use super::{
    acts::targets,
    dead::{CAUSE, PATH},
};
use crate::{
    api::{CauseAct, cause_find},
    base::at,
    format::counted,
    model::{CauseDetail, CauseFilter, DeliveryRow, PageQuery, Problem, ProblemCode},
    pages::words::{error_parts, kind_text, state_parts},
    read::reading,
    text,
    ui::{
        Ago, Badge, Empty, Failure, FormProblem, IconName, ListTable, Loading, PageHead, Section,
        Tone, escaped, last_page, problem_text, use_question,
    },
};

/// One cause: what a replay would do, and what died of it. It stands still while one chooses: what is done with a
/// letter that has gone meanwhile changes nothing.
#[component]
pub fn CausePage() -> impl IntoView {
    let query = use_question::<CauseFilter>();
    let act = ServerAction::<CauseAct>::new();
    let acted = act.version();
    let cause = reading(
        move || (query.get(), acted.get()),
        |(query, _)| async move {
            match query.filter.cause {
                Some(_) => cause_find(query).await,
                // An address without a cause is about nothing.
                None => Err(Problem::new(ProblemCode::NotFound)),
            }
        },
    );
    view! {
        <PageHead title=text!(queue.dead.cause) back=(PATH.to_owned(), text!(queue.dead.title)) />
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match cause.await {
                    Ok(found) if found.letters.is_beyond() => {
                        last_page(CAUSE, &query.get_untracked(), &found.letters).into_any()
                    }
                    Ok(found) => full(found, query.get_untracked(), act).into_any(),
                    Err(problem) if problem.code == ProblemCode::NotFound => gone().into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| cause.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

fn gone() -> impl IntoView {
    view! {
        <Empty
            icon=IconName::Ok
            title=text!(queue.dead.gone_title)
            hint=text!(queue.dead.gone_hint)
            href=PATH
            action=text!(queue.dead.to_list)
        />
    }
}

fn full(
    found: CauseDetail,
    query: PageQuery<CauseFilter>,
    act: ServerAction<CauseAct>,
) -> impl IntoView {
    let problem = Signal::derive(move || act.value().get().and_then(Result::<(), Problem>::err));
    let (code, words) = error_parts(&found.row.error);
    let fields = found.row.key.fields();
    let fields =
        fields.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let (tone, risk) = match (found.doubles, found.row.total) {
        (0, 1) => (Tone::Neutral, text!(queue.dead.cannot_double)),
        (0, _) => (Tone::Neutral, text!(queue.dead.safe)),
        (count, _) => (Tone::Attention, text!(queue.dead.doubles, count = count)),
    };
    let total = found.row.total;
    let rows = found.letters.rows.iter().cloned().map(row);
    let rows = rows.collect_view().into_any();
    let button = move |name: &'static str, label: String, class: &'static str| {
        view! { <button type="submit" name="act" value=name class=class disabled=move || act.pending().get()>{label}</button> }
    };
    let code = if code.is_empty() {
        text!(queue.dead.no_code)
    } else {
        code
    };
    view! {
        <div class="cards">
            <Section title=code hint=found.row.destination.clone()>
                <p class="cause-words">{words}</p>
                <p class="notice" data-tone=tone.as_str()>
                    <span><strong>{text!(queue.dead.what)}</strong>" "{text!(queue.dead.effect, count = total)}" "{risk}</span>
                </p>
            </Section>
            <ActionForm action=act attr:class="cards">
                {fields.into_iter().collect_view()}
                <Section title=text!(queue.dead.act_all) hint=text!(queue.dead.act_hint)>
                    <FormProblem problem=problem />
                    <div class="pair">
                        <div class="form">
                            {targets(found.targets, problem)}
                            <div class="form-actions">
                                {button("replay_all", format!("{} ({})", text!(queue.dead.replay_all), counted(total)), "button primary")}
                                {button("replay", text!(queue.dead.replay_chosen), "button")}
                            </div>
                        </div>
                        <div class="form">
                            <Reason problem=problem />
                            <div class="form-actions">
                                {button("discard_all", format!("{} ({})", text!(queue.dead.discard_all), counted(total)), "button danger")}
                                {button("discard", text!(queue.dead.discard_chosen), "button")}
                            </div>
                        </div>
                    </div>
                </Section>
                <div>
                    <ListTable path=CAUSE query=query page=found.letters caption=text!(queue.dead.title) rows=rows>
                        <th scope="col"><span class="sr-only">{text!(queue.dead.choose)}</span></th>
                        <th scope="col">{text!(deliveries.delivery)}</th>
                        <th scope="col">{text!(deliveries.conversation)}</th>
                        <th scope="col" class="end">{text!(deliveries.attempts)}</th>
                        <th scope="col">{text!(deliveries.created)}</th>
                    </ListTable>
                </div>
            </ActionForm>
        </div>
    }
}

/// Why they are discarded. Enter begins a line in it: it must not press the form's first button, which replays.
#[component]
fn Reason(problem: Signal<Option<Problem>>) -> impl IntoView {
    let mine = Signal::derive(move || problem.get().filter(|found| found.is_at("reason")));
    let kept = problem.get_untracked();
    let kept = kept.and_then(|found| found.kept.get("reason").cloned());
    let kept = kept.unwrap_or_default();
    let says = move || {
        let refused = mine.get().map(|found| problem_text(&found));
        refused.unwrap_or_else(|| text!(queue.dead.reason_hint))
    };
    view! {
        <div class="field">
            <label for="reason">{text!(queue.dead.reason)}</label>
            <textarea
                id="reason"
                name="reason"
                rows="2"
                aria-invalid=move || mine.get().is_some().then_some("true")
                aria-describedby="reason-note"
                inner_html=escaped(&kept)
            ></textarea>
            <p id="reason-note" class="field-note" class:field-error=move || mine.get().is_some() aria-live="polite">
                {says}
            </p>
        </div>
    }
}

fn row(delivery: DeliveryRow) -> impl IntoView {
    let (tone, icon, label) = state_parts(delivery.state);
    let href = at(&format!("/deliveries/{}", delivery.id));
    let name = format!("{} {}", text!(queue.dead.choose), delivery.conversation);
    view! {
        <tr>
            <td class="choose">
                <label>
                    <span aria-hidden="true">{text!(queue.dead.choose)}</span>
                    <input type="checkbox" name="ids[]" value=delivery.id.to_string() aria-label=name />
                </label>
            </td>
            <td class="firm" data-label=text!(deliveries.delivery)>
                <span class="stack">
                    <a href=href>{kind_text(&delivery.kind)}</a>
                    <Badge tone=tone icon=icon label=label />
                </span>
            </td>
            <td class="firm" data-label=text!(deliveries.conversation)><code>{delivery.conversation}</code></td>
            <td class="end spare" data-label=text!(deliveries.attempts)>{delivery.attempts.to_string()}</td>
            <td data-label=text!(deliveries.created)><Ago at=delivery.created_at /></td>
        </tr>
    }
}
