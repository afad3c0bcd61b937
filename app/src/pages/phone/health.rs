use leptos::prelude::*;

use crate::{
    base::at,
    model::{Check, CheckState, Moment, PhoneDetail},
    pages::checks::check_text,
    text,
    ui::{Ago, CheckLine, Icon, IconName, Section, check_parts},
};

/// Where something is mended.
enum Mend {
    /// On a page of the panel: its path and what the button says.
    Here(String, String),
    /// In Meta's own manager: nothing of ours changes it.
    Meta,
}

/// Meta's page with the quality and the limits of all numbers.
const MANAGER: &str = "https://business.facebook.com/wa/manage/phone-numbers/";

/// How the phone is, line by line: what, how it stands, why we say so and since when, where it is mended.
#[component]
pub fn Health(phone: PhoneDetail) -> impl IntoView {
    let waba = format!("/wabas/{}", phone.waba);
    let portal = phone.portal.map(|id| format!("/portals/{id}"));
    let found = |name: &str| {
        let found = phone.checks.iter().find(|check| check.name == name);
        found.cloned().unwrap_or_else(|| never(name))
    };
    let line = |name: &str, label: String, mend: Option<Mend>| {
        checked(found(name), label, mend).into_any()
    };
    let to_waba = || Some(Mend::Here(waba.clone(), text!(phone.mend.waba)));
    let to_webhook = || {
        let place = format!("{waba}#webhook");
        Some(Mend::Here(place, text!(phone.mend.webhook)))
    };
    let to_token = || {
        let place = format!("{waba}/edit");
        Some(Mend::Here(place, text!(phone.mend.token)))
    };
    let to_portal = || {
        let place = portal.clone()?;
        Some(Mend::Here(place, text!(phone.mend.portal)))
    };
    let to_line = || {
        let place = format!("/phones/{}/line", phone.row.id);
        Some(Mend::Here(place, text!(phone.other_line)))
    };
    let linked = portal.is_some();
    let connector = linked.then(|| line("connector", text!(phone.health.connector), to_line()));
    let at_meta = [
        line("subscribed", text!(phone.health.subscribed), to_waba()),
        line("token", text!(phone.health.token), to_token()),
        line("registered", text!(phone.health.registered), to_waba()),
        line("quality", text!(phone.health.quality), Some(Mend::Meta)),
        line("limit", text!(phone.health.limit), Some(Mend::Meta)),
    ];
    let at_portal = linked.then(|| {
        [
            line(
                "portal_token",
                text!(phone.health.portal_token),
                to_portal(),
            ),
            line("events", text!(phone.health.events), to_portal()),
        ]
    });
    let sms = (linked && phone.row.sms_service)
        .then(|| line("sms", text!(phone.health.sms), to_portal()));
    // Calling is nobody's business until somebody uses it.
    let calls = ["calling", "sip"].into_iter().filter_map(|name| {
        let found = phone.checks.iter().find(|check| check.name == name)?;
        let label = match name {
            "calling" => text!(phone.health.calling),
            _ => text!(phone.health.sip),
        };
        let place = format!("/phones/{}/calling", phone.row.id);
        let mend = Some(Mend::Here(place, text!(phone.mend.calling)));
        Some(checked(found.clone(), label, mend).into_any())
    });
    let calls: Vec<AnyView> = calls.collect();
    let verified = seen(
        text!(phone.health.verified),
        phone.verified_at,
        text!(phone.health.verified_yes),
        text!(phone.health.verified_no),
        to_webhook(),
    );
    let heard = seen(
        text!(phone.health.heard),
        phone.heard_at,
        text!(phone.health.heard_yes),
        text!(phone.health.heard_no),
        to_webhook(),
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
                {sms}
                {calls}
                {last_in}
                {last_out}
            </ul>
        </Section>
    }
}

/// A finding as a line, with the place where it is mended when it is not well. What was never checked has
/// nothing to mend yet: "Check now" stands below.
fn checked(check: Check, label: String, mend: Option<Mend>) -> impl IntoView {
    let sentence = check_text(&check);
    let mend = mend.filter(|_| check.state != CheckState::Ok && check.code != "never");
    match mend {
        Some(mend) => view! {
            <CheckLine label=label sentence=sentence check=check>{button(mend)}</CheckLine>
        }
        .into_any(),
        None => view! { <CheckLine label=label sentence=sentence check=check /> }.into_any(),
    }
}

fn button(mend: Mend) -> impl IntoView {
    match mend {
        Mend::Here(path, words) => view! { <a class="button" href=at(&path)>{words}</a> }.into_any(),
        Mend::Meta => view! {
            <a class="button" href=MANAGER target="_blank" rel="noopener">{text!(phone.mend.manager)}</a>
        }
        .into_any(),
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
    mend: Option<Mend>,
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
                {mend.map(|mend| view! { <div class="health-mend">{button(mend)}</div> })}
            </div>
            <span class="health-word">{word}</span>
        </li>
    }
}
