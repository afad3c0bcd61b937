use leptos::prelude::*;

use crate::{
    base::at,
    format::number,
    model::{FailureCause, Traffic},
    text,
    ui::Section,
};

/// How wide a bar can be.
const WIDE: u64 = 120;

/// What failed in the last 24 hours, and why.
#[component]
pub fn Failures(traffic: Traffic) -> impl IntoView {
    let highest = traffic.failures.iter().map(|cause| cause.count).max();
    let Some(highest) = highest else {
        return view! {
            <Section title=text!(traffic.failures)>
                <p class="muted">{text!(traffic.none_failed)}</p>
            </Section>
        }
        .into_any();
    };
    let others = (traffic.other_failures > 0).then(|| {
        view! { <li class="muted">{text!(traffic.other_failures, count = traffic.other_failures)}</li> }
    });
    let causes = traffic.failures.into_iter();
    view! {
        <Section title=text!(traffic.failures)>
            <ul class="causes">
                {causes.map(|cause| line(cause, highest)).collect_view()}
                {others}
            </ul>
            <p><a href=at("/deliveries?state=failed")>{text!(traffic.to_failed)}</a></p>
        </Section>
    }
    .into_any()
}

fn line(cause: FailureCause, highest: u32) -> impl IntoView {
    let wide = u64::from(cause.count) * WIDE / u64::from(highest.max(1));
    let code = if cause.why.code.is_empty() {
        text!(traffic.no_code)
    } else {
        cause.why.code
    };
    view! {
        <li>
            <svg class="chart-times" aria-hidden="true" focusable="false" viewBox="0 0 120 12" width="120" height="12">
                <rect class="chart-bar" data-kind="failed" width=wide.max(2) height="12" rx="2" />
            </svg>
            <span><strong>{number(cause.count)}</strong>" × "<code>{code}</code>" "<span class="muted">{cause.why.text}</span></span>
        </li>
    }
}
