use leptos::prelude::*;

use crate::{
    base::at,
    model::{Check, CheckState, Moment, PhoneDetail},
    pages::checks::check_text,
    text,
    ui::{Ago, CheckLine, Icon, IconName, Section, check_parts},
};

/// How the phone is, line by line: what, how it stands, why we say so and since when, where it is mended.
#[component]
pub fn Health(phone: PhoneDetail) -> impl IntoView {
    let waba = format!("/wabas/{}", phone.waba);
    let portal = phone.portal.map(|id| format!("/portals/{id}"));
    let found = |name: &str| {
        let found = phone.checks.iter().find(|check| check.name == name);
        found.cloned().unwrap_or_else(|| never(name))
    };
    let line = |name: &str, label: String, mend: Option<String>| {
        checked(found(name), label, mend).into_any()
    };
    let linked = portal.is_some();
    let connector = linked.then(|| line("connector", text!(phone.health.connector), None));
    let at_meta = [
        line(
            "subscribed",
            text!(phone.health.subscribed),
            Some(waba.clone()),
        ),
        line(
            "token",
            text!(phone.health.token),
            Some(format!("{waba}/edit")),
        ),
        line(
            "registered",
            text!(phone.health.registered),
            Some(waba.clone()),
        ),
        line("quality", text!(phone.health.quality), None),
        line("limit", text!(phone.health.limit), None),
    ];
    let at_portal = linked.then(|| {
        [
            line(
                "portal_token",
                text!(phone.health.portal_token),
                portal.clone(),
            ),
            line("events", text!(phone.health.events), portal.clone()),
        ]
    });
    let verified = seen(
        text!(phone.health.verified),
        phone.verified_at,
        text!(phone.health.verified_yes),
        text!(phone.health.verified_no),
        Some(waba.clone()),
    );
    let heard = seen(
        text!(phone.health.heard),
        phone.heard_at,
        text!(phone.health.heard_yes),
        text!(phone.health.heard_no),
        None,
    );
    let last_in = seen(
        text!(phone.health.last_in),
        phone.last_in,
        text!(phone.health.last_in_yes),
        text!(phone.health.last_none),
        None,
    );
    let last_out = seen(
        text!(phone.health.last_out),
        phone.last_out,
        text!(phone.health.last_out_yes),
        text!(phone.health.last_none),
        None,
    );
    view! {
        <Section title=text!(phone.health.title)>
            <ul class="health-list">
                {connector}
                {verified}
                {heard}
                {at_meta.into_iter().collect_view()}
                {at_portal.map(|lines| lines.into_iter().collect_view())}
                {last_in}
                {last_out}
            </ul>
        </Section>
    }
}

/// A finding as a line, with the place where it is mended when it is not well.
fn checked(check: Check, label: String, mend: Option<String>) -> impl IntoView {
    let sentence = check_text(&check);
    let mend = mend.filter(|_| check.state != CheckState::Ok);
    match mend {
        Some(path) => view! {
            <CheckLine label=label sentence=sentence check=check>
                <a class="button" href=at(&path)>{text!(phone.mend)}</a>
            </CheckLine>
        }
        .into_any(),
        None => view! { <CheckLine label=label sentence=sentence check=check /> }.into_any(),
    }
}

/// Something that was never checked.
fn never(name: &str) -> Check {
    Check {
        name: name.to_owned(),
        state: CheckState::Unknown,
        code: "never".to_owned(),
        args: std::collections::BTreeMap::default(),
        at: None,
    }
}

/// A sentence about something that was seen, or never was.
fn seen(
    label: String,
    when: Option<Moment>,
    yes: String,
    no: String,
    mend: Option<String>,
) -> impl IntoView {
    let state = if when.is_some() {
        CheckState::Ok
    } else {
        CheckState::Unknown
    };
    let (tone, icon, word): (_, IconName, _) = check_parts(state);
    let sentence = match when {
        Some(at) => view! { {yes}" "<Ago at=at /> }.into_any(),
        None => view! { {no} }.into_any(),
    };
    let mend = mend.filter(|_| when.is_none());
    view! {
        <li class="health" data-tone=tone.as_str()>
            <Icon name=icon />
            <div>
                <p class="health-name"><strong>{label}</strong></p>
                <p>{sentence}</p>
                {mend.map(|path| view! {
                    <div class="health-mend"><a class="button" href=at(&path)>{text!(phone.mend)}</a></div>
                })}
            </div>
            <span class="health-word">{word}</span>
        </li>
    }
}
