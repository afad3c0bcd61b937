use leptos::prelude::*;

use crate::{
    api::phone_list,
    base::at,
    live::{Topic, use_live},
    model::{LinkFilter, LinkState, Page, PageQuery, PhoneFilter, PhoneRow, PhoneSort},
    pages::checks::check_text,
    read::reading,
    text,
    ui::{
        Ago, Badge, Chip, Chips, CopyCode, Empty, IconName, ListTable, ListTools, NoneFound,
        PageHead, Place, SortHead, Tone, address, list_faces, phones_name, use_question,
    },
};

const PATH: &str = "/phones";

/// The business numbers and how they are linked.
#[component]
pub fn PhonesPage() -> impl IntoView {
    let live = use_live();
    let version = live.version(Topic::Phones);
    let query = use_question::<PhoneFilter>();
    let phones = reading(
        move || (query.get(), version.get()),
        |(query, _)| phone_list(query),
    );
    view! {
        <Transition>
            {move || {
                let name = phones_name();
                Suspend::new(async move {
                    view! { <PageHead title=name.await action=("/phones/new".to_owned(), text!(phone.add)) /> }
                })
            }}
        </Transition>
        <ListTools path=PATH label=text!(phones.search) query=query>
            <Chips label=text!(phones.filter.label) chips=Signal::derive(move || chips(&query.get())) />
        </ListTools>
        {list_faces(PATH, query, phones, |page| page, show)}
    }
}

fn show(page: Page<PhoneRow>, query: PageQuery<PhoneFilter>) -> AnyView {
    if page.rows.is_empty() {
        empty(&page, &query)
    } else {
        full(page, query)
    }
}

fn chips(query: &PageQuery<PhoneFilter>) -> Vec<Chip> {
    [
        (LinkFilter::All, text!(filter.all)),
        (LinkFilter::Linked, text!(phones.filter.linked)),
        (LinkFilter::Attention, text!(phones.filter.attention)),
    ]
    .into_iter()
    .map(|(link, label)| Chip {
        label,
        href: address(PATH, &query.with_filter(PhoneFilter { link })),
        chosen: query.filter.link == link,
    })
    .collect()
}

fn empty(page: &Page<PhoneRow>, query: &PageQuery<PhoneFilter>) -> AnyView {
    if page.nothing_at_all || !query.is_narrowed() {
        view! { <Empty icon=IconName::Phone title=text!(phones.empty_title) hint=text!(phones.empty_hint) href="/phones/new" action=text!(phone.add) guide=Place::Phone /> }.into_any()
    } else {
        view! {
            <NoneFound path=PATH />
        }
        .into_any()
    }
}

fn full(page: Page<PhoneRow>, query: PageQuery<PhoneFilter>) -> AnyView {
    let rows = page.rows.iter().cloned().map(row).collect_view().into_any();
    let asked = query.clone();
    view! {
        <ListTable path=PATH query=query page=page caption=text!(phones.title) rows=rows>
            <SortHead path=PATH query=asked.clone() by=PhoneSort::Phone label=text!(phones.phone) />
            <SortHead path=PATH query=asked.clone() by=PhoneSort::Waba label=text!(phones.waba) />
            <th scope="col">{text!(phones.portal)}</th>
            <th scope="col">{text!(phones.sms)}</th>
            <SortHead path=PATH query=asked.clone() by=PhoneSort::Checked label=text!(phones.link) />
        </ListTable>
    }
    .into_any()
}

fn row(phone: PhoneRow) -> impl IntoView {
    let none = || view! { <span class="muted">{text!(phones.none)}</span> }.into_any();
    let portal = match phone.portal {
        Some(domain) if domain.is_empty() => {
            view! { <span class="muted">{text!(portals.state.needs_install)}</span> }.into_any()
        }
        Some(domain) => view! {
            <span class="stack">
                <span>{domain}</span>
                {phone.line_id.map(|line| view! {
                    <span class="muted">{text!(phones.line, line = line)}
                        {phone.connector.clone().map(|connector| view! { " · "<code>{connector}</code> })}
                    </span>
                })}
            </span>
        }
        .into_any(),
        None => none(),
    };
    let sms = if phone.sms_service {
        text!(phones.sms_on)
    } else {
        text!(phones.sms_off)
    };
    let (tone, icon, label, reason) = match phone.link {
        LinkState::Linked => (Tone::Ok, IconName::Ok, text!(phones.state.linked), None),
        // No line yet: it is being made.
        LinkState::Unchecked if phone.line_id.is_none() => (
            Tone::Neutral,
            IconName::Clock,
            text!(phones.state.linking),
            None,
        ),
        LinkState::Unchecked => (
            Tone::Unknown,
            IconName::Unknown,
            text!(phones.state.unchecked),
            None,
        ),
        LinkState::Failed(check) => (
            Tone::Failed,
            IconName::Failed,
            text!(phones.state.failed),
            Some(check_text(&check)),
        ),
        LinkState::NotLinked => (
            Tone::Attention,
            IconName::Attention,
            text!(phones.state.not_linked),
            None,
        ),
    };
    view! {
        <tr class="row-open">
            <td data-label=text!(phones.phone)>
                <span class="stack">
                    <a class="row-link figures-tabular" href=at(&format!("/phones/{}", phone.id))>{phone.phone}</a>
                    <CopyCode value=phone.phone_id />
                </span>
            </td>
            <td data-label=text!(phones.waba)>{phone.waba_name}</td>
            <td class="firm" data-label=text!(phones.portal)>{portal}</td>
            <td data-label=text!(phones.sms)>{sms}</td>
            <td data-label=text!(phones.link)>
                <span class="stack">
                    <Badge tone=tone icon=icon label=label />
                    {reason.map(|reason| view! { <span class="reason">{reason}</span> })}
                    {phone.checked_at.map(|at| view! {
                        <span class="muted">{text!(health.checked)}" "<Ago at=at /></span>
                    })}
                </span>
            </td>
        </tr>
    }
}
