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
        Badge, Empty, IconName, ListTable, ListTools, NoneFound, PageHead, Place, SortHead,
        list_faces, use_question,
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
        <ListTools path=PATH label=text!(portals.search) query=query />
        {list_faces(PATH, query, portals, |page| page, show)}
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

fn show(page: Page<PortalRow>, query: PageQuery<PortalFilter>) -> AnyView {
    if page.nothing_at_all {
        empty().into_any()
    } else if page.rows.is_empty() {
        view! { <NoneFound path=PATH /> }.into_any()
    } else {
        full(page, query)
    }
}

fn full(page: Page<PortalRow>, query: PageQuery<PortalFilter>) -> AnyView {
    let rows = page.rows.iter().cloned().map(row).collect_view().into_any();
    let asked = query.clone();
    view! {
        <ListTable path=PATH query=query page=page caption=text!(portals.title) rows=rows>
            <SortHead path=PATH query=asked.clone() by=PortalSort::Name label=text!(portals.one) />
            <th scope="col">{text!(portals.state_label)}</th>
            <th scope="col">{text!(portals.phones)}</th>
            <th scope="col">{text!(portals.owner)}</th>
        </ListTable>
    }
    .into_any()
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
