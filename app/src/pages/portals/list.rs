use leptos::prelude::*;

use super::state_parts;
use crate::{
    api::portal_list,
    base::{at, is_framed},
    live::{Topic, use_live},
    model::{Page, PageQuery, PortalFilter, PortalRow, PortalSort},
    read::reading,
    text,
    ui::{
        Badge, Empty, Failure, IconName, Loading, PageHead, Pager, Place, SearchBox, SortHead,
        TableBox, last_page, use_question,
    },
};

const PATH: &str = "/portals";

/// The portals a number can be linked to.
#[component]
pub fn PortalsPage() -> impl IntoView {
    let live = use_live();
    let version = live.version(Topic::Portals);
    let query = use_question::<PortalFilter>();
    let portals = reading(
        move || (query.get(), version.get()),
        |(query, _)| portal_list(query),
    );
    view! {
        {head(text!(portals.title))}
        <div class="tools">
            <SearchBox
                path=PATH
                label=text!(portals.search)
                search=Signal::derive(move || query.get().search)
                keep=Signal::derive(move || query.get().params())
            />
        </div>
        <Transition fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match portals.await {
                        Ok(page) if page.nothing_at_all => empty().into_any(),
                        Ok(page) if page.is_beyond() => last_page(PATH, &query.get_untracked(), &page).into_any(),
                        Ok(page) if page.rows.is_empty() => view! {
                            <Empty icon=IconName::Search title=text!(filter.none_title) hint=text!(filter.none_hint) href=PATH action=text!(filter.clear) />
                        }
                        .into_any(),
                        Ok(page) => full(page, query.get_untracked()).into_any(),
                        Err(problem) => {
                            view! { <Failure problem=problem retry=Callback::new(move |()| portals.refetch()) /> }.into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
}

/// Inside Bitrix24 there is the portal around the page, and none is added.
fn head(title: String) -> impl IntoView {
    if is_framed() {
        view! { <PageHead title=title /> }
    } else {
        view! { <PageHead title=title action=("/portals/new".to_owned(), text!(portal.add)) /> }
    }
}

fn empty() -> impl IntoView {
    let (icon, title, hint) = (
        IconName::Portal,
        text!(portals.empty_title),
        text!(portals.empty_hint),
    );
    if is_framed() {
        view! { <Empty icon=icon title=title hint=hint guide=Place::App /> }
    } else {
        view! {
            <Empty icon=icon title=title hint=hint href="/portals/new" action=text!(portal.add) guide=Place::App />
        }
    }
}

fn full(page: Page<PortalRow>, query: PageQuery<PortalFilter>) -> impl IntoView {
    let rows = page.rows.iter().cloned().map(row).collect_view();
    let asked = query.clone();
    view! {
        <TableBox>
            <table class="table">
                <caption class="sr-only">{text!(portals.title)}</caption>
                <thead>
                    <tr>
                        <SortHead path=PATH query=asked.clone() by=PortalSort::Name label=text!(portals.one) />
                        <th scope="col">{text!(portals.state_label)}</th>
                        <th scope="col">{text!(portals.phones)}</th>
                        <th scope="col">{text!(portals.owner)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableBox>
        <Pager path=PATH query=query rows=page />
    }
}

fn row(portal: PortalRow) -> impl IntoView {
    let (tone, icon, word) = state_parts(portal.state);
    let name = if portal.name.is_empty() {
        text!(portals.unnamed)
    } else {
        portal.name.clone()
    };
    let domain = (portal.domain != portal.name).then_some(portal.domain);
    view! {
        <tr class="row-open">
            <td class="firm" data-label=text!(portals.one)>
                <span class="stack">
                    <a class="row-link" href=at(&format!("/portals/{}", portal.id))>{name}</a>
                    {domain.map(|domain| view! { <span class="muted">{domain}</span> })}
                </span>
            </td>
            <td data-label=text!(portals.state_label)><Badge tone=tone icon=icon label=word /></td>
            <td data-label=text!(portals.phones)>{portal.phones.to_string()}</td>
            <td data-label=text!(portals.owner)>{portal.owner_email}</td>
        </tr>
    }
}
