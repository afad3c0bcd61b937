//! The faces of a list besides the full one: loading, empty, error.

use leptos::prelude::*;

use super::{Icon, IconName, problem_text};
use crate::{base::at, model::Problem, text};

/// Grey lines where rows will be. They show only when loading takes a while.
#[component]
pub fn Loading(#[prop(default = 6)] lines: usize) -> impl IntoView {
    view! {
        <div class="loading" role="status">
            <span class="sr-only">{text!(face.loading)}</span>
            {(0..lines).map(|_| view! { <span class="loading-line" aria-hidden="true"></span> }).collect_view()}
        </div>
    }
}

/// Nothing here: what belongs here and what to do.
#[component]
pub fn Empty(
    icon: IconName,
    #[prop(into)] title: String,
    #[prop(into)] hint: String,
    /// Where the button leads.
    #[prop(optional, into)]
    href: Option<String>,
    /// What the button says.
    #[prop(optional, into)]
    action: Option<String>,
) -> impl IntoView {
    let button = href
        .zip(action)
        .map(|(href, action)| view! { <a class="button" href=at(&href)>{action}</a> });
    view! {
        <div class="face">
            <span class="face-icon"><Icon name=icon /></span>
            <h2>{title}</h2>
            <p>{hint}</p>
            {button}
        </div>
    }
}

/// It could not be read: why, and under which id the log has the details.
#[component]
pub fn Failure(
    problem: Problem,
    /// Reads again.
    retry: Callback<()>,
) -> impl IntoView {
    let id = problem.request_id.clone();
    // Without a script the link loads the page anew.
    let again = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        retry.run(());
    };
    view! {
        <div class="face" data-tone="failed" role="alert">
            <span class="face-icon"><Icon name=IconName::Failed /></span>
            <h2>{text!(face.failed)}</h2>
            <p>{problem_text(&problem)}</p>
            {id.map(|id| view! { <p class="muted">{text!(face.request)}" "<code>{id}</code></p> })}
            <a class="button" href="" on:click=again>{text!(face.retry)}</a>
        </div>
    }
}
