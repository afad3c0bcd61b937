//! A destination as two small pictures with words beside them: how full its pace bucket is, and how far its queue is.

use leptos::prelude::*;

use crate::{
    format::now,
    model::{DestinationRow, DestinationState},
    text,
    ui::{Ago, Ahead},
};

/// How wide the queue's picture is.
const WIDE: u32 = 320;
/// The word "now" stays so far from its edges.
const EDGE: u32 = 24;

/// How full the pace bucket is.
#[component]
pub fn BucketBar(
    /// In percent.
    full: u32,
) -> impl IntoView {
    let full = full.min(100);
    view! {
        <span class="bucket">
            <svg class="bucket-bar" role="img" aria-label=text!(queue.destination.picture, bucket = full) viewBox="0 0 100 8" preserveAspectRatio="none">
                <rect class="meter-level" width=full height="8" />
            </svg>
            <span>{text!(queue.destination.of_limit, bucket = full)}</span>
        </span>
    }
}

/// How long the oldest has waited, and how long the rest will take; nothing where nothing waits.
#[component]
pub fn QueueLine(
    row: DestinationRow,
    /// There is room to say which mark is "now".
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    if row.waiting == 0 {
        return ().into_any();
    }
    let (oldest, finish) = (row.oldest_at, row.finish_at);
    let end = end(&row);
    let oldest_words = oldest.map(|at| {
        view! { <span>{text!(queue.destination.oldest)}" "<Ago at=at /></span> }
    });
    let bars = move || {
        let now = now();
        let behind = oldest.map_or(0, |at| now.since(at).max(0));
        let waited = part(behind, finish.map(|at| at.since(now).max(0)));
        let word = named.then(|| {
            let place = waited.clamp(EDGE, WIDE - EDGE);
            view! { <text class="meter-word" x=place y="-3" text-anchor="middle">{text!(queue.destination.now)}</text> }
        });
        view! {
            {word}
            <rect class="meter-waited" y="6" width=waited height="8" rx="2" />
            <rect class="meter-ahead" data-known=finish.is_some().to_string() x=waited y="6" width=WIDE - waited height="8" rx="2" />
            <path class="meter-now" d=format!("M{waited} 2V18") />
        }
    };
    // Letters are not stretched.
    let (top, high, fit) = if named {
        (-14, 34, "xMinYMid meet")
    } else {
        (0, 20, "none")
    };
    view! {
        <span class="queue-line">
            <svg
                class="queue-bar"
                data-named=named.then_some("")
                role="img"
                aria-label=text!(queue.destination.picture_line)
                viewBox=format!("0 {top} {WIDE} {high}")
                preserveAspectRatio=fit
            >
                {bars}
            </svg>
            <span class="queue-ends">{oldest_words}<span>{end}</span></span>
        </span>
    }
    .into_any()
}

/// When the queue is over, in words; where nobody can know, what it waits for.
fn end(row: &DestinationRow) -> impl IntoView + use<> {
    if let Some(at) = row.finish_at {
        return view! { {text!(queue.destination.finish)}" "<Ahead at=at /> }.into_any();
    }
    let words = match row.state {
        DestinationState::Runs => text!(queue.destination.finish_unknown),
        DestinationState::Rests { .. } => text!(queue.destination.finish_rests),
        DestinationState::Fails { .. } => text!(queue.destination.finish_fails),
        DestinationState::Held { .. } => text!(queue.destination.finish_held),
    };
    words.into_any()
}

/// Where "now" stands between the oldest and the end; near the end, where nobody knows it.
fn part(behind: i64, ahead: Option<i64>) -> u32 {
    let Some(ahead) = ahead else {
        return WIDE * 2 / 3;
    };
    let all = behind.saturating_add(ahead).max(1);
    let wide = i64::from(WIDE);
    let part = behind.saturating_mul(wide).checked_div(all).unwrap_or(wide);
    u32::try_from(part.clamp(2, wide - 2)).unwrap_or(WIDE / 2)
}

#[cfg(test)]
mod tests {
    use super::{WIDE, part};

    #[test]
    fn now_stands_between_the_oldest_and_the_end_and_both_are_seen() {
        assert_eq!(part(10, Some(10)), WIDE / 2);
        assert_eq!(part(0, Some(1000)), 2);
        assert_eq!(part(1000, Some(0)), WIDE - 2);
        assert_eq!(part(0, Some(0)), 2);
        assert_eq!(part(i64::MAX, Some(1)), 2);
        assert_eq!(part(i64::MAX, None), WIDE * 2 / 3);
    }
}
