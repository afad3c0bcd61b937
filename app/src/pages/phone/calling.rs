use leptos::prelude::*;

use crate::{
    base::at,
    model::{CallingState, Moment, Switch},
    read::Reading,
    text,
    ui::{Ago, Badge, Fact, Failure, IconName, Loading, Section, Tone},
};

/// Whether customers can call the number, and the way to its calling.
#[component]
pub fn Calling(
    id: String,
    /// Read beside the phone: what waits for something else may outlive the request it reads for.
    state: Reading<CallingState>,
) -> impl IntoView {
    let href = at(&format!("/phones/{id}/calling"));
    view! {
        <Section title=text!(calling.title) hint=text!(calling.lead) id="calling">
            <Transition fallback=|| view! { <Loading lines=2 /> }>
                {move || Suspend::new(async move {
                    match state.await {
                        Ok(state) => stands(state).into_any(),
                        Err(problem) => {
                            view! { <Failure problem=problem retry=Callback::new(move |()| state.refetch()) /> }.into_any()
                        }
                    }
                })}
            </Transition>
            <p><a class="button" href=href>{text!(calling.open)}</a></p>
        </Section>
    }
}

fn stands(state: CallingState) -> impl IntoView {
    let error = state.error.map(|error| {
        view! {
            <Fact label=text!(calling.error.title)>
                <Badge tone=Tone::Failed icon=IconName::Failed label=error />
            </Fact>
        }
    });
    let differs = state.differs.then(|| {
        view! { <p class="muted">{text!(calling.health.differs)}</p> }
    });
    view! {
        <dl class="facts">
            {switch(text!(calling.health.calling), state.calling, state.read_at)}
            {switch(text!(calling.health.sip), state.sip, state.read_at)}
            {error}
        </dl>
        {differs}
    }
}

fn switch(label: String, state: Switch, read_at: Option<Moment>) -> impl IntoView {
    let (tone, icon, word) = switch_parts(state);
    let read = read_at.map(|at| {
        view! { <span class="muted">" "{text!(calling.health.read)}" "<Ago at=at /></span> }
    });
    view! { <Fact label=label><Badge tone=tone icon=icon label=word />{read}</Fact> }
}

/// A switch as tone, picture and word.
pub fn switch_parts(state: Switch) -> (Tone, IconName, String) {
    match state {
        Switch::On => (Tone::Ok, IconName::Ok, text!(calling.health.on)),
        Switch::Off => (Tone::Neutral, IconName::Off, text!(calling.health.off)),
        Switch::Unknown => (Tone::Unknown, IconName::Unknown, text!(health.unknown)),
    }
}
