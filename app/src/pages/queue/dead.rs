use leptos::prelude::*;

use super::done::DoneNote;
use crate::{
    api::cause_list,
    format::counted,
    live::{Topic, use_live},
    model::{CauseFilter, CauseRow, Page, PageQuery},
    pages::words::error_parts,
    read::reading,
    text,
    ui::{Ago, Empty, IconName, ListTable, PageHead, address, list_faces, use_question},
};

pub(super) const PATH: &str = "/deliveries/dead";
pub(super) const CAUSE: &str = "/deliveries/dead/cause";

/// Dead letters by what they died of.
#[component]
pub fn DeadLettersPage() -> impl IntoView {
    let version = use_live().version(Topic::Deliveries);
    let query = use_question::<CauseFilter>();
    let causes = reading(
        move || (query.get(), version.get()),
        |(query, _)| cause_list(query),
    );
    view! {
        <PageHead title=text!(queue.dead.title) back=("/deliveries".to_owned(), text!(deliveries.title)) />
        <p class="lead muted">{text!(queue.dead.lead)}</p>
        <DoneNote />
        {list_faces(PATH, query, causes, |page| page, show)}
    }
}

fn show(page: Page<CauseRow>, query: PageQuery<CauseFilter>) -> AnyView {
    if page.rows.is_empty() {
        return view! {
            <Empty icon=IconName::Ok title=text!(queue.dead.empty_title) hint=text!(queue.dead.empty_hint) />
        }
        .into_any();
    }
    let rows = page.rows.iter().cloned().map(row).collect_view().into_any();
    view! {
        <ListTable path=PATH query=query page=page caption=text!(queue.dead.title) rows=rows>
            <th scope="col">{text!(queue.dead.cause)}</th>
            <th scope="col">{text!(deliveries.destination)}</th>
            <th scope="col" class="end">{text!(queue.dead.count)}</th>
            <th scope="col">{text!(queue.dead.oldest)}</th>
            <th scope="col">{text!(queue.dead.newest)}</th>
        </ListTable>
    }
    .into_any()
}

fn row(cause: CauseRow) -> impl IntoView {
    let (code, words) = error_parts(&cause.error);
    let code = if code.is_empty() {
        text!(queue.dead.no_code)
    } else {
        code
    };
    let query = PageQuery::<CauseFilter>::default().with_filter(CauseFilter {
        cause: Some(cause.key),
    });
    view! {
        <tr class="row-open">
            <td data-label=text!(queue.dead.cause)>
                <span class="stack">
                    <a class="row-link" href=address(CAUSE, &query)><code>{code}</code></a>
                    <span class="cause-words">{words}</span>
                </span>
            </td>
            <td class="firm" data-label=text!(deliveries.destination)>{cause.destination}</td>
            <td class="end" data-label=text!(queue.dead.count)>{counted(cause.total)}</td>
            <td data-label=text!(queue.dead.oldest)><Ago at=cause.oldest_at /></td>
            <td data-label=text!(queue.dead.newest)><Ago at=cause.newest_at /></td>
        </tr>
    }
}
