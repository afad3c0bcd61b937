use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    api::{PasswordChange, SignOutEverywhere, account_read},
    base::at,
    live::{Topic, use_live},
    model::{Account, Role},
    read::reading,
    text,
    ui::{
        Ago, Banner, CopyLine, Fact, Failure, Field, FormActions, FormProblem, Icon, IconName,
        Loading, PageHead, Section, Submit, Tone,
    },
};

/// One's own account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let live = use_live();
    let version = live.version(Topic::Wabas);
    let account = reading(move || version.get(), |_| account_read());
    let query = use_query_map();
    let saved = move || query.with(|query| query.get("saved"));
    view! {
        <PageHead title=text!(account.title) />
        {move || match saved().as_deref() {
            Some("password") => Some(view! { <Banner tone=Tone::Ok><p>{text!(account.password_saved)}</p></Banner> }),
            Some("key") => Some(view! { <Banner tone=Tone::Ok><p>{text!(account.key_made)}</p></Banner> }),
            Some("off") => Some(view! { <Banner tone=Tone::Ok><p>{text!(account.key_is_off)}</p></Banner> }),
            _ => None,
        }}
        <Transition fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match account.await {
                        Ok(found) => view! { <Key account=found.clone() /> <Who account=found /> }.into_any(),
                        Err(problem) => view! {
                            <Failure problem=problem retry=Callback::new(move |()| account.refetch()) />
                        }
                        .into_any(),
                    }
                })
            }}
        </Transition>
        <ChangePassword />
    }
}

#[component]
fn Who(account: Account) -> impl IntoView {
    let everywhere = ServerAction::<SignOutEverywhere>::new();
    let problem = Signal::derive(move || everywhere.value().get().and_then(Result::err));
    let role = match account.role {
        Role::Admin => text!(account.admin),
        Role::User => text!(account.user),
    };
    view! {
        <Section title=text!(account.label)>
            <dl class="facts">
                <Fact label=text!(sign_in.email)>{account.email}</Fact>
                <Fact label=text!(users.role)>{role}</Fact>
            </dl>
            <FormProblem problem=problem />
            <ActionForm action=everywhere>
                <Submit label=text!(account.sign_out_everywhere) pending=everywhere.pending() />
            </ActionForm>
        </Section>
    }
}

/// The webhook key, inside the callback address it is for. While two keys work no third is made: it would
/// end the one that Meta may still use.
#[component]
fn Key(account: Account) -> impl IntoView {
    let next = match account.old_key_since {
        Some(since) => view! {
            <div class="notice" data-tone="attention">
                <Icon name=IconName::Attention />
                <div class="stack">
                    <p>{text!(account.old_key)}" "<Ago at=since /></p>
                    <a class="button" href=at("/account/key/off")>{text!(account.old_key_off)}</a>
                </div>
            </div>
        }
        .into_any(),
        None => view! {
            <p><a class="button" href=at("/account/key")>{text!(account.key_rotate)}</a></p>
        }
        .into_any(),
    };
    view! {
        <Section title=text!(account.key) hint=text!(account.key_hint)>
            <CopyLine label=text!(account.callback_url) value=account.callback_url />
            {next}
        </Section>
    }
}

#[component]
fn ChangePassword() -> impl IntoView {
    let action = ServerAction::<PasswordChange>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    view! {
        <Section title=text!(account.password) hint=text!(account.password_hint)>
            <ActionForm action=action attr:class="form form-page" attr:novalidate=true>
                <FormProblem problem=problem />
                <Field name="current" kind="password" label=text!(account.password_current) autocomplete="current-password" problem=problem />
                <Field
                    name="password"
                    kind="password"
                    label=text!(account.password_new)
                    hint=text!(users.password_hint)
                    autocomplete="new-password"
                    problem=problem
                />
                <FormActions label=text!(account.password_change) pending=action.pending() />
            </ActionForm>
        </Section>
    }
}
