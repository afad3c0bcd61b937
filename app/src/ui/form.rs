//! What forms are made of besides their fields.

use leptos::prelude::*;

use super::problem_text;
use crate::{base::at, model::Problem, text};

/// A problem that belongs to no field, above the form.
#[component]
pub fn FormProblem(
    /// What the form came back with.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    let says = move || {
        problem
            .get()
            .filter(|problem| problem.field.is_none())
            .map(|problem| view! { <p class="form-problem">{problem_text(&problem)}</p> })
    };
    view! { <div role="alert">{says}</div> }
}

/// The button that sends a form, and the way back without sending it.
#[component]
pub fn FormActions(
    #[prop(into)] label: String,
    /// Whether the form is under way.
    #[prop(into)]
    pending: Signal<bool>,
    /// Where "Cancel" leads: a path of the panel.
    #[prop(optional, into)]
    cancel: Option<String>,
    /// It destroys something.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    let class = if danger {
        "button danger"
    } else {
        "button primary"
    };
    view! {
        <div class="form-actions">
            <button type="submit" class=class aria-busy=move || pending.get().to_string()>
                {label}
            </button>
            {cancel.map(|path| view! { <a class="button quiet" href=at(&path)>{text!(form.cancel)}</a> })}
        </div>
    }
}
