//! How things of calling are called.

use leptos::prelude::*;

use crate::{
    model::{CheckState, TrunkReport, Weekday},
    text,
};

/// A step of the test of a server. What a newer server tests is called as it calls it.
pub fn step_name(name: &str) -> String {
    match name {
        "dns" => text!(calling.check.step.dns),
        "address" => text!(calling.check.step.address),
        "tcp" => text!(calling.check.step.tcp),
        "tls" => text!(calling.check.step.tls),
        "chain" => text!(calling.check.step.chain),
        "name" => text!(calling.check.step.name),
        "expiry" => text!(calling.check.step.expiry),
        "client_certificate" => text!(calling.check.step.client_certificate),
        "alpn" => text!(calling.check.step.alpn),
        "options" => text!(calling.check.step.options),
        "invite" => text!(calling.check.step.invite),
        other => other.to_owned(),
    }
}

/// How a test of a server ended.
pub enum Verdict {
    /// The name of the first step that is bad.
    Bad(String),
    /// Nothing is bad, and not all of it could be told.
    Unclear,
    /// All of it is well.
    Good,
}

/// How a test of a server ended, in one word.
pub fn verdict(report: &TrunkReport) -> Verdict {
    let first = |state| report.steps.iter().find(|step| step.check.state == state);
    if let Some(step) = first(CheckState::Bad) {
        Verdict::Bad(step_name(&step.check.name))
    } else if first(CheckState::Unknown).is_some() {
        Verdict::Unclear
    } else {
        Verdict::Good
    }
}

/// A setting by its path in Meta's object; its path where the form has no such field.
pub fn setting_name(field: &str) -> String {
    let first = field.split(['.', '[']).next().unwrap_or(field);
    match (field, first) {
        ("status", _) => text!(calling.health.calling),
        ("sip.status", _) => text!(calling.health.sip),
        ("sip.webhook_delivery", _) => text!(calling.form.webhooks),
        ("call_icon_visibility", _) => text!(calling.form.icon),
        ("callback_permission_status", _) => text!(calling.form.callback),
        ("srtp_key_exchange_protocol", _) => text!(calling.form.srtp),
        (_, "sip") => text!(calling.form.host),
        (_, "call_icons") => text!(calling.form.countries),
        (_, "audio") => text!(calling.form.codecs),
        (_, "call_hours") => text!(calling.hours.title),
        (_, "voicemail") => text!(calling.voicemail.title),
        (field, _) => field.to_owned(),
    }
}

/// A value as Meta writes it; a word for none.
pub fn valued(value: &str) -> AnyView {
    if value.is_empty() {
        view! { <span class="muted">{text!(calling.drift.nothing)}</span> }.into_any()
    } else {
        view! { <code>{value.to_owned()}</code> }.into_any()
    }
}

/// What happened.
pub fn event_name(kind: &str) -> String {
    match kind {
        "saved" => text!(calling.history.kind.saved),
        "failed" => text!(calling.history.kind.failed),
        "solved" => text!(calling.history.kind.solved),
        "drift" => text!(calling.history.kind.drift),
        "revealed" => text!(calling.history.kind.revealed),
        "rotated" => text!(calling.history.kind.rotated),
        "meta_changed" => text!(calling.history.kind.meta_changed),
        "restricted" => text!(calling.history.kind.restricted),
        "checked" => text!(calling.history.kind.checked),
        other => other.to_owned(),
    }
}

/// A day's name.
pub fn day_name(day: Weekday) -> String {
    match day {
        Weekday::Monday => text!(calling.hours.monday),
        Weekday::Tuesday => text!(calling.hours.tuesday),
        Weekday::Wednesday => text!(calling.hours.wednesday),
        Weekday::Thursday => text!(calling.hours.thursday),
        Weekday::Friday => text!(calling.hours.friday),
        Weekday::Saturday => text!(calling.hours.saturday),
        Weekday::Sunday => text!(calling.hours.sunday),
    }
}
