//! Cards of a page and what stands in them.

use leptos::prelude::*;

use super::{CopyCode, Icon, IconName, Tone};
use crate::{base::at, text};

/// A card with a title.
#[component]
pub fn Section(
    #[prop(into)] title: String,
    /// A line under the title.
    #[prop(optional, into)]
    hint: Option<String>,
    children: Children,
) -> impl IntoView {
    let label = title.clone();
    view! {
        <section class="card" aria-label=label>
            <header class="card-head">
                <h2>{title}</h2>
                {hint.map(|hint| view! { <p class="muted">{hint}</p> })}
            </header>
            <div class="card-body">{children()}</div>
        </section>
    }
}

/// A named value on a line of its own.
#[component]
pub fn Fact(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// A value to copy, with its name; as wide as there is room.
#[component]
pub fn CopyLine(#[prop(into)] label: String, #[prop(into)] value: String) -> impl IntoView {
    view! {
        <div class="copy-line">
            <span class="copy-line-label">{label}</span>
            <CopyCode value=value />
        </div>
    }
}

/// A sentence about the page as a whole.
#[component]
pub fn Banner(tone: Tone, children: Children) -> impl IntoView {
    let icon = match tone {
        Tone::Ok => IconName::Ok,
        Tone::Attention => IconName::Attention,
        Tone::Failed => IconName::Failed,
        Tone::Unknown | Tone::Neutral => IconName::Unknown,
    };
    view! {
        <div class="notice banner" data-tone=tone.as_str() role="status">
            <Icon name=icon />
            <div>{children()}</div>
        </div>
    }
}

/// A link to the guide's place, in a tab of its own.
#[component]
pub fn GuideLink(
    /// The heading's place in the English guide; the Russian one begins at its top.
    #[prop(optional)]
    place: &'static str,
) -> impl IntoView {
    let href = if place.is_empty() || crate::i18n::language() != crate::i18n::Language::en {
        "/guide".to_owned()
    } else {
        format!("/guide#{place}")
    };
    view! { <a class="guide-link" href=href target="_blank" rel="noopener">{text!(form.guide)}</a> }
}

/// The main thing that can be done on a page.
#[component]
pub fn PrimaryLink(#[prop(into)] path: String, #[prop(into)] label: String) -> impl IntoView {
    view! { <a class="button primary" href=at(&path)>{label}</a> }
}
