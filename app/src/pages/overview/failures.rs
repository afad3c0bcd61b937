use leptos::prelude::*;

use crate::{
    base::at,
    format::number,
    model::{DeliveryFilter, FailureCause, PageQuery, StateFilter, Traffic},
    text,
    ui::{Section, address},
};

/// How wide the bar of all failures would be, in steps.
const WIDE: u64 = 120;

/// What failed in the last 24 hours, and why.
#[component]
pub fn Failures(traffic: Traffic) -> impl IntoView {
    let counts = traffic.failures.iter().map(|cause| cause.count);
    let all = counts.fold(traffic.other_failures, u32::saturating_add);
    if all == 0 {
        return view! {
            <Section title=text!(traffic.failures)>
                <p class="muted">{text!(traffic.none_failed)}</p>
            </Section>
        }
        .into_any();
    }
    let others = (traffic.other_failures > 0).then(|| {
        view! { <li class="cause muted">{text!(traffic.other_failures, count = traffic.other_failures)}</li> }
    });
    let causes = traffic.failures.into_iter();
    view! {
        <Section title=text!(traffic.failures)>
            <ul class="causes">
                {causes.map(|cause| line(cause, all)).collect_view()}
                {others}
            </ul>
            <p><a href=at("/deliveries/dead")>{text!(queue.dead.to_list)}</a></p>
        </Section>
    }
    .into_any()
}

fn line(cause: FailureCause, all: u32) -> impl IntoView {
    let wide = u64::from(cause.count) * WIDE / u64::from(all.max(1));
    let (code, words) = (cause.why.code, cause.why.text);
    // What has no code cannot be asked for by it.
    let (name, href) = if code.is_empty() {
        (text!(traffic.no_code), at("/deliveries?state=failed"))
    } else {
        let filter = DeliveryFilter {
            state: StateFilter::Failed,
            cause: code.clone(),
            ..DeliveryFilter::default()
        };
        let query = PageQuery::default().with_filter(filter);
        (code, address("/deliveries", &query))
    };
    view! {
        <li class="cause">
            <p class="cause-words"><a href=href><code>{name}</code></a>" "{words}</p>
            <p class="cause-count">{number(cause.count)}</p>
            <svg class="chart-line" aria-hidden="true" focusable="false" viewBox="0 0 120 4" preserveAspectRatio="none">
                <rect class="chart-bar" data-kind="failed" width=wide.max(2) height="4" />
            </svg>
        </li>
    }
}
