use leptos::prelude::*;

use crate::{
    format::{exact, iso, now, relative},
    model::Moment,
};

/// How long ago, exact on hover.
#[component]
pub fn Ago(at: Moment) -> impl IntoView {
    view! {
        <time datetime=iso(at) title=exact(at)>{move || relative(at, now())}</time>
    }
}
