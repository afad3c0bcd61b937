//! The way to Facebook's login, and what became of the last one.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    api::login_find,
    base::is_framed,
    model::{Problem, ProblemCode},
    read::reading,
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
    let problem = reading(
        move || login.get(),
        |login| async move {
            let Some(login) = login else {
                return Ok(());
            };
            let code = match login.as_str() {
                "missing" => ProblemCode::MetaAppMissing,
                "denied" => ProblemCode::LoginDenied,
                "stale" => ProblemCode::LoginStale,
                "broken" => ProblemCode::StoreUnavailable,
                _ => return login_find(login).await?.problem.map_or(Ok(()), Err),
            };
            Err(Problem::new(code))
        },
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                problem.await.err().map(|problem| view! {
                    <Banner tone=Tone::Failed>
                        <p><strong>{text!(facebook.failed)}</strong></p>
                        <p>{problem_text(&problem)}</p>
                    </Banner>
                })
            })}
        </Transition>
    }
}
