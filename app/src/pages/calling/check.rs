use leptos::prelude::*;

use super::{
    tabs::{Head, Tab, use_phone},
    words::{Verdict, step_name, verdict},
};
use crate::{
    api::{CallingTrunk, calling_read},
    format::duration,
    live::{Topic, use_live},
    model::{CallingDetail, TrunkReport, TrunkStep},
    read::reading,
    text,
    ui::{
        Ago, Banner, Checkbox, Empty, Failure, Field, FormActions, FormProblem, Icon, IconName,
        Loading, Section, Tone, check_parts,
    },
};

/// "Test my server": what THOTH finds when it connects as Meta does, step by step.
#[component]
pub fn CallingCheckPage() -> impl IntoView {
    let id = use_phone();
    let version = use_live().version(Topic::Phones);
    let action = ServerAction::<CallingTrunk>::new();
    let tested = action.version();
    let found = reading(
        move || (id.get(), version.get(), tested.get()),
        |(id, ..)| calling_read(id),
    );
    // What is typed stays while the report changes.
    let saved = reading(move || id.get(), calling_read);
    view! {
        <Head id=id here=Tab::Check />
        <Transition>
            {move || Suspend::new(async move {
                saved.await.ok().map(|detail| view! { <TheForm detail=detail action=action /> })
            })}
        </Transition>
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(detail) => report(detail.trunk).into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| found.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn TheForm(detail: CallingDetail, action: ServerAction<CallingTrunk>) -> impl IntoView {
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let pending = action.pending();
    view! {
        <Section title=text!(calling.check.title) hint=text!(calling.check.hint)>
            <ActionForm action=action attr:class="form form-page" attr:novalidate=true>
                <FormProblem problem=problem />
                <input type="hidden" name="id" value=detail.phone.to_string() />
                <Field
                    name="host"
                    label=text!(calling.form.host)
                    hint=text!(calling.check.host_hint)
                    value=detail.form.host
                    optional=true
                    problem=problem
                />
                <Field
                    name="port"
                    label=text!(calling.form.port)
                    hint=text!(calling.check.port_hint)
                    value=detail.form.port
                    optional=true
                    problem=problem
                />
                <Checkbox
                    name="invite"
                    label=text!(calling.check.invite)
                    hint=text!(calling.check.invite_hint)
                    problem=problem
                />
                <p class="muted" role="status">
                    {move || pending.get().then(|| text!(calling.check.running))}
                </p>
                <FormActions label=text!(calling.check.run) pending=pending />
            </ActionForm>
        </Section>
    }
}

fn report(report: Option<TrunkReport>) -> AnyView {
    let Some(report) = report else {
        return view! {
            <Empty icon=IconName::Search title=text!(calling.check.none_title) hint=text!(calling.check.none_hint) />
        }
        .into_any();
    };
    let server = format!("{}:{}", report.host, report.port);
    let (tone, says) = match verdict(&report) {
        Verdict::Bad(step) => (Tone::Failed, text!(calling.check.bad, step = step)),
        Verdict::Unclear => (Tone::Unknown, text!(calling.check.unclear)),
        Verdict::Good => (Tone::Ok, text!(calling.check.good)),
    };
    let steps = report.steps.into_iter().map(step);
    view! {
        <Section title=text!(calling.check.report) id="report">
            <p>{text!(calling.check.server, server = server)}" "<Ago at=report.at /></p>
            <Banner tone=tone><p>{says}</p></Banner>
            <ol class="health-list">{steps.collect_view()}</ol>
        </Section>
    }
    .into_any()
}

fn step(step: TrunkStep) -> impl IntoView {
    let check = step.check;
    let (tone, icon, word) = check_parts(check.state);
    // What was not reached took no time, and is mended where it stopped.
    let is_reached = check.code != "not_reached";
    let took = check
        .arg("ms")
        .parse()
        .ok()
        .filter(|_| is_reached)
        .map(duration);
    let rings = (check.name == "invite").then(|| {
        view! { <span class="muted">" "{text!(calling.check.rings)}</span> }
    });
    let remedy = (is_reached && !step.remedy.is_empty()).then(|| {
        view! { <p><strong>{text!(calling.check.remedy)}</strong>" "{step.remedy}</p> }
    });
    view! {
        <li class="health" data-tone=tone.as_str()>
            <Icon name=icon />
            <div>
                <p class="health-name"><strong>{step_name(&check.name)}</strong>{rings}</p>
                <p class="proof">
                    {check.arg("detail")}
                    {took.map(|took| view! { <span class="muted">" · "{took}</span> })}
                </p>
                {remedy}
            </div>
            <span class="health-word">{word}</span>
        </li>
    }
}
