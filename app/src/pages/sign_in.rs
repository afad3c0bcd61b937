use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Redirect, hooks::use_query_map};

use crate::{
    api::{SignIn, caller_read},
    text,
    ui::{Field, FormProblem, Gate},
};

/// E-mail and password. A plain form, so that it works without a script.
#[component]
pub fn SignInPage() -> impl IntoView {
    let visitor = Resource::new(|| (), |()| caller_read());
    let known = move || visitor.get().is_some_and(|visitor| visitor.is_ok());
    view! {
        <Title text=format!("{} · THOTH", text!(sign_in.title)) />
        <Gate>
            <Suspense>
                {move || known().then(|| view! { <Redirect path="/" /> })}
            </Suspense>
            <SignInForm />
        </Gate>
    }
}

#[component]
fn SignInForm() -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let pending = action.pending();
    view! {
        <h1>{text!(sign_in.title)}</h1>
        <ActionForm action=action attr:class="form">
            <FormProblem problem=problem />
            <input type="hidden" name="next" value=next />
            <Field name="email" kind="email" label=text!(sign_in.email) autocomplete="username" problem=problem autofocus=true />
            <Field name="password" kind="password" label=text!(sign_in.password) autocomplete="current-password" problem=problem />
            <button type="submit" class="button primary wide" aria-busy=move || pending.get().to_string()>
                {text!(sign_in.action)}
            </button>
        </ActionForm>
    }
}
