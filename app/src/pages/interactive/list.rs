use leptos::prelude::*;

use super::words::kind_text;
use crate::{
    api::interactive_list,
    base::at,
    live::{Topic, use_live},
    model::{InteractiveFilter, InteractiveKind, InteractiveRow, InteractiveSort, Page, PageQuery},
    read::reading,
    text,
    ui::{
        Ago, Chip, Chips, CopyCode, Empty, IconName, ListTable, ListTools, NoneFound, PageHead,
        SortHead, address, list_faces, use_question,
    },
};

const PATH: &str = "/interactive";

/// The messages with buttons, lists and forms.
#[component]
pub fn InteractivesPage() -> impl IntoView {
    let version = use_live().version(Topic::Templates);
    let query = use_question::<InteractiveFilter>();
    let found = reading(
        move || (query.get(), version.get()),
        |(query, _)| interactive_list(query),
    );
    view! {
        <PageHead title=text!(interactive.title) action=(format!("{PATH}/new"), text!(interactive.add)) />
        <p class="lead muted">{text!(interactive.lead)}</p>
        <ListTools path=PATH label=text!(interactive.search) query=query>
            <Chips label=text!(interactive.kind.label) chips=Signal::derive(move || chips(&query.get())) />
        </ListTools>
        {list_faces(PATH, query, found, |page| page, show)}
    }
}

fn show(page: Page<InteractiveRow>, query: PageQuery<InteractiveFilter>) -> AnyView {
    if page.rows.is_empty() {
        empty(page.nothing_at_all)
    } else {
        full(page, query)
    }
}

fn chips(query: &PageQuery<InteractiveFilter>) -> Vec<Chip> {
    let every = [(None, text!(filter.all))].into_iter();
    let known = InteractiveKind::ALL.into_iter();
    let known = known.map(|kind| (Some(kind), kind_text(kind)));
    let chips = every.chain(known).map(|(kind, label)| {
        let filter = InteractiveFilter { kind };
        Chip {
            label,
            chosen: query.filter == filter,
            href: address(PATH, &query.with_filter(filter)),
        }
    });
    chips.collect()
}

fn empty(nothing: bool) -> AnyView {
    if nothing {
        view! {
            <Empty
                icon=IconName::Message
                title=text!(interactive.empty_title)
                hint=text!(interactive.empty_hint)
                href=format!("{PATH}/new")
                action=text!(interactive.add)
            />
        }
        .into_any()
    } else {
        view! {
            <NoneFound path=PATH />
        }
        .into_any()
    }
}

fn full(page: Page<InteractiveRow>, query: PageQuery<InteractiveFilter>) -> AnyView {
    let with_owner = page.rows.iter().any(|row| row.owner.is_some());
    let rows = page
        .rows
        .iter()
        .cloned()
        .map(move |found| row(found, with_owner))
        .collect_view()
        .into_any();
    let asked = query.clone();
    view! {
        <ListTable path=PATH query=query page=page caption=text!(interactive.title) rows=rows>
            <SortHead path=PATH query=asked.clone() by=InteractiveSort::Name label=text!(interactive.name) />
            <SortHead path=PATH query=asked.clone() by=InteractiveSort::Kind label=text!(interactive.kind.label) />
            <th scope="col">{text!(interactive.hashtag)}</th>
            <th scope="col">{text!(interactive.place)}</th>
            {with_owner.then(|| view! { <th scope="col">{text!(wabas.owner)}</th> })}
            <SortHead path=PATH query=asked by=InteractiveSort::Updated label=text!(interactive.updated) />
        </ListTable>
    }
    .into_any()
}

fn row(row: InteractiveRow, with_owner: bool) -> impl IntoView {
    let bare = row.hashtag.is_none();
    let hashtag = match row.hashtag {
        Some(hashtag) => view! { <CopyCode value=hashtag /> }.into_any(),
        None => view! { <span class="muted">"–"</span> }.into_any(),
    };
    view! {
        <tr class="row-open">
            <td data-label=text!(interactive.name)>
                <span class="stack">
                    <a class="row-link" href=at(&format!("{PATH}/{}", row.id))>{row.name}</a>
                    <span class="muted template-words">{row.beginning}</span>
                </span>
            </td>
            <td data-label=text!(interactive.kind.label)>{kind_text(row.kind)}</td>
            <td data-label=text!(interactive.hashtag) data-bare=bare.then_some("true")>{hashtag}</td>
            <td data-label=text!(interactive.place)>{row.portal.unwrap_or_else(|| text!(interactive.shared))}</td>
            {with_owner.then(|| view! { <td data-label=text!(wabas.owner)>{row.owner}</td> })}
            <td data-label=text!(interactive.updated)><Ago at=row.updated_at /></td>
        </tr>
    }
}
