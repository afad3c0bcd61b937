use leptos::prelude::*;

use super::{failures::Failures, times::Times};
use crate::{
    format::{day, hour, number},
    model::{Moment, Traffic, TrafficSpan},
    text,
    ui::{Bar, Chart, ChartWords, Section, Series},
};

/// Hours between two that are named under their bars.
const NAMED: usize = 3;

/// Messages by hour and day, how long they take, what fails.
#[component]
pub fn TrafficCharts(traffic: Traffic) -> impl IntoView {
    if traffic.is_empty() {
        return view! {
            <Section title=text!(traffic.title)>
                <p class="muted">{text!(traffic.empty)}</p>
            </Section>
        }
        .into_any();
    }
    let hours = bars(&traffic.hours, |place, at| {
        let name = hour(at);
        let short = name.chars().take(2).collect();
        (
            name,
            if place % NAMED == 0 {
                short
            } else {
                String::new()
            },
        )
    });
    let days = bars(&traffic.days, |_, at| {
        let name = day(at);
        let short = name.chars().skip(8).collect();
        (name, short)
    });
    let hour_words = words(
        &traffic.hours,
        text!(traffic.hours),
        text!(traffic.hour),
        text!(traffic.none_hours),
    );
    let day_words = words(
        &traffic.days,
        text!(traffic.days),
        text!(traffic.day),
        text!(traffic.none_days),
    );
    view! {
        <div class="charts">
            <Section title=text!(traffic.hours)>
                <Chart
                    series=series()
                    bars=hours
                    words=hour_words
                />
            </Section>
            <Section title=text!(traffic.days)>
                <Chart
                    series=series()
                    bars=days
                    words=day_words
                />
            </Section>
            <Times traffic=traffic.clone() />
            <Failures traffic=traffic />
        </div>
    }
    .into_any()
}

fn series() -> Vec<Series> {
    let kinds = [
        ("inbound", text!(overview.inbound)),
        ("outbound", text!(overview.outbound)),
    ];
    let kinds = kinds.into_iter().map(|(kind, words)| Series {
        kind,
        words,
        marked: false,
    });
    kinds.collect()
}

fn bars(spans: &[TrafficSpan], named: impl Fn(usize, Moment) -> (String, String)) -> Vec<Bar> {
    let spans = spans.iter().enumerate().map(|(place, span)| {
        let (name, short) = named(place, span.at);
        Bar {
            name,
            short,
            amounts: vec![span.inbound, span.outbound],
        }
    });
    spans.collect()
}

fn words(spans: &[TrafficSpan], title: String, row: String, none: String) -> ChartWords {
    let sum =
        |part: fn(&TrafficSpan) -> u32| number(spans.iter().map(part).fold(0, u32::saturating_add));
    let label = text!(
        traffic.label,
        title = title.clone(),
        inbound = sum(|span| span.inbound),
        outbound = sum(|span| span.outbound)
    );
    ChartWords {
        label,
        title,
        row,
        none,
    }
}
