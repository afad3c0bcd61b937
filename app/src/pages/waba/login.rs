//! The way to Facebook's login, and what became of the last one.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    api::login_find,
    base::is_framed,
    model::{Problem, ProblemCode},
    text,
    ui::{Banner, Tone, problem_text},
};

/// "Connect with Facebook", where it can be begun: Facebook's dialog opens in no frame.
#[component]
pub fn FacebookLink(
    /// The Meta app is set.
    ready: bool,
) -> impl IntoView {
    if is_framed() {
        return ().into_any();
    }
    if ready {
        view! {
            <a class="button" href="/connect/facebook" rel="external">{text!(facebook.connect)}</a>
        }
        .into_any()
    } else {
        view! { <p class="muted">{text!(facebook.not_ready)}</p> }.into_any()
    }
}

/// Why the last login brought nothing: a word of the address, or a login whose words are kept.
#[component]
pub fn LoginNote() -> impl IntoView {
    let query = use_query_map();
    let login = Memo::new(move |_| query.with(|query| query.get("login")));
    let problem = Resource::new(
        move || login.get(),
        |login| async move {
            let login = login?;
            let of_word = |code| Some(Problem::new(code));
            match login.as_str() {
                "missing" => of_word(ProblemCode::MetaAppMissing),
                "denied" => of_word(ProblemCode::LoginDenied),
                "stale" => of_word(ProblemCode::LoginStale),
                "broken" => of_word(ProblemCode::StoreUnavailable),
                _ => match login_find(login).await {
                    Ok(found) => found.problem,
                    Err(problem) => Some(problem),
                },
            }
        },
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                problem.await.map(|problem| view! {
                    <Banner tone=Tone::Failed>
                        <p><strong>{text!(facebook.failed)}</strong></p>
                        <p>{problem_text(&problem)}</p>
                    </Banner>
                })
            })}
        </Transition>
    }
}
