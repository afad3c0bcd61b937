use leptos::prelude::*;

use super::{
    error::ErrorField,
    words::{Verdict, verdict},
};
use crate::{
    api::CallingCheck,
    base::at,
    format::exact,
    model::{CallingDetail, Moment, Problem, Restriction, Switch, TrunkReport},
    pages::phone::switch_parts,
    text,
    ui::{Ago, FormProblem, Icon, IconName, Section, Submit, Tone},
};

/// How calling stands: what Meta says, what failed, what is forbidden, whether the server was found well.
#[component]
pub fn Health(detail: CallingDetail, check: ServerAction<CallingCheck>) -> impl IntoView {
    let problem = Signal::derive(move || check.value().get().and_then(Result::<(), Problem>::err));
    let id = detail.phone.to_string();
    // A test of another server says nothing of the one that is saved.
    let server = detail.form.host;
    let is_saved = |report: &TrunkReport| server.is_empty() || server == report.host;
    let trunk = detail.trunk.filter(is_saved);
    let restrictions = detail.restrictions.into_iter().map(restriction);
    view! {
        <Section title=text!(calling.health.title) hint=detail.number>
            <ul class="health-list">
                {switch(text!(calling.health.calling), detail.calling, detail.read_at)}
                {switch(text!(calling.health.sip), detail.sip, detail.read_at)}
                <ErrorField error=detail.error />
                {restrictions.collect_view()}
                {tested(&id, trunk)}
            </ul>
            <div class="actions">
                <ActionForm action=check>
                    <input type="hidden" name="id" value=id />
                    <Submit label=text!(form.check_now) pending=check.pending() />
                </ActionForm>
            </div>
            <FormProblem problem=problem />
        </Section>
    }
}

/// One line of how something stands.
fn line(
    (tone, icon, word): (Tone, IconName, String),
    label: String,
    says: impl IntoView,
) -> impl IntoView {
    view! {
        <li class="health" data-tone=tone.as_str()>
            <Icon name=icon />
            <div>
                <p class="health-name"><strong>{label}</strong></p>
                {says}
            </div>
            <span class="health-word">{word}</span>
        </li>
    }
}

fn switch(label: String, state: Switch, read_at: Option<Moment>) -> impl IntoView {
    let says = match state {
        Switch::On => text!(calling.health.is_on),
        Switch::Off => text!(calling.health.is_off),
        Switch::Unknown => text!(calling.health.unsaid),
    };
    let read = match read_at {
        Some(at) => view! { {text!(calling.health.read)}" "<Ago at=at /> }.into_any(),
        None => text!(calling.health.never).into_any(),
    };
    let says = view! { <p>{says}<span class="muted">" · "{read}</span></p> };
    line(switch_parts(state), label, says)
}

fn restriction(found: Restriction) -> impl IntoView {
    let until = match found.until {
        Some(at) => format!("{} {}", text!(calling.restriction.until), exact(at)),
        None => text!(calling.restriction.open),
    };
    let says = view! {
        <p><code>{found.kind}</code>{found.reason.map(|reason| format!(": {reason}"))}<span class="muted">" · "{until}</span></p>
    };
    let parts = (
        Tone::Attention,
        IconName::Attention,
        text!(health.attention),
    );
    line(parts, text!(calling.restriction.title), says)
}

/// What the last test of the server found, in one sentence.
fn tested(id: &str, report: Option<TrunkReport>) -> impl IntoView + use<> {
    let href = at(&format!("/phones/{id}/calling/check"));
    let (parts, says, when) = match report {
        None => (
            (Tone::Unknown, IconName::Unknown, text!(health.unknown)),
            text!(calling.health.server_none),
            None,
        ),
        Some(report) => {
            let (tone, icon, word, says) = found(&report);
            ((tone, icon, word), says, Some(report.at))
        }
    };
    let says = view! {
        <p>
            {says}
            {when.map(|at| view! { <span class="muted">" · "{text!(health.checked)}" "<Ago at=at /></span> })}
        </p>
        <div class="health-mend"><a class="button" href=href>{text!(calling.nav.check)}</a></div>
    };
    line(parts, text!(calling.health.server), says)
}

fn found(report: &TrunkReport) -> (Tone, IconName, String, String) {
    match verdict(report) {
        Verdict::Bad(step) => (
            Tone::Failed,
            IconName::Failed,
            text!(health.failed),
            text!(calling.health.server_bad, step = step),
        ),
        Verdict::Unclear => (
            Tone::Unknown,
            IconName::Unknown,
            text!(health.unknown),
            text!(calling.health.server_unknown),
        ),
        Verdict::Good => (
            Tone::Ok,
            IconName::Ok,
            text!(health.ok),
            text!(calling.health.server_ok),
        ),
    }
}
