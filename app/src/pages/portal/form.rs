use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::values::Values;
use crate::{
    api::{PortalSave, portal_find, portal_values, waba_owners},
    model::{Owner, Problem},
    read::reading,
    text,
    ui::{Failure, Field, FormActions, FormProblem, Loading, PageHead, Section, Select},
};

/// Adding a portal: what to type there, then what Bitrix24 answers here.
#[component]
pub fn PortalNewPage() -> impl IntoView {
    let known = reading(
        || (),
        |()| async {
            let owners = waba_owners().await.unwrap_or_default();
            Ok::<_, Problem>((portal_values().await?, owners))
        },
    );
    view! {
        <PageHead title=text!(portal.add) back=("/portals".to_owned(), text!(portals.title)) />
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match known.await {
                        Ok((values, owners)) => view! {
                            <Values values=values />
                            <TheForm id=String::new() name=String::new() client_id=String::new() country=String::new() owners=owners />
                        }
                        .into_any(),
                        Err(problem) => view! {
                            <Failure problem=problem retry=Callback::new(move |()| known.refetch()) />
                        }
                        .into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// Changing a portal's name or keys.
#[component]
pub fn PortalEditPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let portal = reading(move || id.get(), portal_find);
    let back = (
        format!("/portals/{}", id.get_untracked()),
        text!(portals.one),
    );
    view! {
        <PageHead title=text!(portal.edit) back=back />
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match portal.await {
                        Ok(found) => view! {
                            <TheForm id=found.row.id.to_string() name=found.given_name client_id=found.client_id country=found.country />
                        }
                        .into_any(),
                        Err(problem) => view! {
                            <Failure problem=problem retry=Callback::new(move |()| portal.refetch()) />
                        }
                        .into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn TheForm(
    id: String,
    name: String,
    client_id: String,
    country: String,
    /// Whom an admin may choose from when a portal is added.
    #[prop(optional)]
    owners: Vec<Owner>,
) -> impl IntoView {
    let action = ServerAction::<PortalSave>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let is_new = id.is_empty();
    let cancel = if is_new {
        "/portals".to_owned()
    } else {
        format!("/portals/{id}")
    };
    let secret_hint = if is_new {
        text!(portal.secret_hint)
    } else {
        text!(portal.secret_keep)
    };
    let me = owners.iter().find(|owner| owner.me);
    let me = me.map(|owner| owner.id.to_string()).unwrap_or_default();
    let several = owners.len() > 1;
    let owners: Vec<_> = owners
        .into_iter()
        .map(|owner| (owner.id.to_string(), owner.email))
        .collect();
    view! {
        <Section title=text!(portal.keys) hint=text!(portal.keys_hint)>
            <ActionForm action=action attr:class="form form-page" attr:novalidate=true>
                <FormProblem problem=problem />
                <input type="hidden" name="id" value=id />
                <Field name="client_id" label=text!(portal.client_id) hint=text!(portal.client_id_hint) value=client_id optional=true problem=problem />
                <Field
                    name="client_secret"
                    kind="password"
                    autocomplete="new-password"
                    label=text!(portal.client_secret)
                    hint=secret_hint
                    optional=true
                    problem=problem
                />
                <Field name="name" label=text!(portal.name) hint=text!(portal.name_hint) value=name optional=true problem=problem />
                <Field name="country" label=text!(portal.country) hint=text!(portal.country_hint) value=country optional=true problem=problem />
                {several.then(|| view! {
                    <Select
                        name="owner"
                        label=text!(portals.owner)
                        hint=text!(portal.owner_hint)
                        options=owners
                        value=me
                        problem=problem
                    />
                })}
                <FormActions label=text!(form.save) pending=action.pending() cancel=cancel />
            </ActionForm>
        </Section>
    }
}
