//! What forms are made of besides their fields.

use leptos::{
    prelude::*,
    server_fn::{ServerFn, client::Client, request::ClientReq},
    web_sys::FormData,
};
use serde::de::DeserializeOwned;

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

/// A form of one button that keeps nothing but hidden values.
#[component]
pub fn ButtonForm<F>(
    action: ServerAction<F>,
    #[prop(into)] label: String,
    /// Names and values that go along.
    #[prop(optional)]
    fields: Vec<(&'static str, String)>,
    #[prop(default = "button")] class: &'static str,
) -> impl IntoView
where
    F: ServerFn<Error = Problem> + DeserializeOwned + Clone + Send + Sync + 'static,
    F::Output: Clone + Send + Sync + 'static,
    <F::Client as Client<Problem>>::Request: ClientReq<Problem, FormData = FormData>,
{
    let pending = action.pending();
    let fields = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <ActionForm action=action attr:class="button-form">
            {fields}
            <button type="submit" class=class aria-busy=move || pending.get().to_string()>{label}</button>
        </ActionForm>
    }
}
