use leptos::prelude::*;

use crate::{
    format::{exact, iso, now, relative},
    model::Moment,
};

/// How long ago, exact on hover. Never ahead: the page's clock may be a little behind the server's.
#[component]
pub fn Ago(at: Moment) -> impl IntoView {
    let says = move || {
        let now = now();
        relative(at.min(now), now)
    };
    view! {
        <time datetime=iso(at) title=exact(at)>{says}</time>
    }
}

/// How long until, exact on hover. What is due comes any moment.
#[component]
pub fn Ahead(at: Moment) -> impl IntoView {
    let says = move || {
        let now = now();
        relative(at.max(Moment(now.0 + 1)), now)
    };
    view! {
        <time datetime=iso(at) title=exact(at)>{says}</time>
    }
}
