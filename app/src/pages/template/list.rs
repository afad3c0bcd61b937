use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    notices::Notices,
    words::{category_text, filter_text, quality_text, rejection_text, status_parts, trouble_text},
};
use crate::{
    api::{TemplateSeen, TemplateSync, template_list},
    base::at,
    live::{Topic, use_live},
    model::{
        CheckState, PageQuery, ProblemCode, TemplateCategory, TemplateFilter, TemplateRow,
        TemplateSort, TemplateStatus, TemplateStatusFilter, TemplatesPage as Found,
    },
    read::reading,
    text,
    ui::{
        Ago, Badge, Chip, Chips, Empty, Failure, FormProblem, IconName, ListTable, ListTools,
        Loading, NoneFound, PageHead, SortHead, Submit, address, last_page, sentence, use_question,
    },
};

/// The templates of a WABA, and how they stand at Meta.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let version = use_live().version(Topic::Templates);
    let query = use_question::<TemplateFilter>();
    let sync = ServerAction::<TemplateSync>::new();
    let seen = ServerAction::<TemplateSeen>::new();
    let found = reading(
        move || {
            let acted = (sync.version().get(), seen.version().get());
            (id.get(), query.get(), version.get(), acted)
        },
        |(id, query, _, _)| template_list(id, query),
    );
    let place = Memo::new(move |_| path(&id.get()));
    let first = id.get_untracked();
    view! {
        <PageHead
            title=text!(template.title)
            back=(format!("/wabas/{first}"), text!(waba.title))
            action=(format!("{}/new", path(&first)), text!(template.new.action))
        />
        <ListTools path=path(&first) label=text!(template.search) query=query>
            <Chips label=text!(template.status.label) chips=Signal::derive(move || status_chips(&place.get(), &query.get())) />
            <Chips label=text!(template.category.label) chips=Signal::derive(move || category_chips(&place.get(), &query.get())) />
        </ListTools>
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                let (path, query) = (place.get_untracked(), query.get_untracked());
                match found.await {
                    Ok(found) if found.page.is_beyond() => last_page(&path, &query, &found.page).into_any(),
                    Ok(found) => full(found, &path, query, sync, seen).into_any(),
                    Err(problem) if problem.code == ProblemCode::NotFound => no_waba().into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| found.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

fn path(waba: &str) -> String {
    format!("/wabas/{waba}/templates")
}

fn no_waba() -> impl IntoView {
    view! {
        <Empty
            icon=IconName::Search
            title=text!(waba.missing_title)
            hint=text!(waba.missing_hint)
            href="/wabas"
            action=text!(waba.to_list)
        />
    }
}

fn full(
    found: Found,
    path: &str,
    query: PageQuery<TemplateFilter>,
    sync: ServerAction<TemplateSync>,
    seen: ServerAction<TemplateSeen>,
) -> impl IntoView + use<> {
    let languages = language_chips(path, &query, &found.languages);
    // One language to choose is no choice.
    let languages = (languages.len() > 2).then(
        || view! { <Chips label=text!(template.language) chips=Signal::stored(languages) /> },
    );
    view! {
        <Notices notices=found.notices.clone() seen=seen />
        <div class="tools">{languages}</div>
        <Synced found=found.clone() sync=sync />
        {if found.page.rows.is_empty() {
            empty(path, found.page.nothing_at_all, found.synced_at.is_some()).into_any()
        } else {
            table(found, path, query).into_any()
        }}
    }
}

/// When Meta was asked last, what could not be read, and the way to ask again.
#[component]
fn Synced(found: Found, sync: ServerAction<TemplateSync>) -> impl IntoView {
    let problem = Signal::derive(move || sync.value().get().and_then(Result::err));
    let said = match (found.is_syncing, found.synced_at) {
        (true, _) => view! { <p>{text!(template.syncing)}</p> }.into_any(),
        (false, Some(at)) => view! { <p>{text!(template.synced)}" "<Ago at=at /></p> }.into_any(),
        (false, None) => view! { <p>{text!(template.never_synced)}</p> }.into_any(),
    };
    let trouble = found.check.filter(|check| check.state != CheckState::Ok);
    let trouble = trouble.map(|check| {
        let words = text!(
            template.sync_trouble,
            reason = sentence(&trouble_text(&check))
        );
        let at = check
            .at
            .map(|at| view! { " "<span class="muted"><Ago at=at /></span> });
        view! { <p class="field-error">{words}{at}</p> }
    });
    let unread = u32::try_from(found.unreadable.len()).unwrap_or(u32::MAX);
    let unread = (unread > 0).then(|| {
        let names = found.unreadable.into_iter().map(|(id, name)| {
            view! { <li><a href=at(&format!("/templates/{id}"))>{name}</a></li> }
        });
        view! {
            <details class="unread">
                <summary>{text!(template.unread, count = unread)}</summary>
                <p class="muted">{text!(template.unread_hint)}</p>
                <ul>{names.collect_view()}</ul>
            </details>
        }
    });
    view! {
        <div class="synced">
            <div class="synced-words">{said}{trouble}{unread}</div>
            <ActionForm action=sync attr:class="button-form">
                <input type="hidden" name="waba" value=found.waba.to_string() />
                <Submit label=text!(template.sync) pending=sync.pending() />
            </ActionForm>
            <FormProblem problem=problem />
        </div>
    }
}

fn chip(
    path: &str,
    query: &PageQuery<TemplateFilter>,
    label: String,
    filter: TemplateFilter,
) -> Chip {
    Chip {
        label,
        chosen: query.filter == filter,
        href: address(path, &query.with_filter(filter)),
    }
}

fn status_chips(path: &str, query: &PageQuery<TemplateFilter>) -> Vec<Chip> {
    let all = TemplateStatusFilter::ALL.into_iter();
    let chips = all.map(|status| {
        let filter = TemplateFilter {
            status,
            ..query.filter.clone()
        };
        chip(path, query, filter_text(status), filter)
    });
    chips.collect()
}

fn category_chips(path: &str, query: &PageQuery<TemplateFilter>) -> Vec<Chip> {
    let every = [(None, text!(filter.all))].into_iter();
    let known = TemplateCategory::ALL.into_iter();
    let known = known.map(|category| (Some(category), category_text(category)));
    let chips = every.chain(known).map(|(category, label)| {
        let filter = TemplateFilter {
            category,
            ..query.filter.clone()
        };
        chip(path, query, label, filter)
    });
    chips.collect()
}

fn language_chips(
    path: &str,
    query: &PageQuery<TemplateFilter>,
    languages: &[String],
) -> Vec<Chip> {
    let every = [(String::new(), text!(filter.all))].into_iter();
    let known = languages
        .iter()
        .map(|language| (language.clone(), language.clone()));
    let chips = every.chain(known).map(|(language, label)| {
        let filter = TemplateFilter {
            language,
            ..query.filter.clone()
        };
        chip(path, query, label, filter)
    });
    chips.collect()
}

fn empty(path: &str, nothing: bool, asked: bool) -> AnyView {
    if !nothing {
        return view! { <NoneFound path=path /> }.into_any();
    }
    let hint = if asked {
        text!(template.empty_hint)
    } else {
        text!(template.unasked_hint)
    };
    view! {
        <Empty icon=IconName::Message title=text!(template.empty_title) hint=hint href=format!("{path}/new") action=text!(template.new.action) />
    }
    .into_any()
}

fn table(found: Found, path: &str, query: PageQuery<TemplateFilter>) -> impl IntoView + use<> {
    let rows = found.page.rows.iter().cloned().map(row).collect_view();
    let asked = (path.to_owned(), query.clone());
    let head = move |by, label: String| {
        let (path, query) = asked.clone();
        view! { <SortHead path=path query=query by=by label=label /> }
    };
    view! {
        <ListTable path=path query=query page=found.page caption=text!(template.title) rows=rows.into_any()>
            {head(TemplateSort::Name, text!(template.name))}
            {head(TemplateSort::Language, text!(template.language))}
            {head(TemplateSort::Category, text!(template.category.label))}
            {head(TemplateSort::Status, text!(template.status.label))}
            <th scope="col">{text!(template.quality.label)}</th>
        </ListTable>
    }
}

fn row(row: TemplateRow) -> impl IntoView {
    let (tone, icon, label) = status_parts(&row);
    let why = (row.status == TemplateStatus::Rejected)
        .then(|| rejection_text(row.rejection.as_deref().unwrap_or_default()));
    let hidden =
        (!row.offered).then(|| view! { <span class="muted">{text!(template.hidden)}</span> });
    let words = match row.unreadable {
        Some(_) => {
            view! { <span class="field-error">{text!(template.unreadable)}</span> }.into_any()
        }
        None => view! { <span class="muted template-words">{row.beginning}</span> }.into_any(),
    };
    view! {
        <tr class="row-open">
            <td data-label=text!(template.name)>
                <span class="stack">
                    <a class="row-link template-name" href=at(&format!("/templates/{}", row.id))>{row.name}</a>
                    {words}
                </span>
            </td>
            <td class="firm" data-label=text!(template.language)><code>{row.language}</code></td>
            <td data-label=text!(template.category.label)>{category_text(row.category)}</td>
            <td data-label=text!(template.status.label)>
                <span class="stack">
                    <Badge tone=tone icon=icon label=label />
                    {why.map(|why| view! { <span class="muted reason">{why}</span> })}
                    {hidden}
                </span>
            </td>
            <td class="firm" data-label=text!(template.quality.label)>{quality_text(row.quality)}</td>
        </tr>
    }
}
