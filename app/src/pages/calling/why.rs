use leptos::prelude::*;

use super::{
    tabs::{Head, Tab, use_phone},
    why_words::{why_name, why_remedy, why_says},
};
use crate::{
    api::calling_why,
    live::{Topic, use_live},
    model::{Check, CheckState, WhyNoCall},
    read::reading,
    text,
    ui::{Badge, Banner, CheckLine, Failure, IconName, Loading, Section, Tone},
};

/// "Why did no call arrive?": everything that must be true, and the first thing that is not.
#[component]
pub fn CallingWhyPage() -> impl IntoView {
    let id = use_phone();
    let version = use_live().version(Topic::Phones);
    let found = reading(move || (id.get(), version.get()), |(id, _)| calling_why(id));
    view! {
        <Head id=id here=Tab::Why />
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(found) => full(found).into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| found.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

fn full(found: WhyNoCall) -> impl IntoView {
    let stops = found.stops.map(usize::from);
    let is_clear = found
        .checks
        .iter()
        .all(|check| check.state == CheckState::Ok);
    let (tone, says) = match stops.and_then(|place| found.checks.get(place)) {
        Some(check) => (
            Tone::Failed,
            format!("{}: {}.", text!(calling.why.stops), why_name(&check.name)),
        ),
        None if is_clear => (Tone::Ok, text!(calling.why.nothing)),
        None => (Tone::Unknown, text!(calling.why.unclear)),
    };
    let checks = found.checks.into_iter().enumerate();
    let checks = checks.map(move |(place, check)| line(check, stops == Some(place)));
    view! {
        <Banner tone=tone><p>{says}</p></Banner>
        <Section title=text!(calling.why.title) hint=text!(calling.why.hint)>
            <ol class="health-list">{checks.collect_view()}</ol>
        </Section>
    }
}

fn line(check: Check, is_first: bool) -> AnyView {
    let (label, sentence) = (why_name(&check.name), why_says(&check));
    if check.state == CheckState::Ok {
        return view! { <CheckLine label=label sentence=sentence check=check /> }.into_any();
    }
    let remedy = why_remedy(&check).map(|words| {
        view! { <p><strong>{text!(calling.why.remedy)}</strong>" "{words}</p> }
    });
    let badge = is_first.then(|| {
        view! { <Badge tone=Tone::Failed icon=IconName::Failed label=text!(calling.why.stops) /> }
    });
    view! {
        <CheckLine label=label sentence=sentence check=check>{badge}{remedy}</CheckLine>
    }
    .into_any()
}
