//! The last days as bars.

use leptos::prelude::*;

use crate::{
    format::{self, number},
    model::CallDay,
    text,
    ui::{Bar, Chart, ChartWords, Section, Series},
};

/// Calls by day and outcome.
#[component]
pub fn CallsChart(days: Vec<CallDay>) -> impl IntoView {
    let sum = |part: fn(&CallDay) -> u32| number(days.iter().map(part).sum());
    let label = text!(
        calls.chart.label,
        answered = sum(|day| day.answered),
        missed = sum(|day| day.missed),
        failed = sum(|day| day.failed)
    );
    let series = [
        ("answered", text!(calls.chart.answered), false),
        ("missed", text!(calls.chart.missed), false),
        ("failed", text!(calls.chart.failed), true),
    ];
    let series = series.map(|(kind, words, marked)| Series {
        kind,
        words,
        marked,
    });
    let bars: Vec<Bar> = days
        .iter()
        .map(|day| {
            let name = format::day(day.day);
            Bar {
                short: name.chars().skip(8).collect(),
                name,
                amounts: vec![day.answered, day.missed, day.failed],
            }
        })
        .collect();
    let words = ChartWords {
        label,
        title: text!(calls.chart.title),
        row: text!(calls.chart.day),
        none: text!(calls.chart.none),
    };
    view! {
        <Section title=text!(calls.chart.title)>
            <Chart series=series.into() bars=bars words=words />
        </Section>
    }
}
