//! What is otherwise at Meta, field by field.

use super::hours::today;
use super::own::Own;
use super::payload::{codecs, triggers};
use super::show::settings_of;
use super::wanted::{CallHours, CallingSettings, SipAddress, VoicemailSettings};
use crate::whatsapp::calling::{Calling, Icon, KeyExchange};
use app::model::{Difference, Srtp};

/// Where Meta differs from settings, by the paths of Meta's object. `now` is the moment by which holidays are over,
/// in milliseconds.
///
/// What is off is compared no further. Whether webhooks come is compared only where Meta tells it: the key is
/// unconfirmed.
pub fn differences(
    settings: &CallingSettings,
    calling: &Calling,
    app: Option<&str>,
    now: i64,
) -> Vec<Difference> {
    let host = settings.server.as_ref().map(|server| server.host.as_str());
    let own = Own { app, host };
    let mut theirs = settings_of(calling, own);
    if settings.server.is_none() {
        // None was named: whichever Meta has is right.
        theirs.server = None;
    }
    let told = calling.sip.as_ref().and_then(|sip| sip.webhooks);
    if told.is_none() || !settings.sip {
        theirs.webhooks = settings.webhooks;
    }
    let day = today(&settings.hours, now);
    let (ours, metas) = (settings.from_day(day), theirs.from_day(day));
    unequal((&ours, None), (&metas, calling))
}

/// What is otherwise at Meta than when it was read before: `ours` is what it had. A word of Meta's that is new here
/// is no change while it stays the same.
pub fn changed(before: &Calling, after: &Calling, own: Own<'_>, now: i64) -> Vec<Difference> {
    let (old, new) = (settings_of(before, own), settings_of(after, own));
    let day = today(&old.hours, now);
    let (old, new) = (old.from_day(day), new.from_day(day));
    unequal((&old, Some(before)), (&new, after))
}

fn unequal(
    (ours, our_words): (&CallingSettings, Option<&Calling>),
    (metas, calling): (&CallingSettings, &Calling),
) -> Vec<Difference> {
    let lines = shown(ours, our_words)
        .into_iter()
        .zip(shown(metas, Some(calling)));
    let mut found: Vec<Difference> = lines
        .filter(|((_, ours), (_, metas))| ours != metas)
        .map(|((field, ours), (_, metas))| Difference {
            field: field.to_owned(),
            ours,
            metas,
        })
        .collect();
    // What is off at both is the same, whatever else stands there.
    let is_off = |field: &str| match field.split('.').next() {
        Some("call_hours") => !ours.hours.on && !metas.hours.on,
        Some("voicemail") => !ours.voicemail.on && !metas.voicemail.on,
        _ => false,
    };
    found.retain(|one| !is_off(&one.field));
    found
}

/// Every field and its words; always the same fields in the same order. Words of Meta's that are new here stay.
fn shown(settings: &CallingSettings, calling: Option<&Calling>) -> Vec<(&'static str, String)> {
    let icon = match calling.and_then(|calling| calling.icon.as_ref()) {
        Some(Icon::Other(word)) => word.clone(),
        Some(Icon::Shown | Icon::Hidden) | None if settings.icon => "DEFAULT".to_owned(),
        Some(Icon::Shown | Icon::Hidden) | None => "DISABLE_ALL".to_owned(),
    };
    let srtp = match (
        calling.and_then(|calling| calling.key_exchange.as_ref()),
        settings.srtp,
    ) {
        (Some(KeyExchange::Other(word)), _) => word.clone(),
        (_, Srtp::Sdes) => "SDES".to_owned(),
        (_, Srtp::Dtls) => "DTLS".to_owned(),
    };
    let hours = &settings.hours;
    let other_codecs = calling.into_iter().flat_map(|calling| {
        let listed = calling.codecs.iter().flatten();
        listed.filter(|word| !matches!(word.as_str(), "PCMA" | "PCMU" | "OPUS"))
    });
    let all_codecs = codecs(settings).into_iter().map(str::to_owned);
    let all_codecs: Vec<String> = all_codecs.chain(other_codecs.cloned()).collect();
    vec![
        ("status", switch(settings.calling)),
        ("call_icon_visibility", icon),
        (
            "call_icons.restrict_to_user_countries",
            settings.countries.join(", "),
        ),
        ("callback_permission_status", switch(settings.callback)),
        ("call_hours.status", switch(hours.on)),
        ("call_hours.timezone_id", hours.timezone.clone()),
        ("call_hours.weekly_operating_hours", week(hours)),
        ("call_hours.holiday_schedule", holidays(hours)),
        ("srtp_key_exchange_protocol", srtp),
        ("sip.status", switch(settings.sip)),
        (
            "sip.servers",
            settings.server.as_ref().map(server).unwrap_or_default(),
        ),
        ("sip.webhook_delivery", switch(settings.webhooks)),
        ("audio.additional_codecs", all_codecs.join(", ")),
        ("voicemail.status", switch(settings.voicemail.on)),
        (
            "voicemail.triggers",
            triggers(&settings.voicemail).join(", "),
        ),
        ("voicemail.audio", voicemail(&settings.voicemail)),
    ]
}

fn switch(on: bool) -> String {
    if on { "ENABLED" } else { "DISABLED" }.to_owned()
}

fn week(hours: &CallHours) -> String {
    let spans = hours.week.iter().map(|span| {
        let day = span.day.field();
        let short = day.get(..3).unwrap_or(day);
        format!("{short} {}–{}", span.from, span.until)
    });
    spans.collect::<Vec<_>>().join(", ")
}

fn holidays(hours: &CallHours) -> String {
    let days = hours.holidays.iter();
    let days = days.map(|one| format!("{} {}–{}", one.date, one.from, one.until));
    days.collect::<Vec<_>>().join(", ")
}

fn server(server: &SipAddress) -> String {
    let params = server.params.iter();
    let params = params.map(|(name, value)| format!(";{name}={value}"));
    format!(
        "{}:{}{}",
        server.host,
        server.port,
        params.collect::<String>()
    )
}

/// The seconds count only where it waits for an answer.
fn voicemail(voicemail: &VoicemailSettings) -> String {
    let seconds = voicemail
        .on_timeout
        .then(|| format!("{} s", voicemail.seconds));
    let parts = [Some(voicemail.announcement.clone()), seconds].into_iter();
    let parts = parts.flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}
