//! Amounts as bars that stand on each other. Whoever does not see them has the same numbers in a table.

use leptos::prelude::*;

use crate::{format::number, text};

/// How high the highest bar is.
const HIGH: u32 = 100;
/// How wide the place of a bar is; the picture is as wide as there is room, and all places share it.
const STEP: u32 = 10;
/// More bars than this stand closer.
const MANY: usize = 14;

/// What is drawn in one colour.
pub struct Series {
    /// Its colour's name in the style.
    pub kind: &'static str,
    /// Its name.
    pub words: String,
    /// Told apart by more than its colour.
    pub marked: bool,
}

/// What stands at one place.
pub struct Bar {
    /// Its name in the table.
    pub name: String,
    /// What stands under it; may be empty.
    pub short: String,
    /// How much there is of each series, from the ground up.
    pub amounts: Vec<u32>,
}

impl Bar {
    fn total(&self) -> u32 {
        let add = |sum: u32, amount: &u32| sum.saturating_add(*amount);
        self.amounts.iter().fold(0, add)
    }
}

/// What a chart says in words.
pub struct ChartWords {
    /// What it shows, for whoever does not see it.
    pub label: String,
    /// The table's name.
    pub title: String,
    /// What the table's rows are.
    pub row: String,
    /// Said where there is nothing to show.
    pub none: String,
}

/// Bars with their legend and table.
#[component]
pub fn Chart(series: Vec<Series>, bars: Vec<Bar>, words: ChartWords) -> impl IntoView {
    let highest = bars.iter().map(Bar::total).max().unwrap_or_default();
    if highest == 0 {
        return view! { <p class="muted">{words.none}</p> }.into_any();
    }
    let legend = series.iter().enumerate().map(|(place, one)| {
        let sum = bars.iter().filter_map(|bar| bar.amounts.get(place));
        let sum = sum.fold(0_u32, |sum, amount| sum.saturating_add(*amount));
        view! {
            <li>
                <svg class="chart-key" aria-hidden="true" focusable="false" viewBox="0 0 12 12" width="12" height="12">
                    <rect class="chart-bar" data-kind=one.kind width="12" height="12" rx="2" />
                    {one.marked.then(|| view! { <path class="chart-mark" d="M0 12L12 0" /> })}
                </svg>
                <span>{one.words.clone()}" "<strong>{number(sum)}</strong></span>
            </li>
        }
    });
    let names = bars.iter().map(|bar| {
        // Without a name a place is kept all the same.
        view! { <span>{bar.short.clone()}</span> }
    });
    let names = names.collect_view();
    view! {
        <div class="chart">
            <p class="chart-highest" aria-hidden="true">{number(highest)}</p>
            {picture(&series, &bars, highest, words.label)}
            <p class="chart-names" aria-hidden="true">{names}</p>
        </div>
        <ul class="chart-legend">{legend.collect_view()}</ul>
        {table(&series, &bars, words.title, words.row)}
    }
    .into_any()
}

/// The bars alone: they are stretched, so there are no letters among them.
fn picture(series: &[Series], bars: &[Bar], highest: u32, label: String) -> impl IntoView + use<> {
    let wide = if bars.len() > MANY { 7 } else { 5 };
    let width = STEP * u32::try_from(bars.len()).unwrap_or_default();
    let drawn = bars.iter().zip(0_u32..).map(|(bar, place)| {
        let left = place * STEP + (STEP - wide) / 2;
        let mut ground = HIGH;
        let parts = series.iter().zip(&bar.amounts).map(|(one, amount)| {
            let high = height(*amount, highest).min(ground);
            ground -= high;
            let strike = format!("M{left} {}L{} {ground}", ground + high, left + wide);
            (high > 0).then(|| {
                view! {
                    <rect class="chart-bar" data-kind=one.kind x=left y=ground width=wide height=high />
                    {one.marked.then(|| view! { <path class="chart-mark" d=strike /> })}
                }
            })
        });
        view! { <g>{parts.collect_view()}</g> }
    });
    view! {
        <svg class="chart-bars" role="img" aria-label=label viewBox=format!("0 0 {width} {HIGH}") preserveAspectRatio="none">
            {drawn.collect_view()}
        </svg>
    }
}

/// How high a part stands; what is there at all is seen.
fn height(count: u32, highest: u32) -> u32 {
    let high = u64::from(count) * u64::from(HIGH) / u64::from(highest.max(1));
    let high = u32::try_from(high).unwrap_or(HIGH).min(HIGH);
    if count > 0 { high.max(2) } else { 0 }
}

fn table(series: &[Series], bars: &[Bar], title: String, row: String) -> impl IntoView + use<> {
    let rows = bars.iter().map(|bar| {
        let cells = bar.amounts.iter().map(|amount| {
            view! { <td class="end">{number(*amount)}</td> }
        });
        view! {
            <tr>
                <th scope="row">{bar.name.clone()}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    let heads = series
        .iter()
        .map(|one| view! { <th scope="col" class="end">{one.words.clone()}</th> });
    view! {
        <details class="more">
            <summary>{text!(chart.table)}</summary>
            <table class="plain-table">
                <caption class="sr-only">{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{row}</th>
                        {heads.collect_view()}
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
