use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::tabs::{Head, Tab, use_phone};
use crate::{
    api::{CallingRotate, calling_brief, calling_password},
    base::at,
    model::{PasswordShown, SipCredentials},
    read::reading,
    text,
    ui::{
        Banner, CopyLine, Fact, Failure, FormActions, FormProblem, Loading, PageHead, Section, Tone,
    },
};

/// What a telephone server signs in with. The password stands in the answer to a press of "Show" and nowhere else.
#[component]
pub fn CallingPasswordPage() -> impl IntoView {
    let id = use_phone();
    let found = reading(move || id.get(), calling_password);
    let query = use_query_map();
    let is_new = move || query.with(|query| query.get("new").is_some());
    view! {
        <Head id=id here=Tab::Password />
        {move || is_new().then(|| view! {
            <Banner tone=Tone::Attention><p>{text!(calling.password.is_new)}</p></Banner>
        })}
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(shown) => full(&id.get_untracked(), shown).into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| found.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

fn full(id: &str, shown: PasswordShown) -> impl IntoView + use<> {
    let page = format!("/phones/{id}/calling/password");
    let problem = Signal::stored(shown.problem);
    let inside = match shown.revealed {
        Some(credentials) => open(credentials).into_any(),
        None if shown.has_password => hidden(&shown.number, &page).into_any(),
        None => view! { <p class="muted">{text!(calling.password.none)}</p> }.into_any(),
    };
    let renew = shown.has_password.then(|| {
        view! { <p><a class="button" href=at(&format!("{page}/new"))>{text!(calling.password.new)}</a></p> }
    });
    view! {
        <Section title=text!(calling.password.title) hint=text!(calling.password.hint)>
            <FormProblem problem=problem />
            {inside}
            {renew}
        </Section>
    }
}

fn open(credentials: SipCredentials) -> impl IntoView {
    view! {
        <CopyLine label=text!(calling.password.username) value=credentials.username />
        <CopyLine label=text!(calling.password.password) value=credentials.password />
        <p class="muted">{text!(calling.password.shown)}</p>
    }
}

fn hidden(number: &str, page: &str) -> impl IntoView + use<> {
    let username = number.trim_start_matches('+').to_owned();
    view! {
        <CopyLine label=text!(calling.password.username) value=username />
        <dl class="facts">
            <Fact label=text!(calling.password.password)>
                <span aria-hidden="true">"••••••••••••"</span>
                <span class="sr-only">{text!(calling.password.masked)}</span>
            </Fact>
        </dl>
        <form method="post" action=at(page) enctype="multipart/form-data" class="reveal">
            <button type="submit" name="reveal" value="true" class="button">{text!(calling.password.show)}</button>
            <span class="muted">{text!(calling.password.show_hint)}</span>
        </form>
    }
}

/// Asks before Meta makes another password, and says what it means.
#[component]
pub fn CallingPasswordNewPage() -> impl IntoView {
    let id = use_phone();
    let back = format!("/phones/{}/calling/password", id.get_untracked());
    let action = ServerAction::<CallingRotate>::new();
    let found = reading(move || id.get(), calling_brief);
    view! {
        <PageHead title=text!(calling.password.new) back=(back.clone(), text!(calling.password.title)) />
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                let back = back.clone();
                Suspend::new(async move {
                    match found.await {
                        Ok(_) => sure(id.get_untracked(), back, action).into_any(),
                        Err(problem) => {
                            view! { <Failure problem=problem retry=Callback::new(move |()| found.refetch()) /> }.into_any()
                        }
                    }
                })
            }}
        </Suspense>
    }
}

fn sure(id: String, back: String, action: ServerAction<CallingRotate>) -> impl IntoView {
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    view! {
        <Section title=text!(calling.password.new)>
            <FormProblem problem=problem />
            <p>{text!(calling.password.new_what)}</p>
            <ActionForm action=action>
                <input type="hidden" name="id" value=id />
                <FormActions
                    label=text!(calling.password.new_button)
                    pending=action.pending()
                    cancel=back
                    danger=true
                />
            </ActionForm>
        </Section>
    }
}
