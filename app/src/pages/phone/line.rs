use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    api::{PhoneLink, line_page_read, phone_find, phone_lines},
    base::at,
    model::{LineChoice, LinePage, PhoneDetail, Problem},
    read::reading,
    text,
    ui::{
        Away, Badge, Empty, Failure, FormProblem, IconName, Loading, PageHead, Place, Section,
        Submit, Tone,
    },
};

/// Choosing another open line for a phone.
#[component]
pub fn PhoneLinePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let read = reading(
        move || id.get(),
        |id| async move {
            let phone = phone_find(id.clone()).await?;
            Ok::<_, Problem>((phone, phone_lines(id).await))
        },
    );
    let action = ServerAction::<PhoneLink>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let retry = Callback::new(move |()| read.refetch());
    view! {
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match read.await {
                        Ok((phone, lines)) => {
                            let back = (format!("/phones/{}", phone.row.id), phone.row.phone.clone());
                            let lines = match lines {
                                Ok(lines) => view! { <Lines phone=phone lines=lines action=action /> }.into_any(),
                                Err(problem) => view! { <Failure problem=problem retry=retry /> }.into_any(),
                            };
                            view! {
                                <PageHead title=text!(phone.other_line) back=back />
                                <FormProblem problem=problem />
                                {lines}
                            }
                            .into_any()
                        }
                        Err(problem) => view! {
                            <PageHead title=text!(phone.other_line) back=("/phones".to_owned(), text!(phones.title)) />
                            <Failure problem=problem retry=retry />
                        }
                        .into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// The lines of the portal: free ones are offered, the present one and others' are named.
#[component]
fn Lines(
    phone: PhoneDetail,
    lines: Vec<LineChoice>,
    action: ServerAction<PhoneLink>,
) -> impl IntoView {
    let id = phone.row.id.to_string();
    let present = phone.row.line_id;
    let rows = lines
        .into_iter()
        .map(|line| {
            let id = id.clone();
            let is_present = present == Some(line.id);
            let number = text!(phones.line, line = line.id);
            let (hint, offer) = match line.taken_by {
                Some(phone) => {
                    let taken = text!(phone.line_taken_by, phone = phone);
                    (format!("{number} · {taken}"), ().into_any())
                }
                None if is_present => {
                    let badge = view! { <Badge tone=Tone::Ok icon=IconName::Tick label=text!(phone.line_present) /> };
                    (number, badge.into_any())
                }
                None => {
                    let form = view! {
                        <ActionForm action=action>
                            <input type="hidden" name="id" value=id />
                            <input type="hidden" name="line" value=line.id.to_string() />
                            <Submit label=text!(phone.take_line) pending=action.pending() />
                        </ActionForm>
                    };
                    (number, form.into_any())
                }
            };
            view! {
                <li class="number-line">
                    <span class="stack"><strong>{line.name}</strong><span class="muted">{hint}</span></span>
                    {offer}
                </li>
            }
        })
        .collect_view();
    view! {
        <Section title=text!(phone.lines) hint=text!(phone.lines_hint)>
            <ul class="number-list">{rows}</ul>
        </Section>
    }
}

/// A line that somebody connects in the contact centre: which number answers on it.
#[component]
pub fn LineOpenedPage() -> impl IntoView {
    let params = use_params_map();
    let line = Memo::new(move |_| {
        let text = params.with(|params| params.get("line").unwrap_or_default());
        text.parse::<i64>().unwrap_or_default()
    });
    let page = reading(move || line.get(), line_page_read);
    view! {
        <PageHead title=text!(phone.line_opened, line = line.get_untracked()) />
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(LinePage { phone: Some(phone), .. }) => {
                            view! { <Away path=format!("/phones/{phone}") /> }.into_any()
                        }
                        Ok(page) if page.free.is_empty() => view! {
                            <Empty
                                icon=IconName::Phone
                                title=text!(phone.line_nobody)
                                hint=text!(phone.line_nobody_hint)
                                href="/phones/new"
                                action=text!(phone.add)
                                guide=Place::Phone
                            />
                        }
                        .into_any(),
                        Ok(page) => view! { <Choose page=page /> }.into_any(),
                        Err(problem) => view! {
                            <Failure problem=problem retry=Callback::new(move |()| page.refetch()) />
                        }
                        .into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn Choose(page: LinePage) -> impl IntoView {
    let action = ServerAction::<PhoneLink>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let line = page.line.to_string();
    let rows = page
        .free
        .into_iter()
        .map(|(id, phone)| {
            let line = line.clone();
            view! {
                <li class="number-line">
                    <strong class="figures-tabular">{phone}</strong>
                    <ActionForm action=action>
                        <input type="hidden" name="id" value=id.to_string() />
                        <input type="hidden" name="line" value=line />
                        <Submit label=text!(phone.take_number) pending=action.pending() class="button primary" />
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    view! {
        <FormProblem problem=problem />
        <Section title=text!(phone.line_which) hint=text!(phone.line_which_hint)>
            <ul class="number-list">{rows}</ul>
        </Section>
        <p><a class="button" href=at("/phones/new")>{text!(phone.add)}</a></p>
    }
}
