//! The buttons of a new template.

use leptos::prelude::*;

use crate::{
    model::{ButtonKind, TemplateButton, TemplateForm, limit, place_names},
    text,
    ui::{Chosen, Draft, Typed, each_of},
};

/// Each button with its fields, and the way to one more.
pub fn buttons(draft: Draft<TemplateForm>) -> AnyView {
    let count = draft.count(|form| form.buttons.len());
    let add = draft.press(TemplateForm::add_button);
    view! {
        <div class="form">
            {each_of(count, move |place| one(draft, place))}
            <p hidden=move || { count.get() as usize >= limit::BUTTONS }>
                <button type="submit" name="step" value="button" class="button" on:click=add>
                    {text!(template.new.add_button)}
                </button>
            </p>
        </div>
    }
    .into_any()
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

fn one(draft: Draft<TemplateForm>, place: usize) -> AnyView {
    let kind_of = move |form: &TemplateForm| {
        let button = form.buttons.get(place);
        let kind = button.map(|button| TemplateButton::word(button.kind));
        kind.unwrap_or_default().to_owned()
    };
    let kind = draft.get(kind_of);
    let kinds =
        TemplateButton::KINDS.map(|kind| (TemplateButton::word(kind).to_owned(), kind_text(kind)));
    let choice = draft.chosen(
        Chosen::new(
            TemplateForm::button_field(place, "kind"),
            text!(template.button.kind),
            kinds.into(),
        ),
        kind_of,
        move |form, value| {
            if let Some(button) = form.buttons.get_mut(place) {
                button.kind = TemplateButton::kind_of(&value);
            }
        },
    );
    let remove = draft.press(move |form| form.remove_button(place));
    view! {
        <fieldset class="part">
            <legend>{text!(template.button.nth, number = place + 1)}</legend>
            <div class="form">
                {choice}
                {move || rest(draft, place, TemplateButton::kind_of(&kind.get()))}
                <p>
                    <button type="submit" name="step" value=format!("remove-{place}") class="button quiet" on:click=remove>
                        {text!(template.button.remove)}
                    </button>
                </p>
            </div>
        </fieldset>
    }
    .into_any()
}

/// The fields of a kind.
fn rest(draft: Draft<TemplateForm>, place: usize, kind: ButtonKind) -> AnyView {
    let part = move |field: Typed, part: fn(&mut TemplateButton) -> &mut String| {
        draft.typed(
            field,
            move |form| {
                let button = form.buttons.get(place).cloned();
                let value = button.map(|mut button| std::mem::take(part(&mut button)));
                value.unwrap_or_default()
            },
            move |form, value| {
                if let Some(button) = form.buttons.get_mut(place) {
                    *part(button) = value;
                }
            },
        )
    };
    let field = move |part: &str, label| Typed::new(TemplateForm::button_field(place, part), label);
    let words = || {
        let field = field("text", text!(template.button.text)).most(limit::BUTTON);
        part(field, |button| &mut button.text)
    };
    let value = |label, hint, most| {
        let field = field("value", label).hint(hint).most(most);
        part(field, |button| &mut button.value)
    };
    match kind {
        ButtonKind::Url => {
            let variables = draft.count(move |form| {
                let button = form.buttons.get(place);
                button.map_or(0, |button| place_names(&button.value).len())
            });
            let example = move || {
                (variables.get() > 0).then(|| {
                    let field = field("example", text!(template.button.example))
                        .hint(text!(template.button.example_hint));
                    part(field, |button| &mut button.example)
                })
            };
            let address = value(
                text!(template.button.address),
                text!(template.button.address_hint),
                limit::URL,
            );
            view! { {words()}{address}{example} }.into_any()
        }
        ButtonKind::Phone => {
            let number = value(
                text!(template.button.number),
                text!(phone.phone_hint),
                limit::PHONE,
            );
            view! { {words()}{number} }.into_any()
        }
        ButtonKind::CopyCode => value(
            text!(template.button.code_example),
            text!(template.button.code_hint),
            limit::CODE,
        ),
        ButtonKind::Reply
        | ButtonKind::Flow
        | ButtonKind::Call
        | ButtonKind::List
        | ButtonKind::Location
        | ButtonKind::Consent
        | ButtonKind::Other => words(),
    }
}
