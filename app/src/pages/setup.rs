use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::{
    api::{SetupFinish, setup_pending},
    model::{Problem, ProblemCode},
    read::reading,
    text,
    ui::{Field, FormProblem, Gate, Submit, problem_text},
};

/// The first admin, by the one-time link that the server prints when it has no people yet.
#[component]
pub fn SetupPage() -> impl IntoView {
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token").unwrap_or_default()));
    let pending = reading(move || token.get(), setup_pending);
    view! {
        <Title text=format!("{} · THOTH", text!(setup.title)) />
        <Gate>
            <Suspense>
                {move || {
                    Suspend::new(async move {
                        match pending.await {
                            Ok(true) => view! { <SetupForm token=token.get_untracked() /> }.into_any(),
                            Ok(false) => over(&Problem::new(ProblemCode::SetupOver)).into_any(),
                            Err(problem) => over(&problem).into_any(),
                        }
                    })
                }}
            </Suspense>
        </Gate>
    }
}

fn over(problem: &Problem) -> impl IntoView {
    view! {
        <h1>{text!(setup.over)}</h1>
        <p class="muted">{problem_text(problem)}</p>
        <a class="button primary wide" href="/sign-in">{text!(setup.to_sign_in)}</a>
    }
}

#[component]
fn SetupForm(token: String) -> impl IntoView {
    let action = ServerAction::<SetupFinish>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let pending = action.pending();
    view! {
        <h1>{text!(setup.title)}</h1>
        <p class="muted">{text!(setup.hint)}</p>
        <ActionForm action=action attr:class="form" attr:novalidate=true>
            <FormProblem problem=problem />
            <input type="hidden" name="token" value=token />
            <Field name="email" kind="email" label=text!(sign_in.email) autocomplete="username" problem=problem autofocus=true />
            <Field
                name="password"
                kind="password"
                label=text!(sign_in.password)
                hint=text!(setup.password_hint)
                autocomplete="new-password"
                problem=problem
            />
            <Submit label=text!(setup.action) pending=pending class="button primary wide" />
        </ActionForm>
    }
}
