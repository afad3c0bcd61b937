use leptos::prelude::*;

use super::words::{outcome_parts, way_parts};
use crate::{
    model::CallRow,
    text,
    ui::{Ago, Badge, CopyCode, Icon, IconName, Tone},
};

/// One call in the list.
pub fn row(call: CallRow) -> impl IntoView {
    let (tone, icon, word) = outcome_parts(call.outcome);
    let (way_icon, way) = way_parts(call.direction);
    let named = call.name.is_some();
    let who = call.name.unwrap_or_else(|| call.customer.clone());
    let number = named.then_some(call.customer);
    let bare = call.duration.is_none();
    let talked = call.duration.map_or_else(|| "–".to_owned(), clock);
    let in_crm = call.in_crm.then(|| {
        view! { <Badge tone=Tone::Neutral icon=IconName::Portal label=text!(calls.in_crm) /> }
    });
    view! {
        <tr>
            <td class="firm" data-label=text!(calls.customer)>
                <span class="stack">
                    <strong>{who}</strong>
                    {number.map(|number| view! { <span class="muted figures-tabular">{number}</span> })}
                    <span class="muted call-way"><Icon name=way_icon />{way}</span>
                </span>
            </td>
            <td data-label=text!(calls.outcome)>
                <span class="stack">
                    <Badge tone=tone icon=icon label=word />
                    {in_crm}
                    {call.error.map(|error| view! { <span class="reason">{error}</span> })}
                </span>
            </td>
            <td class="firm" data-label=text!(calls.phone)>{call.phone}</td>
            <td data-label=text!(calls.id)><CopyCode value=call.wacid short=true /></td>
            <td class="end" data-label=text!(calls.duration) data-bare=bare.then_some("true")>{talked}</td>
            <td data-label=text!(calls.started)><Ago at=call.started_at /></td>
        </tr>
    }
}

/// Seconds as a clock shows them: `1:05`, `1:00:00`.
fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn a_talk_is_told_as_by_a_clock() {
        assert_eq!(clock(5), "0:05");
        assert_eq!(clock(65), "1:05");
        assert_eq!(clock(3_600), "1:00:00");
    }
}
