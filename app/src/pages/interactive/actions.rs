//! What the customer can do: the part of the form that differs from kind to kind.

use leptos::prelude::*;

use super::{fields::kind_of, sections::sections};
use crate::{
    model::{InteractiveForm, InteractiveKind, interactive_limit as limit},
    text,
    ui::{Draft, Section, Typed, each_of},
};

/// The fields of the chosen kind, where it has any.
#[component]
pub fn Actions(draft: Draft<InteractiveForm>) -> impl IntoView {
    let kind = kind_of(draft);
    let says = |words: String| view! { <p class="muted">{words}</p> }.into_any();
    let fields = move || match kind() {
        InteractiveKind::ReplyButtons => replies(draft),
        InteractiveKind::List => sections(draft),
        InteractiveKind::UrlButton => address(draft),
        InteractiveKind::VoiceCall => call(draft),
        InteractiveKind::Flow => flow(draft),
        InteractiveKind::LocationRequest => says(text!(interactive.location_hint)),
        InteractiveKind::CallPermission => says(text!(interactive.permission_hint)),
    };
    view! {
        <Section title=text!(interactive.actions)>
            <div class="form">{fields}</div>
        </Section>
    }
}

fn replies(draft: Draft<InteractiveForm>) -> AnyView {
    let count = draft.count(|form| form.buttons.len());
    let add = draft.press(|form| form.step("button"));
    view! {
        <p class="muted">{text!(interactive.replies_hint)}</p>
        {each_of(count, move |place| reply(draft, place, count))}
        <p hidden=move || { count.get() as usize >= limit::BUTTONS }>
            <button type="submit" name="step" value="button" class="button" on:click=add>
                {text!(template.new.add_button)}
            </button>
        </p>
    }
    .into_any()
}

fn reply(draft: Draft<InteractiveForm>, place: usize, count: Memo<u32>) -> AnyView {
    let number = place + 1;
    let field = draft.typed(
        Typed::new(
            format!("button_{number}"),
            text!(template.button.nth, number = number),
        )
        .most(limit::BUTTON)
        .variables(),
        move |form| form.buttons.get(place).cloned().unwrap_or_default(),
        move |form, value| {
            if let Some(button) = form.buttons.get_mut(place) {
                *button = value;
            }
        },
    );
    let step = format!("drop-button-{number}");
    let dropped = step.clone();
    let drop = draft.press(move |form| form.step(&dropped));
    view! {
        <div class="with-drop">
            {field}
            <button type="submit" name="step" value=step class="button quiet" hidden=move || { count.get() < 2 } on:click=drop>
                {text!(template.button.remove)}
            </button>
        </div>
    }
    .into_any()
}

/// What the button of an address, a call or a form says.
fn title(draft: Draft<InteractiveForm>, field: Typed) -> AnyView {
    draft.typed(
        field.variables(),
        |form| form.title.clone(),
        |form, value| form.title = value,
    )
}

fn titled(most: usize) -> Typed {
    Typed::new("title", text!(template.button.text)).most(most)
}

fn address(draft: Draft<InteractiveForm>) -> AnyView {
    let url = draft.typed(
        Typed::new("url", text!(template.button.address))
            .hint(text!(interactive.url_hint))
            .most(limit::URL)
            .variables(),
        |form| form.url.clone(),
        |form, value| form.url = value,
    );
    view! { {title(draft, titled(limit::BUTTON))}{url} }.into_any()
}

fn call(draft: Draft<InteractiveForm>) -> AnyView {
    let minutes = draft.typed(
        Typed::new("minutes", text!(interactive.minutes)).hint(text!(interactive.minutes_hint)),
        |form| form.minutes.clone(),
        |form, value| form.minutes = value,
    );
    let payload = draft.typed(
        Typed::new("payload", text!(interactive.payload))
            .hint(text!(interactive.payload_hint))
            .most(limit::CALL_PAYLOAD)
            .optional()
            .variables(),
        |form| form.payload.clone(),
        |form, value| form.payload = value,
    );
    view! { {title(draft, titled(limit::BUTTON).optional())}{minutes}{payload} }.into_any()
}

fn flow(draft: Draft<InteractiveForm>) -> AnyView {
    let flow = draft.typed(
        Typed::new("flow", text!(interactive.flow))
            .hint(text!(interactive.flow_hint))
            .most(limit::FLOW),
        |form| form.flow.clone(),
        |form, value| form.flow = value,
    );
    let screen = draft.typed(
        Typed::new("screen", text!(interactive.screen))
            .hint(text!(interactive.screen_hint))
            .optional(),
        |form| form.screen.clone(),
        |form, value| form.screen = value,
    );
    let token = draft.typed(
        Typed::new("token", text!(interactive.token))
            .hint(text!(interactive.token_hint))
            .optional(),
        |form| form.token.clone(),
        |form, value| form.token = value,
    );
    let ticked = draft.form.with_untracked(|form| form.draft);
    let tick = move |event| {
        let draft_now = event_target_checked(&event);
        draft.form.update(|form| form.draft = draft_now);
    };
    view! {
        {title(draft, titled(limit::FLOW_BUTTON))}
        {flow}
        {screen}
        {token}
        <label class="tick" for="draft">
            <input id="draft" type="checkbox" name="draft" value="true" checked=ticked on:change=tick />
            <span>{text!(interactive.draft)}</span>
        </label>
    }
    .into_any()
}
