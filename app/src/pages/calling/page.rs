use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    differences::{Drift, Servers},
    form::SettingsForm,
    health::Health,
    tabs::{Head, Tab, use_phone},
};
use crate::{
    api::{CallingCheck, CallingSettle, calling_find, calling_read},
    live::{Topic, use_live},
    model::CallingDetail,
    read::reading,
    text,
    ui::{Banner, Failure, Loading, SavedNote, Tone},
};

/// A phone's calling: how it stands, what failed and what to do, and the settings.
#[component]
pub fn CallingPage() -> impl IntoView {
    let id = use_phone();
    let version = use_live().version(Topic::Phones);
    let check = ServerAction::<CallingCheck>::new();
    let settle = ServerAction::<CallingSettle>::new();
    let (checked, settled) = (check.version(), settle.version());
    let state = reading(
        move || (id.get(), version.get(), checked.get(), settled.get()),
        |(id, ..)| calling_read(id),
    );
    // News do not touch what somebody types; what they asked for themselves does.
    let form = reading(
        move || (id.get(), checked.get(), settled.get()),
        |(id, ..)| calling_find(id),
    );
    let query = use_query_map();
    let differs = move || query.with(|query| query.get("differs").is_some());
    view! {
        <Head id=id here=Tab::Settings />
        <p class="lead muted">{text!(calling.lead)}</p>
        <SavedNote />
        {move || differs().then(|| view! {
            <Banner tone=Tone::Attention><p>{text!(calling.form.differs)}</p></Banner>
        })}
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match state.await {
                    Ok(detail) => stands(detail, check, settle).into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| state.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
        // Where it cannot be read at all, that is said once.
        <Transition>
            {move || Suspend::new(async move {
                form.await.ok().map(|shown| view! { <SettingsForm shown=shown /> })
            })}
        </Transition>
    }
}

fn stands(
    detail: CallingDetail,
    check: ServerAction<CallingCheck>,
    settle: ServerAction<CallingSettle>,
) -> impl IntoView {
    view! {
        <Health detail=detail.clone() check=check />
        <Drift detail=detail.clone() settle=settle />
        <Servers servers=detail.servers />
    }
}
