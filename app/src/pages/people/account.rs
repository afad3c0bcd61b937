use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    api::{KeyOldOff, KeyRotate, PasswordChange, SignOutEverywhere, account_read},
    live::{Topic, use_live},
    model::{Account, Role},
    text,
    ui::{
        Ago, Banner, CopyLine, Fact, Failure, Field, FormActions, FormProblem, Loading, PageHead,
        Section, Tone,
    },
};

/// One's own account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let live = use_live();
    let version = live.version(Topic::Wabas);
    let account = Resource::new(move || version.get(), |_| account_read());
    let query = use_query_map();
    let saved = move || query.with(|query| query.get("saved"));
    view! {
        <PageHead title=text!(account.title) />
        {move || match saved().as_deref() {
            Some("password") => Some(view! { <Banner tone=Tone::Ok><p>{text!(account.password_saved)}</p></Banner> }),
            Some("key") => Some(view! { <Banner tone=Tone::Ok><p>{text!(account.key_made)}</p></Banner> }),
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
            <ActionForm action=everywhere>
                <button type="submit" class="button">{text!(account.sign_out_everywhere)}</button>
            </ActionForm>
        </Section>
    }
}

/// The webhook key, inside the callback address it is for.
#[component]
fn Key(account: Account) -> impl IntoView {
    let rotate = ServerAction::<KeyRotate>::new();
    let off = ServerAction::<KeyOldOff>::new();
    let old = account.old_key_since.map(|since| {
        view! {
            <Banner tone=Tone::Attention>
                <p>{text!(account.old_key)}" "<Ago at=since /></p>
                <ActionForm action=off>
                    <button type="submit" class="button">{text!(account.old_key_off)}</button>
                </ActionForm>
            </Banner>
        }
    });
    view! {
        <Section title=text!(account.key) hint=text!(account.key_hint)>
            <CopyLine label=text!(account.callback_url) value=account.callback_url />
            {old}
            <ActionForm action=rotate>
                <button type="submit" class="button">{text!(account.key_rotate)}</button>
            </ActionForm>
        </Section>
    }
}

#[component]
fn ChangePassword() -> impl IntoView {
    let action = ServerAction::<PasswordChange>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    view! {
        <Section title=text!(account.password) hint=text!(account.password_hint)>
            <ActionForm action=action attr:class="form form-page">
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
