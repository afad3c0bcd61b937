use leptos::prelude::*;

use super::{
    chart::CallsChart,
    row::row,
    words::{outcome_parts, way_parts},
};
use crate::{
    api::call_list,
    base::at,
    live::{Topic, use_live},
    model::{
        CallDirection, CallFilter, CallOutcome, CallRow, CallSort, CallsPage as Found, Page,
        PageQuery,
    },
    read::reading,
    text,
    ui::{
        Chip, Chips, Empty, IconName, ListTable, ListTools, NoneFound, PageHead, SortHead, address,
        list_faces, use_question,
    },
};

const PATH: &str = "/calls";

/// Calls from customers and to customers.
#[component]
pub fn CallsPage() -> impl IntoView {
    let version = use_live().version(Topic::Calls);
    let query = use_question::<CallFilter>();
    let found = reading(
        move || (query.get(), version.get()),
        |(query, _)| call_list(query),
    );
    let csv = move || address("/calls.csv", &query.get().with_page(1));
    view! {
        <PageHead title=text!(calls.title) />
        <p class="actions">
            <a class="button" href=at("/calls/permissions")>{text!(calls.permissions)}</a>
            <a class="button" rel="external" href=csv download="calls.csv"><span>{text!(calls.csv)}</span></a>
        </p>
        <ListTools path=PATH label=text!(calls.search) query=query>
            <Chips label=text!(calls.outcome) chips=Signal::derive(move || outcomes(&query.get())) />
            <Chips label=text!(calls.direction) chips=Signal::derive(move || directions(&query.get())) />
        </ListTools>
        {list_faces(PATH, query, found, |page| &page.list, show)}
    }
}

fn show(page: Found, query: PageQuery<CallFilter>) -> AnyView {
    if page.list.nothing_at_all {
        return empty();
    }
    let is_none = page.list.rows.is_empty();
    view! {
        <CallsChart days=page.days />
        <div class="calls-list">
            {if is_none { view! { <NoneFound path=PATH /> }.into_any() } else { full(page.list, query) }}
        </div>
    }
    .into_any()
}

fn chip(label: String, query: &PageQuery<CallFilter>, filter: CallFilter) -> Chip {
    Chip {
        label,
        href: address(PATH, &query.with_filter(filter)),
        chosen: query.filter == filter,
    }
}

fn outcomes(query: &PageQuery<CallFilter>) -> Vec<Chip> {
    let every = [(None, text!(filter.all))].into_iter();
    let known = CallOutcome::ALL.map(|outcome| (Some(outcome), outcome_parts(outcome).2));
    let chips = every.chain(known).map(|(outcome, label)| {
        let filter = CallFilter {
            outcome,
            ..query.filter
        };
        chip(label, query, filter)
    });
    chips.collect()
}

fn directions(query: &PageQuery<CallFilter>) -> Vec<Chip> {
    let both = [(None, text!(calls.both))].into_iter();
    let known = CallDirection::ALL.map(|direction| (Some(direction), way_parts(direction).1));
    let chips = both.chain(known).map(|(direction, label)| {
        let filter = CallFilter {
            direction,
            ..query.filter
        };
        chip(label, query, filter)
    });
    chips.collect()
}

fn empty() -> AnyView {
    view! {
        <Empty
            icon=IconName::Call
            title=text!(calls.empty_title)
            hint=text!(calls.empty_hint)
            href="/phones"
            action=text!(calls.to_phones)
        />
    }
    .into_any()
}

fn full(page: Page<CallRow>, query: PageQuery<CallFilter>) -> AnyView {
    let rows = page.rows.iter().cloned().map(row).collect_view().into_any();
    let asked = query.clone();
    view! {
        <ListTable path=PATH query=query page=page caption=text!(calls.title) rows=rows>
            <th scope="col">{text!(calls.customer)}</th>
            <th scope="col">{text!(calls.outcome)}</th>
            <th scope="col">{text!(calls.phone)}</th>
            <th scope="col">{text!(calls.id)}</th>
            <SortHead path=PATH query=asked.clone() by=CallSort::Duration label=text!(calls.duration) class="end" />
            <SortHead path=PATH query=asked by=CallSort::Started label=text!(calls.started) />
        </ListTable>
    }
    .into_any()
}
