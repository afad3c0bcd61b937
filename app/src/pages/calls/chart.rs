//! The last days as bars. Whoever does not see them has the same numbers in a table.

use leptos::prelude::*;

use crate::{
    format::{iso, number},
    model::{CallDay, Moment},
    text,
    ui::Section,
};

/// A bar and the gap after it.
const STEP: u32 = 30;
/// How wide a bar is.
const BAR: u32 = 20;
/// How high the highest bar is.
const HIGH: u32 = 96;
/// Where bars stand.
const GROUND: u32 = 104;

/// Calls by day and outcome.
#[component]
pub fn Chart(days: Vec<CallDay>) -> impl IntoView {
    let sum = |part: fn(&CallDay) -> u32| number(days.iter().map(part).sum());
    let answered = sum(|day| day.answered);
    let missed = sum(|day| day.missed);
    let failed = sum(|day| day.failed);
    let highest = days.iter().map(total).max().unwrap_or_default();
    let label = text!(
        calls.chart.label,
        answered = answered.clone(),
        missed = missed.clone(),
        failed = failed.clone()
    );
    let bars = (highest > 0).then(|| bars(&days, highest, label));
    let legend = [
        ("answered", text!(calls.chart.answered), answered),
        ("missed", text!(calls.chart.missed), missed),
        ("failed", text!(calls.chart.failed), failed),
    ];
    let legend = legend.map(|(kind, words, count)| {
        view! {
            <li>
                <svg class="chart-key" aria-hidden="true" focusable="false" viewBox="0 0 12 12" width="12" height="12">
                    <rect class="chart-bar" data-kind=kind width="12" height="12" rx="2" />
                    {marked(kind).then(|| view! { <path class="chart-mark" d="M0 12L12 0" /> })}
                </svg>
                <span>{words}" "<strong>{count}</strong></span>
            </li>
        }
    });
    let body = match bars {
        Some(bars) => view! {
            {bars}
            <ul class="chart-legend">{legend.collect_view()}</ul>
            {table(days)}
        }
        .into_any(),
        None => view! { <p class="muted">{text!(calls.chart.none)}</p> }.into_any(),
    };
    view! { <Section title=text!(calls.chart.title)>{body}</Section> }
}

fn total(day: &CallDay) -> u32 {
    day.answered + day.missed + day.failed
}

/// Kinds that are told apart by more than their colour.
fn marked(kind: &str) -> bool {
    kind == "failed"
}

/// The day of a date.
fn date(at: Moment) -> String {
    iso(at).chars().take(10).collect()
}

fn bars(days: &[CallDay], highest: u32, label: String) -> impl IntoView + use<> {
    let width = STEP * u32::try_from(days.len()).unwrap_or_default();
    let bars = days.iter().zip(0_u32..).map(|(day, place)| {
        let left = place * STEP + (STEP - BAR) / 2;
        let mut ground = GROUND;
        let kinds = [
            ("answered", day.answered),
            ("missed", day.missed),
            ("failed", day.failed),
        ];
        let parts = kinds.map(|(kind, count)| {
            let high = height(count, highest);
            ground -= high;
            let strike = format!("M{left} {}L{} {ground}", ground + high, left + BAR);
            (high > 0).then(|| {
                view! {
                    <rect class="chart-bar" data-kind=kind x=left y=ground width=BAR height=high />
                    {marked(kind).then(|| view! { <path class="chart-mark" d=strike /> })}
                }
            })
        });
        let day_of_month: String = date(day.day).chars().skip(8).collect();
        view! {
            <g>
                {parts.into_iter().collect_view()}
                <text class="chart-day" x=left + BAR / 2 y=GROUND + 14 text-anchor="middle">{day_of_month}</text>
            </g>
        }
    });
    view! {
        <svg class="chart" role="img" aria-label=label viewBox=format!("0 0 {width} {}", GROUND + 20)>
            <path class="chart-ground" d=format!("M0 {GROUND}H{width}") />
            {bars.collect_view()}
        </svg>
    }
}

/// How high a part stands; what is there at all is seen.
fn height(count: u32, highest: u32) -> u32 {
    let high = u64::from(count) * u64::from(HIGH) / u64::from(highest.max(1));
    let high = u32::try_from(high).unwrap_or(HIGH).min(HIGH);
    if count > 0 { high.max(2) } else { 0 }
}

fn table(days: Vec<CallDay>) -> impl IntoView {
    let rows = days.into_iter().map(|day| {
        view! {
            <tr>
                <th scope="row">{date(day.day)}</th>
                <td class="end" data-label=text!(calls.chart.answered)>{number(day.answered)}</td>
                <td class="end" data-label=text!(calls.chart.missed)>{number(day.missed)}</td>
                <td class="end" data-label=text!(calls.chart.failed)>{number(day.failed)}</td>
            </tr>
        }
    });
    view! {
        <details class="more">
            <summary>{text!(calls.chart.table)}</summary>
            <table class="table">
                <caption class="sr-only">{text!(calls.chart.title)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(calls.chart.day)}</th>
                        <th scope="col" class="end">{text!(calls.chart.answered)}</th>
                        <th scope="col" class="end">{text!(calls.chart.missed)}</th>
                        <th scope="col" class="end">{text!(calls.chart.failed)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::{HIGH, height};

    #[test]
    fn what_is_there_is_seen_and_nothing_is_higher_than_the_highest() {
        assert_eq!(height(0, 10), 0);
        assert_eq!(height(10, 10), HIGH);
        assert_eq!(height(1, 1_000), 2);
        assert_eq!(height(3, 0), HIGH);
    }
}
