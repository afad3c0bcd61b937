//! Fields of long forms: each says how much of its room is used, while one types.

use leptos::prelude::*;

use super::problem_text;
use crate::{
    model::{Problem, ProblemCode, TextPart, text_parts},
    text,
};

/// A field whose words are followed as they are typed. Without a script it is a plain field.
#[component]
pub fn Typed(
    /// Its name in the form; also the `field` of a problem.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what is typed.
    set: Callback<String>,
    /// The most characters there may be.
    #[prop(optional)]
    most: Option<usize>,
    /// As many lines; none for a single one.
    #[prop(optional)]
    lines: Option<u32>,
    #[prop(default = "text")] kind: &'static str,
    /// What the form came back with.
    #[prop(into)]
    problems: Signal<Vec<Problem>>,
    /// It may stay empty.
    #[prop(optional)]
    optional: bool,
    /// A variable counts as one character: its value is not known yet.
    #[prop(optional)]
    variables: bool,
    #[prop(optional, into)] placeholder: Option<String>,
) -> impl IntoView {
    let own = name.clone();
    let refused = Memo::new(move |_| {
        let problems = problems.get();
        problems.into_iter().find(|problem| problem.is_at(&own))
    });
    let first = value.get_untracked();
    let sent = StoredValue::new(first.clone());
    let length = move || value.with(|value| length(value, variables));
    let problem = Memo::new(move |_| {
        if let Some(most) = most.filter(|most| length() > *most) {
            return Some(Problem::new(ProblemCode::TooLong).arg("most", most));
        }
        // What was refused is not wrong any more once it is another.
        let changed = value.with(|value| sent.with_value(|sent| value != sent));
        refused.get().filter(|_| !changed)
    });
    let note = format!("{name}-note");
    let described = note.clone();
    let has_hint = hint.is_some();
    let described = move || (has_hint || problem.get().is_some()).then(|| described.clone());
    let invalid = move || problem.get().is_some().then_some("true");
    let required = (!optional).then_some("true");
    let typed = move |event: leptos::ev::Event| set.run(event_target_value(&event));
    let rows = lines.map(|lines| lines.to_string());
    let control = match rows {
        Some(rows) => view! {
            <textarea
                id=name.clone()
                name=name.clone()
                rows=rows
                prop:value=move || value.get()
                placeholder=placeholder
                aria-required=required
                aria-invalid=invalid
                aria-describedby=described
                on:input=typed
                inner_html=escaped(&first)
            ></textarea>
        }
        .into_any(),
        None => view! {
            <input
                id=name.clone()
                name=name.clone()
                type=kind
                value=first
                prop:value=move || value.get()
                placeholder=placeholder
                autocomplete="off"
                aria-required=required
                aria-invalid=invalid
                aria-describedby=described
                on:input=typed
            />
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <div class="field-head">
                <label for=name>{label}</label>
                {most.map(|most| view! {
                    <span class="field-count" class:field-error=move || { length() > most }>
                        {move || text!(form.used, used = length(), most = most)}
                    </span>
                })}
            </div>
            {control}
            <p id=note class="field-note" class:field-error=move || problem.get().is_some() aria-live="polite">
                {move || problem.get().map(|problem| problem_text(&problem)).or_else(|| hint.clone())}
            </p>
        </div>
    }
}

/// How much room words take.
fn length(words: &str, variables: bool) -> usize {
    if !variables {
        return words.chars().count();
    }
    let parts = text_parts(words).into_iter().map(|part| match part {
        TextPart::Words(words) => words.chars().count(),
        TextPart::Place(_) => 1,
    });
    parts.sum()
}

/// One of several, followed as it is chosen.
#[component]
pub fn Chosen(
    /// Its name in the form; also the `field` of a problem.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// Value and words of each choice.
    options: Vec<(String, String)>,
    /// The choice.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what is chosen.
    set: Callback<String>,
    /// What the form came back with.
    #[prop(into)]
    problems: Signal<Vec<Problem>>,
) -> impl IntoView {
    let own = name.clone();
    let problem = Memo::new(move |_| {
        let problems = problems.get();
        problems.into_iter().find(|problem| problem.is_at(&own))
    });
    let first = value.get_untracked();
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == first;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    let note = format!("{name}-note");
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            <select
                id=name.clone()
                name=name
                prop:value=move || value.get()
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=note.clone()
                on:change=move |event| set.run(event_target_value(&event))
            >
                {options}
            </select>
            <p id=note class="field-note" class:field-error=move || problem.get().is_some() aria-live="polite">
                {move || problem.get().map(|problem| problem_text(&problem)).or_else(|| hint.clone())}
            </p>
        </div>
    }
}

/// Words as the inside of a text area. What reads HTML takes a first line end away.
fn escaped(words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    format!("\n{words}")
}
