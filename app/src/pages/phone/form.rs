use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    api::{PhoneSave, phone_choices_read, phone_find, waba_owners},
    base::at,
    model::{Owner, PhoneChoices, PhoneForm, Problem, UserId, WabaChoice},
    read::reading,
    text,
    ui::{
        Checkbox, Empty, Failure, Field, FormActions, FormProblem, GuideLink, IconName, Loading,
        PageHead, Place, Section, Select, phones_name,
    },
};

/// Adding a phone. A WABA and one of its numbers may be given in the address.
#[component]
pub fn PhoneNewPage() -> impl IntoView {
    let query = use_query_map();
    let choices = reading(|| (), |()| choices_read());
    let asked = move |name: &str| query.with_untracked(|query| query.get(name).unwrap_or_default());
    view! {
        <Transition>
            {move || {
                let name = phones_name();
                Suspend::new(async move {
                    view! { <PageHead title=text!(phone.add) back=("/phones".to_owned(), name.await) /> }
                })
            }}
        </Transition>
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match choices.await {
                        Ok((choices, _)) if choices.wabas.is_empty() => no_waba().into_any(),
                        Ok((choices, owners)) => {
                            let given = given(&choices, &asked("waba"), &asked("number"));
                            view! {
                                <Numbers choices=choices.clone() />
                                <TheForm id=String::new() given=given choices=choices owners=owners />
                            }
                            .into_any()
                        }
                        Err(problem) => failed(problem, move || choices.refetch()).into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// Changing a phone.
#[component]
pub fn PhoneEditPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let read = reading(
        move || id.get(),
        |id| async move { Ok::<_, Problem>((phone_find(id).await?, choices_read().await?)) },
    );
    let back = move || {
        (
            format!("/phones/{}", id.get_untracked()),
            text!(phones.phone),
        )
    };
    view! {
        <PageHead title=text!(phone.edit) back=back() />
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match read.await {
                        Ok((phone, (choices, owners))) => {
                            let given = PhoneForm {
                                waba: phone.waba.to_string(),
                                phone: phone.row.phone.clone(),
                                phone_id: phone.row.phone_id.clone(),
                                portal: phone.portal.map(|id| id.to_string()).unwrap_or_default(),
                                sms_service: phone.row.sms_service,
                                sms_opens_chat: phone.sms_opens_chat,
                            };
                            view! { <TheForm id=phone.row.id.to_string() given=given choices=choices owners=owners /> }.into_any()
                        }
                        Err(problem) => failed(problem, move || read.refetch()).into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// What the form offers, and the owners by whom an admin tells WABAs and portals apart.
async fn choices_read() -> Result<(PhoneChoices, Vec<Owner>), Problem> {
    let choices = phone_choices_read().await?;
    Ok((choices, waba_owners().await.unwrap_or_default()))
}

/// A name with its owner's e-mail, where there are several owners: only what has the same one can be linked.
fn owned(name: String, owner: UserId, owners: &[Owner]) -> String {
    let email = owners.iter().find(|known| known.id == owner);
    match email {
        Some(owner) if owners.len() > 1 => format!("{name} · {}", owner.email),
        _ => name,
    }
}

fn failed(problem: Problem, retry: impl Fn() + Send + Sync + 'static) -> impl IntoView {
    view! { <Failure problem=problem retry=Callback::new(move |()| retry()) /> }
}

fn no_waba() -> impl IntoView {
    view! {
        <Empty
            icon=IconName::Bubble
            title=text!(phone.no_waba_title)
            hint=text!(phone.no_waba_hint)
            href="/wabas/new"
            action=text!(phone.no_waba_action)
            guide=Place::Waba
        />
    }
}

/// The form as the address asks for it.
fn given(choices: &PhoneChoices, waba: &str, number: &str) -> PhoneForm {
    let chosen = choices
        .wabas
        .iter()
        .find(|choice| choice.id.to_string() == waba);
    let listed = chosen.and_then(|choice| {
        choice
            .numbers
            .iter()
            .find(|listed| listed.phone_id == number)
    });
    // Where none is asked for the first one stands in the form.
    let meant = chosen.or_else(|| choices.wabas.first());
    let ready: Vec<_> = choices
        .portals
        .iter()
        .filter(|portal| meant.is_none_or(|waba| waba.owner == portal.owner))
        .collect();
    PhoneForm {
        waba: chosen
            .map(|choice| choice.id.to_string())
            .unwrap_or_default(),
        phone: listed
            .map(|listed| listed.phone.clone())
            .unwrap_or_default(),
        phone_id: listed
            .map(|listed| listed.phone_id.clone())
            .unwrap_or_default(),
        // Where there is but one portal, it is meant.
        portal: match ready.as_slice() {
            [only] => only.id.to_string(),
            _ => String::new(),
        },
        sms_service: false,
        sms_opens_chat: false,
    }
}

/// The numbers Meta lists: a link fills the form in.
#[component]
fn Numbers(choices: PhoneChoices) -> impl IntoView {
    let listed: Vec<WabaChoice> = choices
        .wabas
        .into_iter()
        .filter(|waba| !waba.numbers.is_empty())
        .collect();
    (!listed.is_empty()).then(|| {
        let rows = listed
            .into_iter()
            .flat_map(|waba| {
                waba.numbers.into_iter().map(move |number| {
                    let href = at(&format!(
                        "/phones/new?waba={}&number={}",
                        waba.id, number.phone_id
                    ));
                    let name = number.name.unwrap_or_default();
                    view! {
                        <li class="number-line">
                            <span class="stack">
                                <strong class="figures-tabular">{number.phone}</strong>
                                <span class="muted">{name}" · "{waba.name.clone()}</span>
                            </span>
                            <a class="button" rel="external" href=href>{text!(phone.use_number)}</a>
                        </li>
                    }
                })
            })
            .collect_view();
        view! {
            <Section title=text!(phone.listed) hint=text!(phone.listed_hint)>
                <ul class="number-list">{rows}</ul>
            </Section>
        }
    })
}

#[component]
fn TheForm(
    id: String,
    given: PhoneForm,
    choices: PhoneChoices,
    owners: Vec<Owner>,
) -> impl IntoView {
    let action = ServerAction::<PhoneSave>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let pending = action.pending();
    let wabas = choices
        .wabas
        .iter()
        .map(|waba| {
            let name = owned(waba.name.clone(), waba.owner, &owners);
            (waba.id.to_string(), name)
        })
        .collect::<Vec<_>>();
    let portals = choices
        .portals
        .iter()
        .map(|portal| {
            let name = if portal.name.is_empty() {
                text!(portals.unnamed)
            } else {
                portal.name.clone()
            };
            let name = if portal.ready {
                name
            } else {
                text!(phone.portal_waits, name = name)
            };
            let name = owned(name, portal.owner, &owners);
            (portal.id.to_string(), name)
        })
        .collect::<Vec<_>>();
    let cancel = if id.is_empty() {
        "/phones".to_owned()
    } else {
        format!("/phones/{id}")
    };
    let waba = given.waba.clone();
    let chosen = if waba.is_empty() {
        wabas.first().map(|(id, _)| id.clone()).unwrap_or_default()
    } else {
        waba
    };
    view! {
        <Section title=text!(phones.phone)>
            <ActionForm action=action attr:class="form form-page" attr:novalidate=true>
                <FormProblem problem=problem />
                <input type="hidden" name="id" value=id />
                <Select name="waba" label=text!(phones.waba) options=wabas value=chosen problem=problem />
                <Field name="phone" kind="tel" label=text!(phones.phone) hint=text!(phone.phone_hint) value=given.phone problem=problem />
                <Field name="phone_id" label=text!(phone.phone_id) hint=text!(phone.phone_id_hint) value=given.phone_id problem=problem />
                <Select
                    name="portal"
                    label=text!(phone.app_instance)
                    hint=text!(phone.app_instance_hint)
                    options=portals
                    none=text!(phone.no_portal)
                    value=given.portal
                    problem=problem
                />
                <Checkbox name="sms_service" label=text!(phones.sms) hint=text!(phone.sms_hint) checked=given.sms_service problem=problem />
                <Checkbox name="sms_opens_chat" label=text!(phone.sms_chat) hint=text!(phone.sms_chat_hint) checked=given.sms_opens_chat problem=problem />
                <FormActions label=text!(form.save) pending=pending cancel=cancel />
            </ActionForm>
            <p><GuideLink place=Place::Phone /></p>
        </Section>
    }
}
