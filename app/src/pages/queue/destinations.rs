use leptos::prelude::*;

use super::{
    meter::{BucketBar, QueueLine},
    state::{state_parts, state_story},
};
use crate::{
    api::destination_list,
    base::at,
    format::counted,
    live::{Topic, use_live},
    model::{DestinationFilter, DestinationRow, Page, PageQuery},
    read::reading,
    text,
    ui::{
        Badge, Empty, IconName, ListTable, ListTools, NoneFound, PageHead, list_faces, use_question,
    },
};

pub(super) const PATH: &str = "/deliveries/destinations";

/// Portals and numbers with what waits for them and how they take it.
#[component]
pub fn DestinationsPage() -> impl IntoView {
    let version = use_live().version(Topic::Deliveries);
    let query = use_question::<DestinationFilter>();
    let found = reading(
        move || (query.get(), version.get()),
        |(query, _)| destination_list(query),
    );
    view! {
        <PageHead title=text!(queue.destination.title) back=("/deliveries".to_owned(), text!(deliveries.title)) />
        <p class="lead muted">{text!(queue.destination.lead)}</p>
        <ListTools path=PATH label=text!(queue.destination.search) query=query />
        {list_faces(PATH, query, found, |page| page, show)}
    }
}

fn show(page: Page<DestinationRow>, query: PageQuery<DestinationFilter>) -> AnyView {
    if page.nothing_at_all {
        return view! {
            <Empty
                icon=IconName::Deliveries
                title=text!(queue.destination.empty_title)
                hint=text!(queue.destination.empty_hint)
            />
        }
        .into_any();
    }
    if page.rows.is_empty() {
        return view! { <NoneFound path=PATH /> }.into_any();
    }
    let rows = page.rows.iter().cloned().map(row).collect_view().into_any();
    view! {
        <ListTable path=PATH query=query page=page caption=text!(queue.destination.title) rows=rows>
            <th scope="col">{text!(queue.destination.one)}</th>
            <th scope="col">{text!(queue.destination.state)}</th>
            <th scope="col" class="end">{text!(queue.destination.waiting)}</th>
            <th scope="col">{text!(queue.destination.rate)}</th>
            <th scope="col">{text!(queue.destination.queue)}</th>
        </ListTable>
    }
    .into_any()
}

fn row(row: DestinationRow) -> impl IntoView {
    let (tone, icon, label) = state_parts(&row.state);
    let href = at(&format!("{PATH}/{}", row.id));
    let story = state_story(&row);
    let waits = row.waiting > 0;
    let bucket = (row.bucket > 0).then(|| view! { <BucketBar full=row.bucket /> });
    view! {
        <tr class="row-open">
            <td class="firm" data-label=text!(queue.destination.one)><a class="row-link" href=href>{row.name.clone()}</a></td>
            <td data-label=text!(queue.destination.state)>
                <span class="stack"><Badge tone=tone icon=icon label=label />{story}</span>
            </td>
            <td class="end" data-label=text!(queue.destination.waiting)>{counted(row.waiting)}</td>
            <td class="firm" data-label=text!(queue.destination.rate)>
                <span class="stack">
                    <span>{text!(queue.destination.per_minute, count = counted(row.per_minute))}</span>
                    {bucket}
                </span>
            </td>
            <td data-label=text!(queue.destination.queue) data-bare=(!waits).then_some("true")><QueueLine row=row /></td>
        </tr>
    }
}
