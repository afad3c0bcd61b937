use leptos::prelude::*;

use crate::{
    model::CallingError,
    text,
    ui::{Ago, Icon, IconName, Tone},
};

/// Where Meta explains what goes wrong with calls.
const TROUBLESHOOTING: &str =
    "https://developers.facebook.com/docs/whatsapp/cloud-api/calling/troubleshooting/";

/// The Error field: what failed and is not solved, what it means and what to do now.
#[component]
pub fn ErrorField(error: Option<CallingError>) -> impl IntoView {
    let (tone, icon, word) = match error {
        Some(_) => (Tone::Failed, IconName::Failed, text!(health.failed)),
        // That there is none is said already.
        None => (Tone::Ok, IconName::Ok, String::new()),
    };
    let says = match error {
        Some(error) => told(error).into_any(),
        None => view! { <p>{text!(calling.error.none)}</p> }.into_any(),
    };
    view! {
        <li class="health" data-tone=tone.as_str()>
            <Icon name=icon />
            <div role="group" aria-label=text!(calling.error.title)>
                <p class="health-name"><strong>{text!(calling.error.title)}</strong></p>
                {says}
            </div>
            <span class="health-word">{word}</span>
        </li>
    }
}

fn told(error: CallingError) -> impl IntoView {
    let is_known = !error.means.is_empty() || !error.remedy.is_empty();
    let code = if error.code.is_empty() {
        text!(calling.error.no_code).into_any()
    } else {
        view! { <code>{error.code.clone()}</code> }.into_any()
    };
    let guide = (!error.code.is_empty() && is_known).then(|| {
        let href = format!("/guide/calling#{}", error.code);
        view! { <a href=href target="_blank" rel="noopener">{text!(calling.error.guide)}</a> }
    });
    let part = |label: String, words: String| {
        (!words.is_empty()).then(|| view! { <p><strong>{label}":"</strong>" "{words}</p> })
    };
    let means = part(text!(calling.error.means), error.means);
    let remedy = part(text!(calling.error.remedy), error.remedy);
    view! {
        <p>
            {text!(calling.error.code)}" "{code}
            <span class="muted">" · "{text!(calling.error.since)}" "<Ago at=error.at /></span>
        </p>
        <p><span class="muted">{text!(calling.error.said)}":"</span>" "<q>{error.said}</q></p>
        {means}
        {remedy}
        {(!is_known).then(|| view! { <p>{text!(calling.error.unknown)}</p> })}
        <p class="error-links">
            {guide}
            <a href=TROUBLESHOOTING target="_blank" rel="noopener">{text!(calling.error.meta)}</a>
        </p>
    }
}
