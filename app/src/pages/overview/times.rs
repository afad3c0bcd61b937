use leptos::prelude::*;

use crate::{
    format::duration,
    model::{Took, Traffic},
    text,
    ui::Section,
};

/// How wide a bar can be.
const WIDE: f64 = 120.0;

/// As wide as that, in milliseconds: a day.
const LONGEST: f64 = 86_400_000.0;

/// How long it takes to answer and to deliver.
#[component]
pub fn Times(traffic: Traffic) -> impl IntoView {
    let rows = [
        (text!(traffic.acknowledged), traffic.acknowledged),
        (text!(traffic.to_portal), traffic.inbound),
        (text!(traffic.to_customer), traffic.outbound),
    ];
    let rows = rows.into_iter().map(|(name, took)| {
        view! {
            <tr>
                <th scope="row">{name}{took.map(bar)}</th>
                <td class="end">{within(took.map(|took| took.half))}</td>
                <td class="end">{within(took.map(|took| took.most))}</td>
            </tr>
        }
    });
    view! {
        <Section title=text!(traffic.times) hint=text!(traffic.times_hint)>
            <table class="plain-table">
                <caption class="sr-only">{text!(traffic.times)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(traffic.what)}</th>
                        <th scope="col" class="end">{key("half")}{text!(traffic.half)}</th>
                        <th scope="col" class="end">{key("most")}{text!(traffic.most)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </Section>
    }
}

/// The colour of a column's bars.
fn key(kind: &'static str) -> impl IntoView {
    view! {
        <svg class="chart-key" aria-hidden="true" focusable="false" viewBox="0 0 12 12" width="10" height="10">
            <rect class="chart-bar" data-kind=kind width="12" height="12" rx="2" />
        </svg>
    }
}

/// A bound, or a dash where nothing was measured.
fn within(ms: Option<u32>) -> String {
    match ms {
        Some(ms) => format!("≤\u{202f}{}", duration(ms)),
        None => "–".to_owned(),
    }
}

/// Both on a scale on which each step is ten times the last: milliseconds and hours fit beside each other.
fn bar(took: Took) -> impl IntoView {
    view! {
        <svg class="chart-line" aria-hidden="true" focusable="false" viewBox="0 0 120 4" preserveAspectRatio="none">
            <rect class="chart-bar" data-kind="most" width=wide(took.most) height="4" />
            <rect class="chart-bar" data-kind="half" width=wide(took.half) height="4" />
        </svg>
    }
}

fn wide(ms: u32) -> String {
    let part = f64::from(ms.max(1)).ln() / LONGEST.ln();
    format!("{:.1}", (part * WIDE).clamp(2.0, WIDE))
}

#[cfg(test)]
mod tests {
    use super::wide;

    #[test]
    fn a_bar_is_seen_and_no_wider_than_its_place() {
        assert_eq!(wide(0), "2.0");
        assert_eq!(wide(86_400_000), "120.0");
        assert_eq!(wide(u32::MAX), "120.0");
        assert_eq!(wide(9_295), "60.0");
    }
}
