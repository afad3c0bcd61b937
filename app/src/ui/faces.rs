//! The faces of a list besides the full one: loading, empty, error.

use leptos::prelude::*;

use super::{GuideLink, Icon, IconName, Place, head::sign_in_path, problem_text};
use crate::{
    base::{at, is_framed},
    model::{Problem, ProblemCode},
    text,
};

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
    /// Where the guide tells more.
    #[prop(optional)]
    guide: Option<Place>,
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
            {guide.map(|place| view! { <GuideLink place=place /> })}
        </div>
    }
}

/// It could not be read: why, and under which id the log has the details. Whose session has ended signs in
/// again and comes back.
#[component]
pub fn Failure(
    problem: Problem,
    /// Reads again.
    retry: Callback<()>,
) -> impl IntoView {
    let id = problem.request_id.clone();
    let is_over = problem.code == ProblemCode::NotSignedIn;
    let (words, way) = if is_over && is_framed() {
        (text!(frame.expired), None)
    } else if is_over {
        let way =
            view! { <a class="button primary" href=sign_in_path()>{text!(sign_in.action)}</a> };
        (problem_text(&problem), Some(way.into_any()))
    } else {
        // Without a script the link loads the page anew.
        let again = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            retry.run(());
        };
        let way = view! { <a class="button" href="" on:click=again>{text!(face.retry)}</a> };
        (problem_text(&problem), Some(way.into_any()))
    };
    view! {
        <div class="face" data-tone="failed" role="alert">
            <span class="face-icon"><Icon name=IconName::Failed /></span>
            <h2>{text!(face.failed)}</h2>
            <p>{words}</p>
            {id.map(|id| view! { <p class="muted">{text!(face.request)}" "<code>{id}</code></p> })}
            {way}
        </div>
    }
}
