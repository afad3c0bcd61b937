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
    /// How long a text must at least be.
    #[prop(optional)]
    least: Option<u32>,
) -> impl IntoView {
    let mine = Signal::derive(move || problem.get().filter(|problem| problem.is_at(name)));
    let kept = problem
        .get_untracked()
        .and_then(|problem| problem.kept.get(name).cloned());
    let note = format!("{name}-note");
    let described = note.clone();
    let has_hint = hint.is_some();
    let input = NodeRef::<leptos::html::Input>::new();
    // A password that came back is typed anew, as without a script.
    Effect::new(move |_| {
        if kind == "password"
            && problem.get().is_some()
            && let Some(input) = input.get_untracked()
        {
            input.set_value("");
        }
    });
    let says = move || {
        mine.get()
            .map(|problem| problem_text(&problem))
            .or_else(|| hint.clone())
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                node_ref=input
                id=name
                name=name
                type=kind
                value=kept
                required
                minlength=least.map(|least| least.to_string())
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                autofocus=autofocus
                aria-invalid=move || mine.get().is_some().then_some("true")
                aria-describedby=move || (has_hint || mine.get().is_some()).then(|| described.clone())
            />
            <p id=note class="field-note" class:field-error=move || mine.get().is_some() aria-live="polite">
                {says}
            </p>
        </div>
    }
}
