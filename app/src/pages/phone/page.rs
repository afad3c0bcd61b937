use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{calling::Calling, health::Health, register::Register, steps::Steps};
use crate::{
    api::{PhoneCheck, PhoneLink, calling_brief, phone_find},
    base::at,
    live::{Topic, use_live},
    model::{CallingState, LinkState, PhoneDetail, Problem},
    read::{Reading, reading},
    text,
    ui::{
        CopyCode, Fact, Failure, FormProblem, GuideLink, Loading, PageHead, Place, SavedNote,
        Section, Submit, phones_name,
    },
};

/// One phone: how it is, what can be done, how it is connected.
#[component]
pub fn PhonePage() -> impl IntoView {
    let params = use_params_map();
    let live = use_live();
    let version = live.version(Topic::Phones);
    let check = ServerAction::<PhoneCheck>::new();
    let link = ServerAction::<PhoneLink>::new();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let phone = reading(move || (id.get(), version.get()), |(id, _)| phone_find(id));
    let calling = reading(
        move || (id.get(), version.get()),
        |(id, _)| calling_brief(id),
    );
    view! {
        <Transition fallback=|| view! { <Loading /> }>
            {move || {
                let name = phones_name();
                Suspend::new(async move {
                    let list = ("/phones".to_owned(), name.await);
                    match phone.await {
                        Ok(found) => view! { <Found phone=found calling=calling list=list check=check link=link /> }.into_any(),
                        Err(problem) => view! {
                            <PageHead title=text!(phones.phone) back=list />
                            <Failure problem=problem retry=Callback::new(move |()| phone.refetch()) />
                        }
                        .into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Found(
    phone: PhoneDetail,
    calling: Reading<CallingState>,
    /// The way back to the list, and its name.
    list: (String, String),
    check: ServerAction<PhoneCheck>,
    link: ServerAction<PhoneLink>,
) -> impl IntoView {
    let id = phone.row.id.to_string();
    let edit = format!("/phones/{id}/edit");
    let steps = (phone.is_linking || phone.row.line_id.is_none()) && phone.portal.is_some();
    view! {
        <PageHead title=phone.row.phone.clone() back=list action=(edit, text!(form.edit)) />
        <SavedNote />
        {steps.then(|| view! { <Steps phone=phone.clone() /> })}
        <Health phone=phone.clone() />
        <Calling id=id state=calling />
        <Register phone=phone.clone() />
        <Actions phone=phone.clone() check=check link=link />
        <Facts phone=phone />
    }
}

#[component]
fn Actions(
    phone: PhoneDetail,
    check: ServerAction<PhoneCheck>,
    link: ServerAction<PhoneLink>,
) -> impl IntoView {
    let failed = move |value: Option<Result<(), Problem>>| value.and_then(Result::err);
    let problem =
        Signal::derive(move || failed(check.value().get()).or_else(|| failed(link.value().get())));
    let id = phone.row.id.to_string();
    let link_class = if phone.row.link == LinkState::Linked {
        "button"
    } else {
        "button primary"
    };
    let other_line = at(&format!("/phones/{id}/line"));
    let delete = at(&format!("/phones/{id}/delete"));
    let to_link = phone.portal.map(|_| {
        let id = id.clone();
        view! {
            <ActionForm action=link>
                <input type="hidden" name="id" value=id />
                <Submit label=text!(phone.link_again) pending=link.pending() class=link_class />
            </ActionForm>
            <a class="button" href=other_line>{text!(phone.other_line)}</a>
        }
    });
    view! {
        <Section title=text!(form.actions) id="actions">
            <div class="actions">
                <ActionForm action=check>
                    <input type="hidden" name="id" value=id />
                    <Submit label=text!(form.check_now) pending=check.pending() />
                </ActionForm>
                {to_link}
                <a class="button" href=delete>{text!(form.delete)}</a>
            </div>
            <FormProblem problem=problem />
            <p><GuideLink place=Place::Trouble /></p>
        </Section>
    }
}

#[component]
fn Facts(phone: PhoneDetail) -> impl IntoView {
    let none = || text!(phones.none);
    let portal = match (&phone.portal, &phone.row.portal) {
        (Some(id), Some(domain)) => {
            let name = if domain.is_empty() {
                text!(portals.unnamed)
            } else {
                domain.clone()
            };
            view! { <a href=at(&format!("/portals/{id}"))>{name}</a> }.into_any()
        }
        _ => view! { <span class="muted">{none()}</span> }.into_any(),
    };
    let line = phone
        .row
        .line_id
        .map_or_else(none, |line| text!(phones.line, line = line));
    let sms = match (phone.row.sms_service, phone.sms_opens_chat) {
        (true, true) => text!(phone.sms_on_chat),
        (true, false) => text!(phones.sms_on),
        (false, _) => text!(phones.sms_off),
    };
    view! {
        <Section title=text!(phone.connection)>
            <dl class="facts">
                <Fact label=text!(phones.phone)><span class="figures-tabular">{phone.row.phone.clone()}</span></Fact>
                <Fact label=text!(phone.phone_id)><CopyCode value=phone.row.phone_id.clone() /></Fact>
                <Fact label=text!(phones.waba)>
                    <a href=at(&format!("/wabas/{}", phone.waba))>{phone.row.waba_name.clone()}</a>
                </Fact>
                <Fact label=text!(phone.app_instance)>{portal}</Fact>
                <Fact label=text!(phone.open_line)>{line}</Fact>
                <Fact label=text!(phone.line_name)><CopyCode value=phone.line_name.clone() /></Fact>
                <Fact label=text!(phones.sms)>{sms}</Fact>
            </dl>
        </Section>
    }
}
