//! Fields the long form of calling has besides those of every long form. They are read by the browser when the form is
//! sent; nothing follows them while they change.

use leptos::prelude::*;

use crate::{
    model::{CallingForm, Problem},
    text,
    ui::{Draft, problem_text},
};

/// What was wrong with a field, or with one under its name, when the form was sent.
pub fn fault(draft: Draft<CallingForm>, field: &str) -> Option<Problem> {
    draft.problems.with_untracked(|problems| {
        let mut at = problems.iter();
        at.find(|problem| problem.is_at(field)).cloned()
    })
}

/// What was wrong with a field, else the hint.
pub fn note(draft: Draft<CallingForm>, field: &str, hint: Option<String>) -> impl IntoView + use<> {
    let fault = fault(draft, field);
    let is_wrong = fault.is_some();
    let words = fault.map(|problem| problem_text(&problem)).or(hint);
    let id = format!("{field}-note");
    words.map(|words| view! { <p id=id class="field-note" class:field-error=is_wrong>{words}</p> })
}

/// Enabled or disabled, both words in sight.
pub fn switch(
    draft: Draft<CallingForm>,
    name: &'static str,
    label: String,
    is_on: bool,
) -> AnyView {
    let choice = |value: &'static str, words: String, checked: bool| {
        let id = format!("{name}-{value}");
        view! {
            <label for=id.clone()>
                <input id=id.clone() type="radio" name=name value=value checked=checked />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="switch" id=name>
            <legend>{label}</legend>
            <div class="switch-choices">
                {choice("enabled", text!(calling.form.enabled), is_on)}
                {choice("disabled", text!(calling.form.disabled), !is_on)}
            </div>
            {note(draft, name, None)}
        </fieldset>
    }
    .into_any()
}

/// Yes or no.
pub fn tick(
    draft: Draft<CallingForm>,
    name: &'static str,
    label: String,
    hint: Option<String>,
    is_on: bool,
) -> AnyView {
    let described =
        (hint.is_some() || fault(draft, name).is_some()).then(|| format!("{name}-note"));
    view! {
        <div class="field field-check">
            <label for=name>
                <input id=name name=name type="checkbox" value="true" checked=is_on aria-describedby=described />
                <span>{label}</span>
            </label>
            {note(draft, name, hint)}
        </div>
    }
    .into_any()
}

/// A part of the form with a title of its own.
pub fn part(title: String, inside: impl IntoView) -> AnyView {
    view! {
        <fieldset class="part">
            <legend>{title}</legend>
            <div class="form">{inside}</div>
        </fieldset>
    }
    .into_any()
}
