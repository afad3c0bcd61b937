use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Banner, Tone, announce::Announcer};
use crate::{
    format::{hour, iso, now},
    model::Moment,
    text,
};

/// How long it is worth saying, in milliseconds.
const FRESH: i64 = 10 * 60 * 1000;

/// "Saved 14:02", on the page to which a form leads when it has saved.
#[component]
pub fn SavedNote() -> impl IntoView {
    let query = use_query_map();
    let at = Memo::new(move |_| {
        let at = query.with(|query| query.get("saved"))?;
        Some(Moment(at.parse().ok()?))
    });
    let announce = Announcer::later();
    Effect::new(move |_| {
        if at.get().is_some() {
            announce(text!(form.saved));
        }
    });
    move || {
        let at = at.get()?;
        let passed = untrack(now).since(at);
        (-FRESH..FRESH).contains(&passed).then(|| {
            view! { <Banner tone=Tone::Ok><p>{text!(form.saved)}" "<Hour at=at /></p></Banner> }
        })
    }
}

/// The hour of a moment: the browser knows its own, the server says UTC.
#[component]
fn Hour(at: Moment) -> impl IntoView {
    let says = RwSignal::new(hour(at));
    Effect::new(move |_| {
        if let Some(own) = own_hour(at) {
            says.set(own);
        }
    });
    view! { <time datetime=iso(at)>{move || says.get()}</time> }
}

#[cfg(feature = "hydrate")]
fn own_hour(at: Moment) -> Option<String> {
    #[allow(clippy::cast_precision_loss)]
    let date = js_sys::Date::new(&(at.0 as f64).into());
    Some(format!("{:02}:{:02}", date.get_hours(), date.get_minutes()))
}

#[cfg(not(feature = "hydrate"))]
fn own_hour(_at: Moment) -> Option<String> {
    None
}
