//! What the customer can do: the part of the form that differs from kind to kind.

use leptos::prelude::*;

use super::sections::Sections;
use crate::{
    model::{InteractiveForm, InteractiveKind, interactive_limit as limit},
    text,
    ui::{Draft, Section, Typed},
};

/// The fields of the chosen kind, where it has any.
#[component]
pub fn Actions(draft: Draft<InteractiveForm>) -> impl IntoView {
    let kind = Memo::new(move |_| draft.form.with(|form| form.kind));
    let fields = move || match kind.get() {
        InteractiveKind::ReplyButtons => view! { <Replies draft=draft /> }.into_any(),
        InteractiveKind::List => view! { <Sections draft=draft /> }.into_any(),
        InteractiveKind::UrlButton => view! { <Url draft=draft /> }.into_any(),
        InteractiveKind::VoiceCall => view! { <Call draft=draft /> }.into_any(),
        InteractiveKind::Flow => view! { <Flow draft=draft /> }.into_any(),
        InteractiveKind::LocationRequest => {
            view! { <p class="muted">{text!(interactive.location_hint)}</p> }.into_any()
        }
        InteractiveKind::CallPermission => {
            view! { <p class="muted">{text!(interactive.permission_hint)}</p> }.into_any()
        }
    };
    view! {
        <Section title=text!(interactive.actions)>
            <div class="form">{fields}</div>
        </Section>
    }
}

#[component]
fn Replies(draft: Draft<InteractiveForm>) -> impl IntoView {
    let count = Memo::new(move |_| draft.form.with(|form| form.buttons.len()));
    let one = move |place: usize| {
        let number = place + 1;
        let drop = draft.press(move |form| form.step(&format!("drop-button-{number}")));
        view! {
            <div class="with-drop">
                <Typed
                    name=format!("button_{number}")
                    label=text!(template.button.nth, number = number)
                    value=draft.get(move |form| form.buttons.get(place).cloned().unwrap_or_default())
                    set=draft.set(move |form, value| {
                        if let Some(button) = form.buttons.get_mut(place) {
                            *button = value;
                        }
                    })
                    most=limit::BUTTON
                    variables=true
                    problems=draft.problems
                />
                <button
                    type="submit"
                    name="step"
                    value=format!("drop-button-{number}")
                    class="button quiet"
                    hidden=move || { count.get() < 2 }
                    on:click=drop
                >
                    {text!(template.button.remove)}
                </button>
            </div>
        }
    };
    view! {
        <p class="muted">{text!(interactive.replies_hint)}</p>
        <For each=move || 0..count.get() key=|place| *place children=one />
        <p hidden=move || { count.get() >= limit::BUTTONS }>
            <button type="submit" name="step" value="button" class="button" on:click=draft.press(|form| form.step("button"))>
                {text!(template.new.add_button)}
            </button>
        </p>
    }
}

/// What the button of an address, a call or a form says.
fn title(draft: Draft<InteractiveForm>, most: usize, optional: bool) -> impl IntoView {
    view! {
        <Typed
            name="title"
            label=text!(template.button.text)
            value=draft.get(|form| form.title.clone())
            set=draft.set(|form, value| form.title = value)
            most=most
            optional=optional
            variables=true
            problems=draft.problems
        />
    }
}

#[component]
fn Url(draft: Draft<InteractiveForm>) -> impl IntoView {
    view! {
        {title(draft, limit::BUTTON, false)}
        <Typed
            name="url"
            label=text!(template.button.address)
            hint=text!(interactive.url_hint)
            value=draft.get(|form| form.url.clone())
            set=draft.set(|form, value| form.url = value)
            most=limit::URL
            variables=true
            problems=draft.problems
        />
    }
}

#[component]
fn Call(draft: Draft<InteractiveForm>) -> impl IntoView {
    view! {
        {title(draft, limit::BUTTON, true)}
        <Typed
            name="minutes"
            label=text!(interactive.minutes)
            hint=text!(interactive.minutes_hint)
            value=draft.get(|form| form.minutes.clone())
            set=draft.set(|form, value| form.minutes = value)
            problems=draft.problems
        />
        <Typed
            name="payload"
            label=text!(interactive.payload)
            hint=text!(interactive.payload_hint)
            value=draft.get(|form| form.payload.clone())
            set=draft.set(|form, value| form.payload = value)
            most=limit::CALL_PAYLOAD
            optional=true
            variables=true
            problems=draft.problems
        />
    }
}

#[component]
fn Flow(draft: Draft<InteractiveForm>) -> impl IntoView {
    view! {
        {title(draft, limit::FLOW_BUTTON, false)}
        <Typed
            name="flow"
            label=text!(interactive.flow)
            hint=text!(interactive.flow_hint)
            value=draft.get(|form| form.flow.clone())
            set=draft.set(|form, value| form.flow = value)
            most=limit::FLOW
            problems=draft.problems
        />
        <Typed
            name="screen"
            label=text!(interactive.screen)
            hint=text!(interactive.screen_hint)
            value=draft.get(|form| form.screen.clone())
            set=draft.set(|form, value| form.screen = value)
            optional=true
            problems=draft.problems
        />
        <Typed
            name="token"
            label=text!(interactive.token)
            hint=text!(interactive.token_hint)
            value=draft.get(|form| form.token.clone())
            set=draft.set(|form, value| form.token = value)
            optional=true
            problems=draft.problems
        />
        <label class="tick" for="draft">
            <input
                id="draft"
                type="checkbox"
                name="draft"
                value="true"
                checked=draft.form.with_untracked(|form| form.draft)
                on:change=move |event| draft.form.update(|form| form.draft = event_target_checked(&event))
            />
            <span>{text!(interactive.draft)}</span>
        </label>
    }
}
