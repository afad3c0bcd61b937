use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_params_map};

use crate::{
    api::{PhoneLink, line_page_read, phone_lines},
    base::at,
    model::LinePage,
    text,
    ui::{Empty, Failure, FormProblem, IconName, Loading, PageHead, Section},
};

/// Choosing another open line for a phone.
#[component]
pub fn PhoneLinePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let lines = Resource::new(move || id.get(), phone_lines);
    let action = ServerAction::<PhoneLink>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let back = (
        format!("/phones/{}", id.get_untracked()),
        text!(phones.phone),
    );
    view! {
        <PageHead title=text!(phone.other_line) back=back />
        <FormProblem problem=problem />
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match lines.await {
                        Ok(found) => {
                            let rows = found
                                .into_iter()
                                .map(|line| {
                                    let hint = match line.taken_by {
                                        Some(phone) => text!(phone.line_taken_by, phone = phone),
                                        None => text!(phones.line, line = line.id),
                                    };
                                    view! {
                                        <li class="step">
                                            <div><strong>{line.name}</strong><p class="muted">{hint}</p></div>
                                            <ActionForm action=action>
                                                <input type="hidden" name="id" value=id.get_untracked() />
                                                <input type="hidden" name="line" value=line.id.to_string() />
                                                <button type="submit" class="button">{text!(phone.take_line)}</button>
                                            </ActionForm>
                                        </li>
                                    }
                                })
                                .collect_view();
                            view! {
                                <Section title=text!(phone.lines) hint=text!(phone.lines_hint)>
                                    <ul class="steps">{rows}</ul>
                                </Section>
                            }
                            .into_any()
                        }
                        Err(problem) => view! {
                            <Failure problem=problem retry=Callback::new(move |()| lines.refetch()) />
                        }
                        .into_any(),
                    }
                })
            }}
        </Suspense>
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
    let page = Resource::new(move || line.get(), line_page_read);
    view! {
        <PageHead title=text!(phone.line_opened, line = line.get_untracked()) />
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(LinePage { phone: Some(phone), .. }) => {
                            view! { <Redirect path=format!("/phones/{phone}") /> }.into_any()
                        }
                        Ok(page) if page.free.is_empty() => view! {
                            <Empty
                                icon=IconName::Phone
                                title=text!(phone.line_nobody)
                                hint=text!(phone.line_nobody_hint)
                                href="/phones/new"
                                action=text!(phone.add)
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
                <li class="step">
                    <strong class="figures-tabular">{phone}</strong>
                    <ActionForm action=action>
                        <input type="hidden" name="id" value=id.to_string() />
                        <input type="hidden" name="line" value=line />
                        <button type="submit" class="button primary">{text!(phone.take_number)}</button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    view! {
        <FormProblem problem=problem />
        <Section title=text!(phone.line_which) hint=text!(phone.line_which_hint)>
            <ul class="steps">{rows}</ul>
        </Section>
        <p><a class="button" href=at("/phones/new")>{text!(phone.add)}</a></p>
    }
}
