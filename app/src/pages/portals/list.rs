use leptos::prelude::*;

use super::state_parts;
use crate::{
    api::portal_list,
    base::at,
    live::{Topic, use_live},
    model::{Page, PageQuery, PortalFilter, PortalRow, PortalSort},
    text,
    ui::{
        Badge, Empty, Failure, IconName, Loading, PageHead, Pager, SearchBox, SortHead,
        use_question,
    },
};

const PATH: &str = "/portals";

/// The portals a number can be linked to.
#[component]
pub fn PortalsPage() -> impl IntoView {
    let live = use_live();
    let version = live.version(Topic::Portals);
    let query = use_question::<PortalFilter>();
    let portals = Resource::new(
        move || (query.get(), version.get()),
        |(query, _)| portal_list(query),
    );
    view! {
        <PageHead title=text!(portals.title) action=("/portals/new".to_owned(), text!(portal.add)) />
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
                        Ok(page) if page.nothing_at_all => view! {
                            <Empty
                                icon=IconName::Portal
                                title=text!(portals.empty_title)
                                hint=text!(portals.empty_hint)
                                href="/portals/new"
                                action=text!(portal.add)
                            />
                        }
                        .into_any(),
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

fn full(page: Page<PortalRow>, query: PageQuery<PortalFilter>) -> impl IntoView {
    let rows = page.rows.iter().cloned().map(row).collect_view();
    let live = use_live();
    view! {
        <div class="table-box" on:pointerenter=move |_| live.hold(true) on:pointerleave=move |_| live.hold(false)>
            <table class="table">
                <caption class="sr-only">{text!(portals.title)}</caption>
                <thead>
                    <tr>
                        <SortHead path=PATH query=query.clone() by=PortalSort::Name label=text!(portals.one) />
                        <th scope="col">{text!(portals.state_label)}</th>
                        <th scope="col">{text!(portals.phones)}</th>
                        <th scope="col">{text!(portals.owner)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
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
        <tr>
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
