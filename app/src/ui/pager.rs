use leptos::prelude::*;

use super::{Icon, IconName, address};
use crate::{
    format::{counted, number},
    model::{Filter, Page, PageQuery},
    text,
};

/// Which rows of how many, and the way to the others.
#[component]
pub fn Pager<F: Filter, T>(
    #[prop(into)] path: String,
    query: PageQuery<F>,
    rows: Page<T>,
) -> impl IntoView {
    let (first, last) = rows.span();
    let single = rows.pages() == 1;
    let before = (rows.page > 1).then(|| address(&path, &query.with_page(rows.page - 1)));
    let after = (rows.page < rows.pages()).then(|| address(&path, &query.with_page(rows.page + 1)));
    let turn = |href: Option<String>, icon, label: String, rel| {
        match href {
        Some(href) => view! {
            <a class="button pager-turn" href=href rel=rel><Icon name=icon /><span>{label}</span></a>
        }
        .into_any(),
        None => view! {
            <span class="button pager-turn" aria-disabled="true"><Icon name=icon /><span>{label}</span></span>
        }
        .into_any(),
    }
    };
    view! {
        <nav class="pager" aria-label=text!(pager.label)>
            <p>{text!(pager.span, first = number(first), last = number(last), total = counted(rows.total))}</p>
            <div hidden=single>
                {turn(before, IconName::Back, text!(pager.before), "prev")}
                {turn(after, IconName::Forward, text!(pager.after), "next")}
            </div>
        </nav>
    }
}
