use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    api::{PersonAdd, PersonDelete, PersonEdit, person_find},
    base::at,
    model::PersonRow,
    read::reading,
    text,
    ui::{Failure, Field, FormActions, FormProblem, Loading, PageHead, Section, Select},
};

fn roles() -> Vec<(String, String)> {
    vec![
        ("user".to_owned(), text!(account.user)),
        ("admin".to_owned(), text!(account.admin)),
    ]
}

/// Adding somebody.
#[component]
pub fn UserNewPage() -> impl IntoView {
    let action = ServerAction::<PersonAdd>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    view! {
        <PageHead title=text!(users.add) back=("/users".to_owned(), text!(users.title)) />
        <Section title=text!(users.one) hint=text!(users.add_hint)>
            <ActionForm action=action attr:class="form form-page" attr:novalidate=true>
                <FormProblem problem=problem />
                <Field name="email" kind="email" label=text!(sign_in.email) problem=problem />
                <Field
                    name="password"
                    kind="password"
                    label=text!(sign_in.password)
                    hint=text!(users.password_hint)
                    autocomplete="new-password"
                    problem=problem
                />
                <Select name="role" label=text!(users.role) hint=text!(users.role_hint) options=roles() problem=problem />
                <FormActions label=text!(users.add) pending=action.pending() cancel="/users" />
            </ActionForm>
        </Section>
    }
}

/// One person: role and password.
#[component]
pub fn UserPage() -> impl IntoView {
    one(|person| view! { <Edit person=person /> }.into_any())
}

/// Asks before somebody is deleted.
#[component]
pub fn UserDeletePage() -> impl IntoView {
    one(|person| view! { <Delete person=person /> }.into_any())
}

fn one(show: fn(PersonRow) -> AnyView) -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let person = reading(move || id.get(), person_find);
    view! {
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match person.await {
                        Ok(found) => {
                            let title = found.email.clone();
                            view! {
                                <PageHead title=title back=("/users".to_owned(), text!(users.title)) />
                                {show(found)}
                            }
                            .into_any()
                        }
                        Err(problem) => view! {
                            <PageHead title=text!(users.title) back=("/users".to_owned(), text!(users.title)) />
                            <Failure problem=problem retry=Callback::new(move |()| person.refetch()) />
                        }
                        .into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn Edit(person: PersonRow) -> impl IntoView {
    let action = ServerAction::<PersonEdit>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let role = person.role.as_str();
    view! {
        <Section title=text!(users.one) hint=text!(users.edit_hint)>
            <ActionForm action=action attr:class="form form-page" attr:novalidate=true>
                <FormProblem problem=problem />
                <input type="hidden" name="id" value=person.id.to_string() />
                <Select name="role" label=text!(users.role) hint=text!(users.role_hint) options=roles() value=role problem=problem />
                <Field
                    name="password"
                    kind="password"
                    label=text!(account.password_new)
                    hint=text!(users.password_keep)
                    autocomplete="new-password"
                    optional=true
                    problem=problem
                />
                <FormActions label=text!(form.save) pending=action.pending() cancel="/users" />
            </ActionForm>
            <p><a class="button" href=at(&format!("/users/{}/delete", person.id))>{text!(form.delete)}</a></p>
        </Section>
    }
}

#[component]
fn Delete(person: PersonRow) -> impl IntoView {
    let action = ServerAction::<PersonDelete>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let can_go = person.owns == 0;
    let said = if can_go {
        text!(users.delete_what)
    } else {
        text!(users.delete_owns, count = person.owns)
    };
    let back = format!("/users/{}", person.id);
    view! {
        <Section title=text!(users.delete_title, email = person.email.clone())>
            <FormProblem problem=problem />
            <p>{said}</p>
            {if can_go {
                view! {
                    <ActionForm action=action>
                        <input type="hidden" name="id" value=person.id.to_string() />
                        <FormActions
                            label=text!(users.delete_button, email = person.email)
                            pending=action.pending()
                            cancel=back
                            danger=true
                        />
                    </ActionForm>
                }
                .into_any()
            } else {
                view! { <p><a class="button" href=at(&back)>{text!(form.back)}</a></p> }.into_any()
            }}
        </Section>
    }
}
