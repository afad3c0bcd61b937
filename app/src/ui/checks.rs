//! Findings of checks, as sentences with their time.

use leptos::prelude::*;

use super::{Ago, Icon, IconName, Tone};
use crate::{
    model::{Check, CheckState},
    text,
};

/// A check's state as tone, picture and word.
pub fn check_parts(state: CheckState) -> (Tone, IconName, String) {
    match state {
        CheckState::Ok => (Tone::Ok, IconName::Ok, text!(health.ok)),
        CheckState::Bad => (Tone::Failed, IconName::Failed, text!(health.failed)),
        CheckState::Unknown => (Tone::Unknown, IconName::Unknown, text!(health.unknown)),
    }
}

/// One finding: what, how it stands, why we say so and since when, and where it is mended.
#[component]
pub fn CheckLine(
    /// What was checked, in words.
    #[prop(into)]
    label: String,
    /// The finding in words.
    #[prop(into)]
    sentence: String,
    check: Check,
    /// A button or link that mends it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (tone, icon, word) = check_parts(check.state);
    let mend = children.map(|children| view! { <div class="health-mend">{children()}</div> });
    view! {
        <li class="health" data-tone=tone.as_str()>
            <Icon name=icon />
            <div>
                <p class="health-name"><strong>{label}</strong></p>
                <p>
                    {sentence}
                    {check.at.map(|at| view! { <span class="muted">" · "{text!(health.checked)}" "<Ago at=at /></span> })}
                </p>
                {mend}
            </div>
            <span class="health-word">{word}</span>
        </li>
    }
}

/// One step of something that is under way.
#[component]
pub fn Step(
    #[prop(into)] label: String,
    /// How it ended; none = not yet.
    state: Option<CheckState>,
    /// What was said about it.
    #[prop(optional, into)]
    sentence: Option<String>,
) -> impl IntoView {
    let (tone, icon) = match state {
        Some(CheckState::Ok) => (Tone::Ok, IconName::Ok),
        Some(CheckState::Bad) => (Tone::Failed, IconName::Failed),
        Some(CheckState::Unknown) => (Tone::Unknown, IconName::Unknown),
        None => (Tone::Neutral, IconName::Clock),
    };
    let word = match state {
        Some(state) => check_parts(state).2,
        None => text!(form.waiting),
    };
    view! {
        <li class="step" data-tone=tone.as_str()>
            <Icon name=icon />
            <div>
                <span>{label}</span>
                {sentence.map(|words| view! { <p class="muted">{words}</p> })}
            </div>
            <span class="health-word">{word}</span>
        </li>
    }
}
