use leptos::prelude::*;

use super::{Icon, IconName, address};
use crate::model::{Filter, PageQuery};

/// The head of a column that sorts when followed.
#[component]
pub fn SortHead<F: Filter>(
    #[prop(into)] path: String,
    query: PageQuery<F>,
    by: F::Column,
    #[prop(into)] label: String,
    #[prop(default = "")] class: &'static str,
) -> impl IntoView {
    let (order, icon) = match (query.sort.by == by, query.sort.descending) {
        (true, true) => (Some("descending"), Some(IconName::Down)),
        (true, false) => (Some("ascending"), Some(IconName::Up)),
        (false, _) => (None, None),
    };
    view! {
        <th scope="col" class=class aria-sort=order>
            <a class="sort" href=address(&path, &query.with_sort(by))>
                {label}
                {icon.map(|icon| view! { <Icon name=icon /> })}
            </a>
        </th>
    }
}
