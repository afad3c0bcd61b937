//! What every list page is made of: the search above it, its faces, its table.

use leptos::prelude::*;

use super::{Empty, Failure, IconName, Loading, Pager, SearchBox, TableBox, last_page};
use crate::{
    model::{Filter, Page, PageQuery},
    read::Reading,
    text,
};

/// The search of a list, and beside it what narrows it.
#[component]
pub fn ListTools<F: Filter>(
    /// The list's path.
    #[prop(into)]
    path: String,
    /// What is searched.
    label: String,
    query: Memo<PageQuery<F>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView
where
    PageQuery<F>: PartialEq + Clone + Send + Sync + 'static,
{
    view! {
        <div class="tools">
            <SearchBox
                path=path
                label=label
                search=Signal::derive(move || query.get().search)
                keep=Signal::derive(move || query.get().params())
            />
            {children.map(|children| children())}
        </div>
    }
}

/// The faces of a list: being read, failed, beyond its end, or what `show` makes of it. `page` is the list in what was
/// read.
pub fn list_faces<F, T, R>(
    path: &'static str,
    query: Memo<PageQuery<F>>,
    found: Reading<T>,
    page: fn(&T) -> &Page<R>,
    show: impl Fn(T, PageQuery<F>) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    F: Filter,
    PageQuery<F>: PartialEq + Clone + Send + Sync + 'static,
    T: serde::de::DeserializeOwned + Clone + Send + Sync + 'static,
    R: 'static,
{
    view! {
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(read) if page(&read).is_beyond() => {
                        last_page(path, &query.get_untracked(), page(&read)).into_any()
                    }
                    Ok(read) => show(read, query.get_untracked()),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| found.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

/// Nothing has what was asked for.
#[component]
pub fn NoneFound(
    /// The list without a question.
    #[prop(into)]
    path: String,
) -> impl IntoView {
    view! {
        <Empty icon=IconName::Search title=text!(filter.none_title) hint=text!(filter.none_hint) href=path action=text!(filter.clear) />
    }
}

/// A page of a list as a table, with the way to the others.
#[component]
pub fn ListTable<F: Filter, R>(
    #[prop(into)] path: String,
    query: PageQuery<F>,
    page: Page<R>,
    /// What it lists, for those who do not see it.
    caption: String,
    /// A row each.
    rows: AnyView,
    /// The heads of the columns.
    children: Children,
) -> impl IntoView
where
    R: 'static,
{
    view! {
        <TableBox>
            <table class="table">
                <caption class="sr-only">{caption}</caption>
                <thead>
                    <tr>{children()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableBox>
        <Pager path=path query=query rows=page />
    }
}
