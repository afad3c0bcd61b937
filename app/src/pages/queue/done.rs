use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    text,
    ui::{Banner, Tone},
};

/// What came of a replay or a discard, on the page to which it leads.
#[component]
pub fn DoneNote() -> impl IntoView {
    let params = use_query_map();
    move || {
        let count =
            |name: &str| -> Option<u32> { params.with(|params| params.get(name)?.parse().ok()) };
        let (replayed, discarded) = (count("replayed"), count("discarded"));
        let (Some(done), left) = (replayed.or(discarded), count("left").unwrap_or_default()) else {
            return None;
        };
        let said = if replayed.is_some() {
            text!(queue.dead.replayed, count = done)
        } else {
            text!(queue.dead.discarded, count = done)
        };
        let more = count("more").map(|_| text!(queue.dead.more));
        let left = (left > 0).then(|| text!(queue.dead.left, count = left));
        let tone = if done > 0 { Tone::Ok } else { Tone::Attention };
        Some(view! {
            <Banner tone=tone>
                <p>{(done > 0 || left.is_none()).then_some(said)}" "{more}" "{left}</p>
            </Banner>
        })
    }
}
