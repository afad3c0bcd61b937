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
        let problem = problem.get().filter(|problem| problem.field.is_none())?;
        let id = problem.request_id.clone();
        Some(view! {
            <p class="form-problem">
                {problem_text(&problem)}
                {id.map(|id| view! { <span class="form-problem-id">{text!(face.request)}" "<code>{id}</code></span> })}
            </p>
        })
    };
    view! { <div role="alert">{says}</div> }
}

/// The button that sends a form, and sends it once: while it is under way neither a press nor Enter sends it again.
#[component]
pub fn Submit(
    #[prop(into)] label: String,
    /// Whether the form is under way.
    #[prop(into)]
    pending: Signal<bool>,
    #[prop(default = "button")] class: &'static str,
) -> impl IntoView {
    let once = move |event: leptos::ev::MouseEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        }
    };
    view! {
        <button type="submit" class=class aria-busy=move || pending.get().to_string() on:click=once>
            {label}
        </button>
    }
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
            <Submit label=label pending=pending class=class />
            {cancel.map(|path| view! { <a class="button quiet" href=at(&path)>{text!(form.cancel)}</a> })}
        </div>
    }
}
