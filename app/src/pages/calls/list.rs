use leptos::prelude::*;

use super::{
    chart::Chart,
    row::row,
    words::{outcome_parts, way_parts},
};
use crate::{
    api::call_list,
    base::at,
    live::{Topic, use_live},
    model::{CallDirection, CallFilter, CallOutcome, CallRow, CallSort, Page, PageQuery},
    read::reading,
    text,
    ui::{
        Chip, Chips, Empty, Failure, IconName, Loading, PageHead, Pager, SearchBox, SortHead,
        TableBox, address, last_page, use_question,
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
        <div class="tools">
            <SearchBox
                path=PATH
                label=text!(calls.search)
                search=Signal::derive(move || query.get().search)
                keep=Signal::derive(move || query.get().params())
            />
            <Chips label=text!(calls.outcome) chips=Signal::derive(move || outcomes(&query.get())) />
            <Chips label=text!(calls.direction) chips=Signal::derive(move || directions(&query.get())) />
        </div>
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(page) if page.list.is_beyond() => {
                        last_page(PATH, &query.get_untracked(), &page.list).into_any()
                    }
                    Ok(page) if page.list.nothing_at_all => empty(true).into_any(),
                    Ok(page) => {
                        let (query, list) = (query.get_untracked(), page.list);
                        view! {
                            <Chart days=page.days />
                            <div class="calls-list">
                                {if list.rows.is_empty() { empty(false) } else { full(list, query).into_any() }}
                            </div>
                        }
                        .into_any()
                    }
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| found.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
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

fn empty(nothing: bool) -> AnyView {
    if nothing {
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
    } else {
        view! {
            <Empty icon=IconName::Search title=text!(filter.none_title) hint=text!(filter.none_hint) href=PATH action=text!(filter.clear) />
        }
        .into_any()
    }
}

fn full(page: Page<CallRow>, query: PageQuery<CallFilter>) -> impl IntoView {
    let rows = page.rows.iter().cloned().map(row).collect_view();
    let asked = query.clone();
    view! {
        <TableBox>
            <table class="table">
                <caption class="sr-only">{text!(calls.title)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(calls.customer)}</th>
                        <th scope="col">{text!(calls.outcome)}</th>
                        <th scope="col">{text!(calls.phone)}</th>
                        <th scope="col">{text!(calls.id)}</th>
                        <SortHead path=PATH query=asked.clone() by=CallSort::Duration label=text!(calls.duration) class="end" />
                        <SortHead path=PATH query=asked by=CallSort::Started label=text!(calls.started) />
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableBox>
        <Pager path=PATH query=query rows=page />
    }
}
