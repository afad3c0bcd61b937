use std::time::Duration;

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::text;

/// A code in mono with a button that copies it and says so.
#[component]
pub fn CopyCode(
    /// What is shown and copied.
    #[prop(into)]
    value: String,
    /// What is shown instead, when the whole is too long.
    #[prop(optional, into)]
    shown: Option<String>,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let shown = shown.unwrap_or_else(|| value.clone());
    let label = text!(copy.label, value = value.clone());
    let title = value.clone();
    let copy = move |_| {
        put_on_clipboard(&value);
        copied.set(true);
        set_timeout(
            move || {
                copied.try_set(false);
            },
            Duration::from_secs(2),
        );
    };
    let (done, idle) = (text!(copy.done), text!(copy.action));
    let word = move || {
        if copied.get() {
            done.clone()
        } else {
            idle.clone()
        }
    };
    view! {
        <span class="copy">
            <code title=title>{shown}</code>
            <button type="button" class="copy-button" aria-label=label data-done=move || copied.get().to_string() on:click=copy>
                <Icon name=Signal::derive(move || if copied.get() { IconName::Tick } else { IconName::Copy }) />
                <span class="copy-word" aria-live="polite">{word}</span>
            </button>
        </span>
    }
}

#[cfg(feature = "hydrate")]
fn put_on_clipboard(value: &str) {
    let _ = window().navigator().clipboard().write_text(value);
}

#[cfg(not(feature = "hydrate"))]
fn put_on_clipboard(_value: &str) {}
