use leptos::prelude::*;

use super::{
    health::{Token, health_parts, token_words},
    login::{FacebookLink, LoginNote},
};
use crate::{
    api::{waba_list, waba_setup_read},
    base::at,
    live::{Topic, use_live},
    model::{Page, PageQuery, Problem, WabaFilter, WabaRow, WabaSetup, WabaSort},
    read::reading,
    text,
    ui::{
        Ago, Badge, CopyCode, CopyLine, Empty, IconName, ListTable, ListTools, NoneFound, PageHead,
        Place, SavedNote, SortHead, list_faces, use_question,
    },
};

const PATH: &str = "/wabas";

/// The WABAs, what to paste at Meta, and the ways to add one.
#[component]
pub fn WabasPage() -> impl IntoView {
    let version = use_live().version(Topic::Wabas);
    let query = use_question::<WabaFilter>();
    let wabas = reading(
        move || (query.get(), version.get()),
        |(query, _)| async move {
            let page = waba_list(query).await?;
            Ok::<_, Problem>((page, waba_setup_read().await.ok()))
        },
    );
    view! {
        <PageHead title=text!(wabas.title) action=("/wabas/new".to_owned(), text!(wabas.add)) />
        <LoginNote />
        <SavedNote />
        <ListTools path=PATH label=text!(wabas.search) query=query />
        {list_faces(PATH, query, wabas, |(page, _)| page, show)}
    }
}

/// A page of the list, with what to paste at Meta where it could be read.
type Found = (Page<WabaRow>, Option<WabaSetup>);

fn show((page, setup): Found, query: PageQuery<WabaFilter>) -> AnyView {
    if page.rows.is_empty() {
        empty(&page, &query, setup).into_any()
    } else {
        full(page, query, setup)
    }
}

fn empty(
    page: &Page<WabaRow>,
    query: &PageQuery<WabaFilter>,
    setup: Option<WabaSetup>,
) -> impl IntoView + use<> {
    if page.nothing_at_all || !query.is_narrowed() {
        view! {
            <Empty
                icon=IconName::Bubble
                title=text!(wabas.empty_title)
                hint=text!(wabas.empty_hint)
                href="/wabas/new"
                action=text!(wabas.add)
                guide=Place::Meta
            />
            <div class="face-more">
                {setup.map(|setup| view! { <FacebookLink ready=setup.facebook /> })}
            </div>
        }
        .into_any()
    } else {
        view! {
            <NoneFound path=PATH />
        }
        .into_any()
    }
}

fn full(page: Page<WabaRow>, query: PageQuery<WabaFilter>, setup: Option<WabaSetup>) -> AnyView {
    let with_owner = page.rows.iter().any(|row| row.owner.is_some());
    let rows = page.rows.iter().cloned().map(row).collect_view().into_any();
    let asked = query.clone();
    view! {
        {setup.map(|setup| view! {
            <div class="setup-line">
                <CopyLine label=text!(wabas.callback) value=setup.callback />
                <FacebookLink ready=setup.facebook />
            </div>
        })}
        <ListTable path=PATH query=query page=page caption=text!(wabas.title) rows=rows>
            <SortHead path=PATH query=asked.clone() by=WabaSort::Name label=text!(wabas.name) />
            {with_owner.then(|| view! { <th scope="col">{text!(wabas.owner)}</th> })}
            <th scope="col">{text!(wabas.verify_token)}</th>
            <SortHead path=PATH query=asked.clone() by=WabaSort::Token label=text!(wabas.token) />
            <SortHead path=PATH query=asked.clone() by=WabaSort::Heard label=text!(wabas.health) />
        </ListTable>
    }
    .into_any()
}

fn row(waba: WabaRow) -> impl IntoView {
    let (tone, icon, label) = health_parts(waba.health);
    let (words, warns) = token_words(&waba.token);
    view! {
        <tr class="row-open">
            <td data-label=text!(wabas.name)>
                <span class="stack">
                    <a class="row-link" href=at(&format!("/wabas/{}", waba.id))>{waba.name}</a>
                    {if waba.waba_id.is_empty() {
                        view! { <span class="muted">{text!(wabas.no_id)}</span> }.into_any()
                    } else {
                        view! { <CopyCode value=waba.waba_id /> }.into_any()
                    }}
                    <span class="muted">{text!(wabas.phones, count = waba.phones)}</span>
                </span>
            </td>
            {waba.owner.map(|owner| view! { <td data-label=text!(wabas.owner)>{owner}</td> })}
            <td data-label=text!(wabas.verify_token)><CopyCode value=waba.verify_token short=true /></td>
            <td data-label=text!(wabas.token)><Token words=words warns=warns /></td>
            <td data-label=text!(wabas.health)>
                <span class="stack">
                    <Badge tone=tone icon=icon label=label />
                    {match waba.heard_at {
                        Some(at) => view! { <span class="muted">{text!(wabas.heard)}" "<Ago at=at /></span> }.into_any(),
                        None => view! { <span class="muted">{text!(wabas.never_heard)}</span> }.into_any(),
                    }}
                </span>
            </td>
        </tr>
    }
}
