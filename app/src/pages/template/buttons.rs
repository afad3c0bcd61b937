//! The buttons of a new template.

use leptos::prelude::*;

use crate::{
    model::{ButtonKind, TemplateButton, TemplateForm, limit, place_names},
    text,
    ui::{Chosen, Draft, Typed},
};

/// Each button with its fields, and the way to one more.
#[component]
pub fn Buttons(draft: Draft<TemplateForm>) -> impl IntoView {
    let count = Memo::new(move |_| draft.form.with(|form| form.buttons.len()));
    let add = draft.press(TemplateForm::add_button);
    view! {
        <div class="form">
            <For each=move || 0..count.get() key=|place| *place children=move |place| one(draft, place) />
            <p hidden=move || { count.get() >= limit::BUTTONS }>
                <button type="submit" name="step" value="button" class="button" on:click=add>
                    {text!(template.new.add_button)}
                </button>
            </p>
        </div>
    }
}

/// How a kind is called.
fn kind_text(kind: ButtonKind) -> String {
    match kind {
        ButtonKind::Url => text!(template.button.url),
        ButtonKind::Phone => text!(template.button.phone),
        ButtonKind::CopyCode => text!(template.button.code),
        ButtonKind::Reply
        | ButtonKind::Flow
        | ButtonKind::Call
        | ButtonKind::List
        | ButtonKind::Location
        | ButtonKind::Consent
        | ButtonKind::Other => text!(template.button.reply),
    }
}

fn one(draft: Draft<TemplateForm>, place: usize) -> impl IntoView {
    let problems = draft.problems;
    let field = move |part| TemplateForm::button_field(place, part);
    let read = move |part: fn(&TemplateButton) -> String| {
        draft.get(move |form| form.buttons.get(place).map(part).unwrap_or_default())
    };
    let write = move |part: fn(&mut TemplateButton, String)| {
        draft.set(move |form, value| {
            if let Some(button) = form.buttons.get_mut(place) {
                part(button, value);
            }
        })
    };
    let kind = Memo::new(move |_| {
        let form = draft.form.read();
        form.buttons
            .get(place)
            .map_or(ButtonKind::Reply, |button| button.kind)
    });
    let varies = Memo::new(move |_| {
        let form = draft.form.read();
        let value = form.buttons.get(place).map(|button| button.value.as_str());
        value.is_some_and(|value| !place_names(value).is_empty())
    });
    let kinds =
        TemplateButton::KINDS.map(|kind| (TemplateButton::word(kind).to_owned(), kind_text(kind)));
    let value = move |label: String, hint: String, most: usize| {
        view! {
            <Typed
                name=field("value")
                label=label
                hint=hint
                value=read(|button| button.value.clone())
                set=write(|button, value| button.value = value)
                most=most
                problems=problems
            />
        }
    };
    let words = move || {
        view! {
            <Typed
                name=field("text")
                label=text!(template.button.text)
                value=read(|button| button.text.clone())
                set=write(|button, value| button.text = value)
                most=limit::BUTTON
                problems=problems
            />
        }
    };
    let example = move || {
        varies.get().then(|| {
            view! {
                <Typed
                    name=field("example")
                    label=text!(template.button.example)
                    hint=text!(template.button.example_hint)
                    value=read(|button| button.example.clone())
                    set=write(|button, value| button.example = value)
                    problems=problems
                />
            }
        })
    };
    let rest = move || match kind.get() {
        ButtonKind::Url => view! {
            {words()}
            {value(text!(template.button.address), text!(template.button.address_hint), limit::URL)}
            {example}
        }
        .into_any(),
        ButtonKind::Phone => view! {
            {words()}
            {value(text!(template.button.number), text!(phone.phone_hint), limit::PHONE)}
        }
        .into_any(),
        ButtonKind::CopyCode => value(
            text!(template.button.code_example),
            text!(template.button.code_hint),
            limit::CODE,
        )
        .into_any(),
        ButtonKind::Reply
        | ButtonKind::Flow
        | ButtonKind::Call
        | ButtonKind::List
        | ButtonKind::Location
        | ButtonKind::Consent
        | ButtonKind::Other => words().into_any(),
    };
    let remove = draft.press(move |form| form.remove_button(place));
    let label = text!(template.button.nth, number = place + 1);
    view! {
        <fieldset class="part">
            <legend>{label}</legend>
            <div class="form">
                <Chosen
                    name=field("kind")
                    label=text!(template.button.kind)
                    options=kinds.into()
                    value=read(|button| TemplateButton::word(button.kind).to_owned())
                    set=write(|button, value| button.kind = TemplateButton::kind_of(&value))
                    problems=problems
                />
                {rest}
                <p>
                    <button type="submit" name="step" value=format!("remove-{place}") class="button quiet" on:click=remove>
                        {text!(template.button.remove)}
                    </button>
                </p>
            </div>
        </fieldset>
    }
}
