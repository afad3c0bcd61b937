//! Settings as Meta wants them written.

use super::wanted::{CallHours, CallingSettings, VoicemailSettings};
use crate::whatsapp::calling::Calling;
use app::model::Srtp;
use serde_json::{Map, Value, json};

/// The `calling` object to write. A block of younger features that is off and that Meta does not have is left out:
/// Meta may not know it of this number, and refuses all of a call for a part it does not know.
pub fn payload(settings: &CallingSettings, before: &Calling) -> Value {
    let mut fields = Map::new();
    let mut put = |key: &str, value: Value| fields.insert(key.to_owned(), value);
    put("status", switch(settings.calling));
    let icon = if settings.icon {
        "DEFAULT"
    } else {
        "DISABLE_ALL"
    };
    put("call_icon_visibility", icon.into());
    if !settings.countries.is_empty() || before.countries.is_some() {
        let countries = json!({ "restrict_to_user_countries": settings.countries });
        put("call_icons", countries);
    }
    put("callback_permission_status", switch(settings.callback));
    if settings.hours.on || before.hours.is_some() {
        put("call_hours", hours(&settings.hours));
    }
    let srtp = match settings.srtp {
        Srtp::Sdes => "SDES",
        Srtp::Dtls => "DTLS",
    };
    put("srtp_key_exchange_protocol", srtp.into());
    put("sip", sip(settings, before));
    let codecs = codecs(settings);
    if !codecs.is_empty() || before.codecs.is_some() {
        put("audio", json!({ "additional_codecs": codecs }));
    }
    if settings.voicemail.on || before.voicemail.is_some() {
        put("voicemail", voicemail(&settings.voicemail));
    }
    Value::Object(fields)
}

/// Only these blocks of a payload, by their top-level keys.
pub fn only(payload: &Value, keys: &[&str]) -> Value {
    let fields = payload.as_object().into_iter().flatten();
    let kept = fields.filter(|(key, _)| keys.contains(&key.as_str()));
    Value::Object(
        kept.map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    )
}

/// The payload without the key whose name Meta has not confirmed; none where it has no such key.
pub fn without_webhooks(payload: &Value) -> Option<Value> {
    let mut changed = payload.clone();
    let sip = changed.get_mut("sip")?.as_object_mut()?;
    sip.remove("webhook_delivery")?;
    Some(changed)
}

/// Words of Meta's for the codecs besides Opus.
pub fn codecs(settings: &CallingSettings) -> Vec<&'static str> {
    let all = [(settings.pcma, "PCMA"), (settings.pcmu, "PCMU")];
    let on = all.into_iter().filter(|(on, _)| *on);
    on.map(|(_, word)| word).collect()
}

/// When voicemail takes over, in Meta's words.
pub fn triggers(voicemail: &VoicemailSettings) -> Vec<&'static str> {
    let all = [
        (voicemail.on_reject, "REJECT"),
        (voicemail.on_timeout, "TIMEOUT"),
    ];
    let on = all.into_iter().filter(|(on, _)| *on);
    on.map(|(_, word)| word).collect()
}

fn switch(on: bool) -> Value {
    if on { "ENABLED" } else { "DISABLED" }.into()
}

/// The whole object: what is left out of it Meta erases. It takes none without openings or a time zone.
fn hours(hours: &CallHours) -> Value {
    if !hours.on && (hours.week.is_empty() || hours.timezone.is_empty()) {
        return json!({ "status": "DISABLED" });
    }
    let week: Vec<Value> = hours
        .week
        .iter()
        .map(|span| {
            json!({ "day_of_week": span.day, "open_time": span.from.metas(), "close_time": span.until.metas() })
        })
        .collect();
    let holidays: Vec<Value> = hours
        .holidays
        .iter()
        .map(|one| {
            json!({ "date": one.date.to_string(), "start_time": one.from.metas(), "end_time": one.until.metas() })
        })
        .collect();
    json!({
        "status": switch(hours.on),
        "timezone_id": hours.timezone,
        "weekly_operating_hours": week,
        "holiday_schedule": holidays,
    })
}

/// A server that is named stays stored while SIP is off; one that is not is left as it is.
fn sip(settings: &CallingSettings, before: &Calling) -> Value {
    let mut fields = Map::new();
    fields.insert("status".to_owned(), switch(settings.sip));
    let known = before.sip.as_ref().and_then(|sip| sip.webhooks);
    if (settings.sip && settings.webhooks) || known.is_some() {
        fields.insert("webhook_delivery".to_owned(), switch(settings.webhooks));
    }
    if let Some(server) = &settings.server {
        let mut one = json!({ "hostname": server.host, "port": server.port });
        let has_params = !server.params.is_empty();
        if let (true, Some(fields)) = (has_params, one.as_object_mut()) {
            fields.insert("request_uri_user_params".to_owned(), json!(server.params));
        }
        fields.insert("servers".to_owned(), json!([one]));
    }
    Value::Object(fields)
}

fn voicemail(voicemail: &VoicemailSettings) -> Value {
    if !voicemail.on {
        return json!({ "status": "DISABLED" });
    }
    let mut sound = Map::new();
    if !voicemail.announcement.is_empty() {
        let id = voicemail.announcement.clone();
        sound.insert("announcement_media_id".to_owned(), id.into());
    }
    if voicemail.on_timeout {
        sound.insert("timeout_seconds".to_owned(), voicemail.seconds.into());
    }
    json!({ "status": "ENABLED", "triggers": triggers(voicemail), "audio": { "default": sound } })
}
