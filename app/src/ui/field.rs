use leptos::prelude::*;

use super::problem_text;
use crate::model::Problem;

/// A text field: label above, hint under it, the error in place of the hint.
#[component]
pub fn Field(
    /// Its name in the form; also the `field` of a problem.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    /// What the form came back with.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
    #[prop(optional)] autofocus: bool,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: Option<String>,
    /// It may stay empty.
    #[prop(optional)]
    optional: bool,
    /// What it shows while it is empty.
    #[prop(optional, into)]
    placeholder: Option<String>,
) -> impl IntoView {
    let mine = own_problem(name, problem);
    let kept = kept_value(name, problem, value);
    let described = format!("{name}-note");
    let has_hint = hint.is_some();
    let input = NodeRef::<leptos::html::Input>::new();
    // What came back is begun at the field that is wrong; a password is typed anew, as without a script.
    Effect::new(move |_| {
        let is_mine = mine.get().is_some();
        let (true, Some(input)) = (problem.get().is_some(), input.get_untracked()) else {
            return;
        };
        if autocomplete.is_some_and(|name| name.ends_with("-password")) {
            input.set_value("");
        }
        if is_mine {
            let _ = input.focus();
        }
    });
    let came_back = problem.get_untracked().is_some();
    let begins = mine.get_untracked().is_some() || (autofocus && !came_back);
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                node_ref=input
                id=name
                name=name
                type=kind
                value=kept
                aria-required=(!optional).then_some("true")
                placeholder=placeholder
                autocomplete=autocomplete.unwrap_or("off")
                autocapitalize="none"
                spellcheck="false"
                autofocus=begins
                aria-invalid=move || mine.get().is_some().then_some("true")
                aria-describedby=move || (has_hint || mine.get().is_some()).then(|| described.clone())
            />
            <FieldNote name=name hint=hint problem=mine />
        </div>
    }
}

/// One of several, from a list.
#[component]
pub fn Select(
    /// Its name in the form; also the `field` of a problem.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// Value and words of each choice.
    options: Vec<(String, String)>,
    /// The choice at first.
    #[prop(optional, into)]
    value: Option<String>,
    /// What the form came back with.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
    /// None of them may be chosen; these are its words.
    #[prop(optional, into)]
    none: Option<String>,
) -> impl IntoView {
    let mine = own_problem(name, problem);
    let chosen = kept_value(name, problem, value).unwrap_or_default();
    let described = format!("{name}-note");
    let list = NodeRef::<leptos::html::Select>::new();
    Effect::new(move |_| {
        if let (true, Some(list)) = (mine.get().is_some(), list.get_untracked()) {
            let _ = list.focus();
        }
    });
    let none = none.map(|words| (String::new(), words));
    let options = none
        .into_iter()
        .chain(options)
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select
                node_ref=list
                id=name
                name=name
                aria-invalid=move || mine.get().is_some().then_some("true")
                aria-describedby=described
            >
                {options}
            </select>
            <FieldNote name=name hint=hint problem=mine />
        </div>
    }
}

/// Yes or no.
#[component]
pub fn Checkbox(
    /// Its name in the form. A box that is ticked sends `true`.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] checked: bool,
    /// What the form came back with.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    let mine = own_problem(name, problem);
    let kept = kept_value(name, problem, None);
    let was_sent = problem
        .get_untracked()
        .is_some_and(|found| !found.kept.is_empty());
    let checked = if was_sent { kept.is_some() } else { checked };
    let described = format!("{name}-note");
    view! {
        <div class="field field-check">
            <label for=name>
                <input id=name name=name type="checkbox" value="true" checked=checked aria-describedby=described />
                <span>{label}</span>
            </label>
            <FieldNote name=name hint=hint problem=mine />
        </div>
    }
}

/// The hint of a field, or what is wrong with it.
#[component]
fn FieldNote(
    name: &'static str,
    hint: Option<String>,
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    let says = move || {
        problem
            .get()
            .map(|problem| problem_text(&problem))
            .or_else(|| hint.clone())
    };
    view! {
        <p
            id=format!("{name}-note")
            class="field-note"
            class:field-error=move || problem.get().is_some()
            aria-live="polite"
        >
            {says}
        </p>
    }
}

/// The problem, if it is this field's.
fn own_problem(name: &'static str, problem: Signal<Option<Problem>>) -> Signal<Option<Problem>> {
    Signal::derive(move || problem.get().filter(|problem| problem.is_at(name)))
}

/// What was typed when the form came back without a script; else what stands there at first.
fn kept_value(
    name: &str,
    problem: Signal<Option<Problem>>,
    value: Option<String>,
) -> Option<String> {
    let came_back = problem
        .get_untracked()
        .filter(|found| !found.kept.is_empty());
    match came_back {
        Some(problem) => problem.kept.get(name).cloned(),
        None => value,
    }
}
