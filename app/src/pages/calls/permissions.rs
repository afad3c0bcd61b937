use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::words::permission_parts;
use crate::{
    api::{CallPermissionAsk, call_permission_list},
    format::{exact, number},
    live::{Topic, use_live},
    model::{CallPermissionFilter, CallPermissionRow, Page, PageQuery, PermissionStatus, Problem},
    read::reading,
    text,
    ui::{
        Ago, Badge, Banner, Chip, Chips, Empty, FormProblem, IconName, ListTable, ListTools,
        NoneFound, PageHead, Submit, Tone, address, list_faces, use_question,
    },
};

const PATH: &str = "/calls/permissions";

/// Who may be called, until when, and what Meta still allows.
#[component]
pub fn CallPermissionsPage() -> impl IntoView {
    let version = use_live().version(Topic::Calls);
    let ask = ServerAction::<CallPermissionAsk>::new();
    let asked = ask.version();
    let problem = Signal::derive(move || ask.value().get().and_then(Result::<(), Problem>::err));
    let query = use_question::<CallPermissionFilter>();
    let found = reading(
        move || (query.get(), version.get(), asked.get()),
        |(query, ..)| call_permission_list(query),
    );
    let params = use_query_map();
    let is_done = move || params.with(|params| params.get("asked").is_some());
    view! {
        <PageHead title=text!(calls.permission.title) back=("/calls".to_owned(), text!(calls.title)) />
        <p class="lead muted">{text!(calls.permission.lead)}</p>
        {move || is_done().then(|| view! {
            <Banner tone=Tone::Ok><p>{text!(calls.permission.done)}</p></Banner>
        })}
        <FormProblem problem=problem />
        <ListTools path=PATH label=text!(calls.permission.search) query=query>
            <Chips label=text!(calls.permission.status) chips=Signal::derive(move || chips(&query.get())) />
        </ListTools>
        {list_faces(PATH, query, found, |page| page, move |page, query| {
            if page.rows.is_empty() { empty(page.nothing_at_all) } else { full(page, query, ask) }
        })}
    }
}

fn chips(query: &PageQuery<CallPermissionFilter>) -> Vec<Chip> {
    let every = [(None, text!(filter.all))].into_iter();
    let known = PermissionStatus::ALL.map(|status| (Some(status), permission_parts(status).2));
    let chips = every.chain(known).map(|(status, label)| {
        let filter = CallPermissionFilter { status };
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
            <Empty icon=IconName::Call title=text!(calls.permission.empty_title) hint=text!(calls.permission.empty_hint) />
        }
        .into_any()
    } else {
        view! { <NoneFound path=PATH /> }.into_any()
    }
}

fn full(
    page: Page<CallPermissionRow>,
    query: PageQuery<CallPermissionFilter>,
    ask: ServerAction<CallPermissionAsk>,
) -> AnyView {
    let rows = page.rows.iter().cloned();
    let rows = rows
        .map(move |found| row(found, ask))
        .collect_view()
        .into_any();
    view! {
        <ListTable path=PATH query=query page=page caption=text!(calls.permission.title) rows=rows>
            <th scope="col">{text!(calls.customer)}</th>
            <th scope="col">{text!(calls.phone)}</th>
            <th scope="col">{text!(calls.permission.status)}</th>
            <th scope="col">{text!(calls.permission.asked)}</th>
            <th scope="col">{text!(calls.permission.left)}</th>
            <th scope="col" class="end" title=text!(calls.permission.unanswered_hint)>
                {text!(calls.permission.unanswered)}
            </th>
            <th scope="col"><span class="sr-only">{text!(form.actions)}</span></th>
        </ListTable>
    }
    .into_any()
}

fn row(row: CallPermissionRow, ask: ServerAction<CallPermissionAsk>) -> impl IntoView {
    let (tone, icon, word) = permission_parts(row.status);
    let named = row.name.is_some();
    let who = row.name.unwrap_or_else(|| row.customer.clone());
    let customer = named.then_some(row.customer);
    let asked = match row.asked_at {
        Some(at) => view! { <Ago at=at /> }.into_any(),
        None => view! { <span class="muted">"–"</span> }.into_any(),
    };
    let left = [
        row.requests_left
            .map(|count| text!(calls.permission.requests, count = number(count))),
        row.calls_left
            .map(|count| text!(calls.permission.calls, count = number(count))),
        row.again_at
            .map(|at| format!("{} {}", text!(calls.permission.again), exact(at))),
    ];
    let left: Vec<_> = left.into_iter().flatten().collect();
    let nothing_left = left.is_empty().then_some("true");
    let left = left.into_iter().map(|words| view! { <span>{words}</span> });
    let until = row.expires_at.map(|at| {
        view! { <span class="muted">{text!(calls.permission.until)}" "{exact(at)}</span> }
    });
    let may_ask = row.status != PermissionStatus::Permanent && row.requests_left != Some(0);
    let button = may_ask.then(|| {
        view! {
            <ActionForm action=ask>
                <input type="hidden" name="id" value=row.id.to_string() />
                <Submit label=text!(calls.permission.ask) pending=ask.pending() />
            </ActionForm>
        }
    });
    view! {
        <tr>
            <td class="firm" data-label=text!(calls.customer)>
                <span class="stack">
                    <strong>{who}</strong>
                    {customer.map(|customer| view! { <span class="muted figures-tabular">{customer}</span> })}
                </span>
            </td>
            <td class="firm" data-label=text!(calls.phone)>{row.phone}</td>
            <td data-label=text!(calls.permission.status)>
                <span class="stack"><Badge tone=tone icon=icon label=word />{until}</span>
            </td>
            <td data-label=text!(calls.permission.asked)>{asked}</td>
            <td data-label=text!(calls.permission.left) data-bare=nothing_left><span class="stack">{left.collect_view()}</span></td>
            <td class="end" data-label=text!(calls.permission.unanswered)>{number(row.unanswered)}</td>
            <td data-label=text!(form.actions) data-bare=(!may_ask).then_some("true")>{button}</td>
        </tr>
    }
}
