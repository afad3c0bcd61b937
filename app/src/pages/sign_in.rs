use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Redirect, hooks::use_query_map};

use crate::{
    api::{SignIn, caller_read},
    base::local_path,
    read::reading,
    text,
    ui::{Field, FormProblem, Gate, Submit},
};

/// E-mail and password. A plain form, so that it works without a script.
#[component]
pub fn SignInPage() -> impl IntoView {
    let visitor = reading(|| (), |()| caller_read());
    let known = move || visitor.get().is_some_and(|visitor| visitor.is_ok());
    let next = next();
    view! {
        <Title text=format!("{} · THOTH", text!(sign_in.title)) />
        <Gate>
            <Suspense>
                {move || known().then(|| view! { <Redirect path=local_path(&next).to_owned() /> })}
            </Suspense>
            <SignInForm />
        </Gate>
    }
}

/// Where the visitor wanted to go.
fn next() -> String {
    use_query_map().with_untracked(|query| query.get("next").unwrap_or_default())
}

#[component]
fn SignInForm() -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let next = next();
    let pending = action.pending();
    view! {
        <h1>{text!(sign_in.title)}</h1>
        <ActionForm action=action attr:class="form" attr:novalidate=true>
            <FormProblem problem=problem />
            <input type="hidden" name="next" value=next />
            <Field name="email" kind="email" label=text!(sign_in.email) autocomplete="username" problem=problem autofocus=true />
            <Field name="password" kind="password" label=text!(sign_in.password) autocomplete="current-password" problem=problem />
            <Submit label=text!(sign_in.action) pending=pending class="button primary wide" />
        </ActionForm>
    }
}
