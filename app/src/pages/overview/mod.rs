//! The first page: what is connected, whether it is healthy, what moved today.

mod destinations;
mod failures;
mod numbers;
mod summary;
mod times;
mod traffic;

use leptos::prelude::*;

use self::{
    destinations::DestinationsNews, numbers::Numbers, summary::Summary, traffic::TrafficCharts,
};
use crate::{
    api::{overview_read, traffic_read},
    base::at,
    live::{Topic, use_live},
    model::Overview,
    read::reading,
    text,
    ui::{Empty, Failure, HealthLine, IconName, Loading, PageHead, Place},
};

/// What is connected, whether it is healthy, what moved today.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let version = use_live().version(Topic::Overview);
    let overview = reading(move || version.get(), |_| overview_read());
    let traffic = reading(move || version.get(), |_| traffic_read());
    view! {
        <PageHead title=text!(overview.title) />
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || {
                Suspend::new(async move {
                    match overview.await {
                        Ok(read) if !is_connected(&read) => nothing().into_any(),
                        Ok(read) => full(read).into_any(),
                        Err(problem) => {
                            view! { <Failure problem=problem retry=Callback::new(move |()| overview.refetch()) /> }.into_any()
                        }
                    }
                })
            }}
        </Transition>
        <Transition fallback=|| view! { <Loading lines=6 /> }>
            {move || {
                Suspend::new(async move {
                    match (overview.await, traffic.await) {
                        (Ok(read), Ok(traffic)) if is_connected(&read) => view! { <TrafficCharts traffic=traffic /> }.into_any(),
                        // What is wrong with the overview is said above.
                        (Ok(_), Ok(_)) | (Err(_), _) => ().into_any(),
                        (Ok(_), Err(problem)) => {
                            view! { <Failure problem=problem retry=Callback::new(move |()| traffic.refetch()) /> }.into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
}

fn is_connected(read: &Overview) -> bool {
    read.wabas + read.phones + read.portals > 0
}

fn nothing() -> impl IntoView {
    view! {
        <Empty icon=IconName::Portal title=text!(overview.empty_title) hint=text!(overview.empty_hint) href="/wabas/new" action=text!(phone.no_waba_action) guide=Place::Top />
    }
}

fn full(read: Overview) -> impl IntoView {
    let connections = read.connections.clone();
    let news = read.destinations.clone();
    let more = (read.more > 0).then(|| {
        view! { <a class="card-foot" href=at("/phones")>{text!(overview.more, count = read.more)}</a> }
    });
    let counts = format!(
        "{} · {} · {}",
        text!(overview.wabas, count = read.wabas),
        text!(overview.phones, count = read.phones),
        text!(overview.portals, count = read.portals),
    );
    view! {
        <Summary read=read.clone() />
        <Numbers read=read />
        <DestinationsNews news=news />
        <section class="card" aria-labelledby="connections">
            <header class="card-head">
                <h2 id="connections">{text!(overview.connections)}</h2>
                <p class="muted">{counts}</p>
            </header>
            <ul class="health-list">
                {connections.into_iter().map(|connection| view! { <HealthLine connection=connection /> }).collect_view()}
            </ul>
            {more}
        </section>
    }
}
