use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::health::{Token, token_words};
use crate::{
    api::{LoginConnect, LoginRead, login_find, waba_owners},
    model::{LoginFound, LoginNumber, LoginWaba, Owner, Problem, TokenState},
    read::reading,
    text,
    ui::{
        Banner, Empty, FormActions, FormProblem, IconName, Loading, PageHead, Select, Submit, Tone,
        problem_text,
    },
};

/// What a login with Facebook brought, to pick from.
#[component]
pub fn WabaConnectPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("login").unwrap_or_default()));
    let again = ServerAction::<LoginRead>::new();
    let connect = ServerAction::<LoginConnect>::new();
    let found = reading(
        move || (id.get(), again.version().get()),
        |(id, _)| async move {
            let found = login_find(id).await?;
            Ok::<_, Problem>((found, waba_owners().await.unwrap_or_default()))
        },
    );
    view! {
        <PageHead title=text!(facebook.title) back=("/wabas".to_owned(), text!(wabas.title)) />
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                let id = id.get_untracked();
                match found.await {
                    Ok((LoginFound { problem: Some(problem), .. }, _)) => failed(id, &problem, again).into_any(),
                    Ok((found, owners)) => form(id, found, owners, connect, again).into_any(),
                    Err(problem) => over(&problem).into_any(),
                }
            })}
        </Transition>
    }
}

fn over(problem: &Problem) -> impl IntoView {
    view! {
        <Empty
            icon=IconName::Bubble
            title=text!(facebook.failed)
            hint=problem_text(problem)
            href="/wabas"
            action=text!(waba.to_list)
        />
    }
}

fn failed(id: String, problem: &Problem, again: ServerAction<LoginRead>) -> impl IntoView {
    let words = problem_text(problem);
    view! {
        <Banner tone=Tone::Failed>
            <p><strong>{text!(facebook.failed)}</strong></p>
            <p>{words}</p>
        </Banner>
        <ReadAgain id=id action=again />
    }
}

/// Reads anew what the login reaches.
#[component]
fn ReadAgain(id: String, action: ServerAction<LoginRead>) -> impl IntoView {
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    view! {
        <ActionForm action=action attr:class="button-form">
            <FormProblem problem=problem />
            <input type="hidden" name="id" value=id />
            <Submit label=text!(facebook.read_again) pending=action.pending() />
        </ActionForm>
    }
}

fn form(
    id: String,
    found: LoginFound,
    owners: Vec<Owner>,
    action: ServerAction<LoginConnect>,
    again: ServerAction<LoginRead>,
) -> impl IntoView {
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let (words, warns) = token_words(&TokenState {
        kind: found.kind,
        ends_at: found.ends_at,
        ends_soon: false,
    });
    let troubled = found.wabas.iter().any(|waba| waba.trouble.is_some());
    let nothing = found.wabas.is_empty();
    let me = owners.iter().find(|owner| owner.me).map(|owner| owner.id);
    let several = owners.len() > 1;
    let owners: Vec<_> = owners
        .into_iter()
        .map(|owner| (owner.id.to_string(), owner.email))
        .collect();
    let again_id = id.clone();
    let ticks = Ticks::of(problem);
    view! {
        <div class="form-page">
            <p class="lead">{text!(facebook.lead)}</p>
            <p class="muted"><Token words=words warns=warns /></p>
            {nothing.then(|| view! { <Banner tone=Tone::Attention><p>{text!(facebook.nothing)}</p></Banner> })}
            <ActionForm action=action attr:class="form card card-form" attr:novalidate=true>
                <FormProblem problem=problem />
                <input type="hidden" name="id" value=id />
                {found.wabas.into_iter().map(|waba| pick(waba, &ticks)).collect_view()}
                {several.then(|| view! {
                    <Select
                        name="owner"
                        label=text!(waba.form.owner)
                        hint=text!(waba.form.owner_hint)
                        options=owners
                        value=me.map(|me| me.to_string()).unwrap_or_default()
                        problem=problem
                    />
                })}
                <FormActions label=text!(facebook.action) pending=action.pending() cancel="/wabas".to_owned() />
            </ActionForm>
            {(troubled || nothing).then(|| view! { <ReadAgain id=again_id action=again /> })}
        </div>
    }
}

/// What was ticked when the form came back without a script; before that everything readable is.
struct Ticks(Option<Problem>);

impl Ticks {
    fn of(problem: Signal<Option<Problem>>) -> Self {
        let came_back = problem.get_untracked();
        Self(came_back.filter(|found| !found.kept.is_empty()))
    }

    fn has(&self, field: &str, id: &str) -> bool {
        self.0.as_ref().is_none_or(|found| {
            let ticked = found.kept.get(field).map(String::as_str);
            ticked.unwrap_or_default().split(' ').any(|one| one == id)
        })
    }
}

fn pick(waba: LoginWaba, ticks: &Ticks) -> impl IntoView + use<> {
    let LoginWaba {
        waba_id,
        name,
        known,
        numbers,
        trouble,
    } = waba;
    let title = name.unwrap_or_else(|| waba_id.clone());
    let ticked = trouble.is_none() && ticks.has("wabas", &waba_id);
    let numbers = numbers
        .into_iter()
        .map(|number| {
            let ticked = ticks.has("numbers", &number.phone_id);
            pick_number(number, ticked)
        })
        .collect_view();
    let label = title.clone();
    view! {
        <fieldset class="pick-group">
            <legend class="sr-only">{title}</legend>
            <label class="pick">
                <input type="checkbox" name="wabas[]" value=waba_id.clone() checked=ticked />
                <span class="stack">
                    <strong>{label}</strong>
                    <code class="muted">{waba_id}</code>
                    {known.then(|| view! { <span class="muted">{text!(facebook.known)}</span> })}
                    {trouble.map(|reason| view! { <span class="field-error">{text!(facebook.unread, reason = reason)}</span> })}
                </span>
            </label>
            {numbers}
        </fieldset>
    }
}

fn pick_number(number: LoginNumber, ticked: bool) -> impl IntoView {
    view! {
        <label class="pick pick-inner">
            <input type="checkbox" name="numbers[]" value=number.phone_id checked=ticked />
            <span class="stack">
                <span>
                    <span class="figures-tabular">{number.phone}</span>
                    {number.name.map(|name| view! { " "<span class="muted">{name}</span> })}
                </span>
                {number.needs_registering.then(|| view! { <span class="muted">{text!(facebook.registers)}</span> })}
            </span>
        </label>
    }
}
