//! The numbers Meta lists for a WABA.

use leptos::prelude::*;

use crate::{
    base::at,
    model::{WabaId, WabaNumber},
    text,
    ui::{CopyCode, Section},
};

/// Each number with its phone id, and the way to add it as a phone.
#[component]
pub fn WabaNumbers(waba: WabaId, numbers: Vec<WabaNumber>) -> impl IntoView {
    let lines = numbers
        .into_iter()
        .map(|number| line(waba, number))
        .collect_view();
    view! {
        <Section title=text!(waba.numbers.title) hint=text!(waba.numbers.hint)>
            <ul class="number-list">{lines}</ul>
        </Section>
    }
}

fn line(waba: WabaId, number: WabaNumber) -> impl IntoView {
    let action = match number.added {
        Some(phone) => view! {
            <a class="button" href=at(&format!("/phones/{phone}"))>{text!(waba.numbers.open)}</a>
        },
        None => view! {
            <a class="button" href=at(&format!("/phones/new?waba={waba}&number={}", number.phone_id))>
                {text!(waba.numbers.add)}
            </a>
        },
    };
    view! {
        <li class="number-line">
            <span class="stack">
                <span>
                    <strong class="figures-tabular">{number.phone}</strong>
                    {number.name.map(|name| view! { " "<span class="muted">{name}</span> })}
                </span>
                <CopyCode value=number.phone_id />
            </span>
            {action}
        </li>
    }
}
