use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::values::Values;
use crate::{
    api::{PortalCheck, portal_find},
    base::{at, is_framed},
    live::{Topic, use_live},
    model::{Check, CheckState, PortalDetail, PortalState},
    pages::{checks::check_text, portals::state_parts},
    read::reading,
    text,
    ui::{
        Ago, Badge, CopyCode, Fact, Failure, FormProblem, Loading, PageHead, SavedNote, Section,
        Step, Submit,
    },
};

/// One portal: how far it has come, live.
#[component]
pub fn PortalPage() -> impl IntoView {
    let params = use_params_map();
    let live = use_live();
    let version = live.version(Topic::Portals);
    let check = ServerAction::<PortalCheck>::new();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let portal = reading(move || (id.get(), version.get()), |(id, _)| portal_find(id));
    view! {
        <Transition fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match portal.await {
                        Ok(found) => view! { <Found portal=found check=check /> }.into_any(),
                        Err(problem) => view! {
                            <PageHead title=text!(portals.title) back=("/portals".to_owned(), text!(portals.title)) />
                            <Failure problem=problem retry=Callback::new(move |()| portal.refetch()) />
                        }
                        .into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Found(portal: PortalDetail, check: ServerAction<PortalCheck>) -> impl IntoView {
    let id = portal.row.id.to_string();
    let title = if portal.row.name.is_empty() {
        text!(portals.unnamed)
    } else {
        portal.row.name.clone()
    };
    let is_open = portal.row.state != PortalState::Installed;
    let values = portal.values.clone();
    view! {
        <PageHead
            title=title
            back=("/portals".to_owned(), text!(portals.title))
            action=(format!("/portals/{id}/edit"), text!(form.edit))
        />
        <SavedNote />
        <Progress portal=portal.clone() />
        {is_open.then(|| view! { <Values values=values /> })}
        <Actions id=id.clone() is_installed=!is_open check=check />
        <Facts portal=portal />
    }
}

/// Keys, installation, token, rights, permissions and events, as they come in.
#[component]
fn Progress(portal: PortalDetail) -> impl IntoView {
    let state = portal.row.state;
    let has_keys = !portal.client_id.is_empty();
    let keys = has_keys.then_some(CheckState::Ok);
    let keys_said = if has_keys {
        String::new()
    } else {
        text!(portal.step.keys_missing)
    };
    let (installed, installed_said) = match state {
        PortalState::Installed => (Some(CheckState::Ok), String::new()),
        PortalState::Uninstalled => (Some(CheckState::Bad), text!(portal.step.removed)),
        PortalState::NeedsKeys | PortalState::NeedsInstall | PortalState::NeedsTokens => {
            (None, text!(portal.step.install_missing))
        }
    };
    let is_installed = state == PortalState::Installed;
    let find = |name: &str| -> Option<Check> {
        let found = portal
            .checks
            .iter()
            .find(|check| check.name == name)
            .cloned();
        found.filter(|_| is_installed)
    };
    let rest = [
        ("portal_token", text!(portal.step.token)),
        ("portal_admin", text!(portal.step.admin)),
        ("scopes", text!(portal.step.scopes)),
        ("events", text!(portal.step.events)),
    ]
    .into_iter()
    .map(|(name, label)| {
        let found = find(name);
        let state = found.as_ref().map(|check| check.state);
        let sentence = found.as_ref().map(check_text).unwrap_or_default();
        view! { <Step label=label state=state sentence=sentence /> }
    })
    .collect_view();
    view! {
        <Section title=text!(portal.progress)>
            <ol class="steps">
                <Step label=text!(portal.step.keys) state=keys sentence=keys_said />
                <Step label=text!(portal.step.install) state=installed sentence=installed_said />
                {rest}
            </ol>
        </Section>
    }
}

#[component]
fn Actions(id: String, is_installed: bool, check: ServerAction<PortalCheck>) -> impl IntoView {
    let problem = Signal::derive(move || check.value().get().and_then(Result::err));
    let delete = at(&format!("/portals/{id}/delete"));
    view! {
        <Section title=text!(form.actions)>
            <div class="actions">
                <ActionForm action=check>
                    <input type="hidden" name="id" value=id />
                    <Submit label=text!(form.check_now) pending=check.pending() />
                </ActionForm>
                {is_installed.then(|| view! { <a class="button" href=at("/phones/new")>{text!(phone.add)}</a> })}
                {(!is_framed()).then(|| view! { <a class="button" href=delete>{text!(form.delete)}</a> })}
            </div>
            <FormProblem problem=problem />
        </Section>
    }
}

#[component]
fn Facts(portal: PortalDetail) -> impl IntoView {
    let none = || view! { <span class="muted">{text!(phones.none)}</span> }.into_any();
    let (tone, icon, word) = state_parts(portal.row.state);
    let domain = if portal.row.domain.is_empty() {
        none()
    } else {
        view! { <CopyCode value=portal.row.domain.clone() /> }.into_any()
    };
    let client = if portal.client_id.is_empty() {
        none()
    } else {
        view! { <CopyCode value=portal.client_id.clone() /> }.into_any()
    };
    let kind = match portal.kind.as_str() {
        "ui" => text!(portal.kind_ui),
        "api" => text!(portal.kind_api),
        _ => text!(phones.none),
    };
    let installed = match portal.installed_at {
        Some(at) => view! { <Ago at=at /> }.into_any(),
        None => none(),
    };
    view! {
        <Section title=text!(portals.one)>
            <dl class="facts">
                <Fact label=text!(portals.state_label)><Badge tone=tone icon=icon label=word /></Fact>
                <Fact label=text!(portal.domain)>{domain}</Fact>
                <Fact label=text!(portal.client_id)>{client}</Fact>
                <Fact label=text!(portal.kind)>{kind}</Fact>
                <Fact label=text!(portal.installed)>{installed}</Fact>
                {(!portal.country.is_empty()).then(|| view! {
                    <Fact label=text!(portal.country)>{portal.country.clone()}</Fact>
                })}
                <Fact label=text!(portals.phones)>{portal.row.phones.to_string()}</Fact>
            </dl>
        </Section>
    }
}
