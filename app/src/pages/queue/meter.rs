//! A destination as a small picture. Whoever does not see it has the same as words beside it.

use leptos::prelude::*;

use crate::{
    format::now,
    model::{DestinationRow, Moment},
    text,
};

/// How wide the picture is.
const WIDE: u32 = 160;
/// How wide the bucket is.
const BUCKET: u32 = 60;

/// How full the pace bucket is; under it how long the oldest has waited, and how long the rest will take.
#[component]
pub fn Meter(row: DestinationRow) -> impl IntoView {
    let full = BUCKET * row.bucket.min(100) / 100;
    let label = format!(
        "{} {}",
        text!(queue.destination.picture, bucket = row.bucket),
        text!(queue.destination.picture_line)
    );
    let line = move || {
        let now = now();
        let behind = row.oldest_at.map_or(0, |at| now.since(at).max(0));
        let ahead = row.finish_at.map_or(0, |at| at.since(now).max(0));
        let waited = part(behind, ahead);
        let known = row.finish_at.is_some();
        (row.waiting > 0).then(|| {
            view! {
                <rect class="meter-waited" x="0" y="18" width=waited height="8" rx="2" />
                <rect
                    class="meter-ahead"
                    data-known=known.to_string()
                    x=waited
                    y="18"
                    width=WIDE - waited
                    height="8"
                    rx="2"
                />
                <path class="meter-now" d=format!("M{waited} 14V30") />
            }
        })
    };
    view! {
        <svg class="meter" role="img" aria-label=label viewBox=format!("0 0 {WIDE} 32") width=WIDE height="32">
            <rect class="meter-bucket" x="0.5" y="0.5" width=BUCKET height="9" rx="2" />
            <rect class="meter-level" x="0.5" y="0.5" width=full height="9" rx="2" />
            <path class="meter-ground" d=format!("M0 22H{WIDE}") />
            {line}
        </svg>
    }
}

/// Where "now" stands between the oldest and the end.
fn part(behind: i64, ahead: i64) -> u32 {
    let all = behind.saturating_add(ahead).max(1);
    let wide = i64::from(WIDE);
    let part = behind.saturating_mul(wide).checked_div(all).unwrap_or(wide);
    u32::try_from(part.clamp(2, wide - 2)).unwrap_or(WIDE / 2)
}

/// When it will be over, as far as anybody knows.
pub(super) fn finish(row: &DestinationRow) -> Option<Moment> {
    row.finish_at.filter(|_| row.waiting > 0)
}

#[cfg(test)]
mod tests {
    use super::{WIDE, part};

    #[test]
    fn now_stands_between_the_oldest_and_the_end_and_both_are_seen() {
        assert_eq!(part(10, 10), WIDE / 2);
        assert_eq!(part(0, 1000), 2);
        assert_eq!(part(1000, 0), WIDE - 2);
        assert_eq!(part(0, 0), 2);
        assert_eq!(part(i64::MAX, 1), 2);
    }
}
