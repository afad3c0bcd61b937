use leptos::prelude::*;

use super::{
    differences::Differences,
    tabs::{Head, Tab, use_phone},
    words::{event_name, step_name},
};
use crate::{
    api::calling_history,
    live::{Topic, use_live},
    model::{CallingEvent, Difference},
    read::reading,
    text,
    ui::{Ago, Empty, Failure, Icon, IconName, Loading, Section, Tone},
};

/// Who changed what, and what Meta changed.
#[component]
pub fn CallingHistoryPage() -> impl IntoView {
    let id = use_phone();
    let version = use_live().version(Topic::Phones);
    let found = reading(
        move || (id.get(), version.get()),
        |(id, _)| calling_history(id),
    );
    view! {
        <Head id=id here=Tab::History />
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(events) if events.is_empty() => view! {
                        <Empty
                            icon=IconName::Clock
                            title=text!(calling.history.empty_title)
                            hint=text!(calling.history.empty_hint)
                        />
                    }
                    .into_any(),
                    Ok(events) => full(events).into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| found.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

fn full(events: Vec<CallingEvent>) -> impl IntoView {
    let events = events.into_iter().map(event);
    view! {
        <Section title=text!(calling.history.title) hint=text!(calling.history.hint)>
            <ol class="timeline">{events.collect_view()}</ol>
        </Section>
    }
}

fn event(event: CallingEvent) -> impl IntoView {
    let (tone, icon) = match event.kind.as_str() {
        "failed" => (Tone::Failed, IconName::Failed),
        "drift" | "restricted" | "meta_changed" => (Tone::Attention, IconName::Attention),
        "solved" => (Tone::Ok, IconName::Ok),
        _ => (Tone::Neutral, IconName::Tick),
    };
    let person = event.person.unwrap_or_else(|| text!(calling.history.meta));
    let changes = if event.kind == "checked" {
        event
            .changes
            .into_iter()
            .map(tested)
            .collect_view()
            .into_any()
    } else {
        (!event.changes.is_empty())
            .then(|| view! { <Differences rows=event.changes /> })
            .into_any()
    };
    view! {
        <li class="timeline-step" data-tone=tone.as_str()>
            <span class="timeline-mark"><Icon name=icon /></span>
            <div>
                <p>
                    <strong>{event_name(&event.kind)}</strong>
                    <span class="muted">" · "{person}" · "<Ago at=event.at /></span>
                </p>
                {event.said.map(|said| view! { <p><q>{said}</q></p> })}
                {changes}
            </div>
        </li>
    }
}

/// A server that was tested, and the first step that is bad.
fn tested(server: Difference) -> impl IntoView {
    let bad = server
        .metas
        .split(", ")
        .next()
        .filter(|step| !step.is_empty());
    let says = match bad {
        Some(step) => text!(calling.check.bad, step = step_name(step)),
        None => text!(calling.history.clear),
    };
    view! { <p><code>{server.ours}</code>" "{says}</p> }
}
