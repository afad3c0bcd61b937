use leptos::prelude::*;

use super::{
    narrow::Narrow,
    words::{direction_text, error_parts, filter_text, kind_text, state_parts},
};
use crate::{
    api::{delivery_list, delivery_places},
    base::at,
    format::number,
    live::{Topic, use_live},
    model::{
        DeliveryFilter, DeliveryRow, DeliverySort, DeliveryState, Direction, Page, PageQuery,
        StateFilter,
    },
    read::reading,
    text,
    ui::{
        Ago, Ahead, Badge, Chip, Chips, Empty, IconName, ListTable, ListTools, NoneFound, PageHead,
        Place, SortHead, address, list_faces, use_question,
    },
};

const PATH: &str = "/deliveries";

/// What waits, what failed, and why.
#[component]
pub fn DeliveriesPage() -> impl IntoView {
    let version = use_live().version(Topic::Deliveries);
    let query = use_question::<DeliveryFilter>();
    let deliveries = reading(
        move || (query.get(), version.get()),
        |(query, _)| delivery_list(query),
    );
    let places = reading(|| (), |()| delivery_places());
    view! {
        <PageHead title=text!(deliveries.title) />
        <p class="actions">
            <a class="button" href=at("/deliveries/dead")>{text!(queue.dead.title)}</a>
            <a class="button" href=at("/deliveries/destinations")>{text!(queue.destination.title)}</a>
        </p>
        <ListTools path=PATH label=text!(deliveries.search) query=query>
            <Chips label=text!(deliveries.filter.state) chips=Signal::derive(move || state_chips(&query.get())) />
            <Chips label=text!(deliveries.filter.direction) chips=Signal::derive(move || direction_chips(&query.get())) />
            <Narrow path=PATH query=query places=places />
        </ListTools>
        {list_faces(PATH, query, deliveries, |page| page, show)}
    }
}

fn show(page: Page<DeliveryRow>, query: PageQuery<DeliveryFilter>) -> AnyView {
    if page.rows.is_empty() {
        empty(&page, &query)
    } else {
        full(page, query)
    }
}

fn state_chips(query: &PageQuery<DeliveryFilter>) -> Vec<Chip> {
    StateFilter::ALL
        .into_iter()
        .map(|state| Chip {
            label: filter_text(state),
            href: address(
                PATH,
                &query.with_filter(DeliveryFilter {
                    state,
                    ..query.filter.clone()
                }),
            ),
            chosen: query.filter.state == state,
        })
        .collect()
}

fn direction_chips(query: &PageQuery<DeliveryFilter>) -> Vec<Chip> {
    [
        (None, text!(deliveries.filter.both)),
        (
            Some(Direction::ToBitrix),
            direction_text(Direction::ToBitrix),
        ),
        (
            Some(Direction::ToWhatsApp),
            direction_text(Direction::ToWhatsApp),
        ),
    ]
    .into_iter()
    .map(|(direction, label)| Chip {
        label,
        href: address(
            PATH,
            &query.with_filter(DeliveryFilter {
                direction,
                ..query.filter.clone()
            }),
        ),
        chosen: query.filter.direction == direction,
    })
    .collect()
}

fn empty(page: &Page<DeliveryRow>, query: &PageQuery<DeliveryFilter>) -> AnyView {
    let all = address(
        PATH,
        &query.with_filter(DeliveryFilter {
            state: StateFilter::All,
            ..DeliveryFilter::default()
        }),
    );
    if page.nothing_at_all {
        view! { <Empty icon=IconName::Deliveries title=text!(deliveries.empty_title) hint=text!(deliveries.empty_hint) guide=Place::Phone /> }.into_any()
    } else if query.is_narrowed() {
        view! {
            <NoneFound path=PATH />
        }
        .into_any()
    } else {
        view! {
            <Empty icon=IconName::Ok title=text!(deliveries.calm_title) hint=text!(deliveries.calm_hint) href=all action=text!(deliveries.show_all) />
        }.into_any()
    }
}

fn full(page: Page<DeliveryRow>, query: PageQuery<DeliveryFilter>) -> AnyView {
    let rows = page.rows.iter().cloned().map(row).collect_view().into_any();
    let asked = query.clone().sorted();
    let attempts = if asked.sorts_by_attempts() {
        view! { <SortHead path=PATH query=asked.clone() by=DeliverySort::Attempts label=text!(deliveries.attempts) class="end" /> }.into_any()
    } else {
        view! { <th scope="col" class="end">{text!(deliveries.attempts)}</th> }.into_any()
    };
    view! {
        <ListTable path=PATH query=query page=page caption=text!(deliveries.title) rows=rows>
            <th scope="col">{text!(deliveries.delivery)}</th>
            <th scope="col">{text!(deliveries.conversation)}</th>
            <th scope="col">{text!(deliveries.destination)}</th>
            <th scope="col">{text!(deliveries.why)}</th>
            {attempts}
            <SortHead path=PATH query=asked by=DeliverySort::Created label=text!(deliveries.created) />
        </ListTable>
    }
    .into_any()
}

fn row(delivery: DeliveryRow) -> impl IntoView {
    let (tone, icon, label) = state_parts(delivery.state);
    let href = format!("{PATH}/{}", delivery.id);
    let (why, bare) = why(&delivery);
    view! {
        <tr class="row-open">
            <td class="firm" data-label=text!(deliveries.delivery)>
                <span class="stack">
                    <a class="row-link" href=at(&href)>{kind_text(&delivery.kind)}</a>
                    <Badge tone=tone icon=icon label=label />
                </span>
            </td>
            <td class="firm" data-label=text!(deliveries.conversation)><code>{delivery.conversation}</code></td>
            <td class="firm" data-label=text!(deliveries.destination)>
                <span class="stack">
                    <span>{delivery.destination}</span>
                    <span class="muted">{direction_text(delivery.direction)}</span>
                </span>
            </td>
            <td data-label=text!(deliveries.why) data-bare=bare.then_some("true")>{why}</td>
            <td data-label=text!(deliveries.attempts) class="end spare">{number(delivery.attempts)}</td>
            <td data-label=text!(deliveries.created)><Ago at=delivery.created_at /></td>
        </tr>
    }
}

/// Why it is where it is: the other side's words, and when it goes on; and whether there is
/// nothing to say.
fn why(delivery: &DeliveryRow) -> (impl IntoView + use<>, bool) {
    let error = delivery.last_error.as_ref().map(|error| {
        let (code, words) = error_parts(error);
        view! { <span class="reason"><code>{code}</code>" "{words}</span> }
    });
    let next = match delivery.state {
        DeliveryState::Waiting => delivery.next_try_at.map(|at| {
            view! { <span class="muted">{text!(deliveries.next_try)}" "<Ahead at=at /></span> }
        }),
        DeliveryState::Sending
        | DeliveryState::Unknown
        | DeliveryState::Delivered
        | DeliveryState::Refused
        | DeliveryState::Dead
        | DeliveryState::Discarded => None,
    };
    let bare = error.is_none() && next.is_none();
    let dash = bare.then(|| view! { <span class="muted">"–"</span> });
    (
        view! { <span class="stack">{error}{next}{dash}</span> },
        bare,
    )
}
