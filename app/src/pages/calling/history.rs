use leptos::prelude::*;

use super::{
    differences::Differences,
    tabs::{Head, Tab, use_phone},
    words::event_name,
};
use crate::{
    api::calling_history,
    live::{Topic, use_live},
    model::CallingEvent,
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
    let changes = (!event.changes.is_empty()).then(|| view! { <Differences rows=event.changes /> });
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
