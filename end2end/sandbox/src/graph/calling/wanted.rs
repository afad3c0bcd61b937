//! A posted `calling` object, checked part by part before anything is changed.

use super::hours::hours;
use super::refused::invalid;
use crate::graph::Refusal;
use crate::words::text_of;
use crate::world::SipServer;
use serde_json::{Map, Value};

/// What was posted; what is none stays as it is.
#[derive(Debug, Default)]
pub struct Wanted {
    pub on: Option<bool>,
    pub icon: Option<String>,
    pub countries: Option<Vec<String>>,
    pub callback: Option<bool>,
    pub hours: Option<Value>,
    pub srtp: Option<String>,
    pub sip: Option<Sip>,
    pub codecs: Option<Vec<String>>,
    pub voicemail: Option<Value>,
}

/// The `sip` object.
#[derive(Debug, Default)]
pub struct Sip {
    pub on: Option<bool>,
    pub webhooks: Option<bool>,
    /// None where nothing was said, otherwise the app's own server or nothing.
    pub server: Option<Option<SipServer>>,
}

/// An object that has none but these keys.
pub fn object<'a>(
    value: &'a Value,
    what: &str,
    known: &[&str],
) -> Result<&'a Map<String, Value>, Refusal> {
    let map = value.as_object();
    let map = map.ok_or_else(|| invalid(&format!("{what} must be an object")))?;
    match map.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(invalid(&format!("Unexpected key \"{key}\" on {what}"))),
        None => Ok(map),
    }
}

/// ENABLED or DISABLED, in any case.
pub fn switch_of(value: Option<&Value>, what: &str) -> Result<Option<bool>, Refusal> {
    let Some(value) = value else { return Ok(None) };
    let word = text_of(Some(value)).unwrap_or_default().to_uppercase();
    match word.as_str() {
        "ENABLED" => Ok(Some(true)),
        "DISABLED" => Ok(Some(false)),
        _ => Err(invalid(&format!(
            "{what} must be one of {{ENABLED, DISABLED}}"
        ))),
    }
}

fn one_of(value: Option<&Value>, what: &str, choices: &[&str]) -> Result<Option<String>, Refusal> {
    let Some(value) = value else { return Ok(None) };
    let word = value.as_str().unwrap_or_default();
    match choices.contains(&word) {
        true => Ok(Some(word.to_string())),
        false => Err(invalid(&format!(
            "{what} must be one of {{{}}}",
            choices.join(", ")
        ))),
    }
}

fn list(value: &Value, what: &str) -> Result<Vec<String>, Refusal> {
    let wrong = || invalid(&format!("{what} must be a list of texts"));
    let items = value.as_array().ok_or_else(wrong)?;
    let texts = items.iter().map(|it| it.as_str().map(str::to_string));
    texts.collect::<Option<Vec<_>>>().ok_or_else(wrong)
}

/// Reads the object of a request by this app.
pub fn read(value: &Value, app: &str, no_webhook_key: bool) -> Result<Wanted, Refusal> {
    let known = [
        "status",
        "call_icon_visibility",
        "call_icons",
        "callback_permission_status",
        "call_hours",
        "srtp_key_exchange_protocol",
        "sip",
        "audio",
        "voicemail",
    ];
    let map = object(value, "calling", &known)?;
    let get = |key: &str| map.get(key);
    Ok(Wanted {
        on: switch_of(get("status"), "calling.status")?,
        icon: one_of(
            get("call_icon_visibility"),
            "calling.call_icon_visibility",
            &["DEFAULT", "DISABLE_ALL"],
        )?,
        countries: get("call_icons").map(countries).transpose()?,
        callback: switch_of(
            get("callback_permission_status"),
            "calling.callback_permission_status",
        )?,
        hours: get("call_hours").map(hours).transpose()?,
        srtp: one_of(
            get("srtp_key_exchange_protocol"),
            "calling.srtp_key_exchange_protocol",
            &["DTLS", "SDES"],
        )?,
        sip: get("sip")
            .map(|it| sip(it, app, no_webhook_key))
            .transpose()?,
        codecs: get("audio").map(codecs).transpose()?,
        voicemail: get("voicemail").map(voicemail).transpose()?,
    })
}

fn countries(value: &Value) -> Result<Vec<String>, Refusal> {
    let what = "calling.call_icons.restrict_to_user_countries";
    let map = object(value, "calling.call_icons", &["restrict_to_user_countries"])?;
    let codes = list(
        map.get("restrict_to_user_countries")
            .unwrap_or(&Value::Null),
        what,
    )?;
    let good = |code: &String| code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase());
    match codes.iter().find(|code| !good(code)) {
        Some(code) => Err(invalid(&format!("{what}: \"{code}\" is no country"))),
        None => Ok(codes),
    }
}

fn codecs(value: &Value) -> Result<Vec<String>, Refusal> {
    let what = "calling.audio.additional_codecs";
    let map = object(value, "calling.audio", &["additional_codecs"])?;
    let names = list(map.get("additional_codecs").unwrap_or(&Value::Null), what)?;
    match names
        .iter()
        .find(|it| !["PCMA", "PCMU"].contains(&it.as_str()))
    {
        Some(name) => Err(invalid(&format!(
            "{what}: \"{name}\" is none of {{PCMA, PCMU}}"
        ))),
        None => Ok(names),
    }
}

fn voicemail(value: &Value) -> Result<Value, Refusal> {
    let map = object(value, "calling.voicemail", &["status", "triggers", "audio"])?;
    let on = switch_of(map.get("status"), "calling.voicemail.status")?;
    on.ok_or_else(|| invalid("calling.voicemail.status is required"))?;
    if let Some(triggers) = map.get("triggers") {
        for trigger in list(triggers, "calling.voicemail.triggers")? {
            if !["REJECT", "TIMEOUT"].contains(&trigger.as_str()) {
                let words = "calling.voicemail.triggers must be of {REJECT, TIMEOUT}";
                return Err(invalid(words));
            }
        }
    }
    let seconds = value.pointer("/audio/default/timeout_seconds");
    if seconds.is_some_and(|it| it.as_u64().is_none_or(|it| it > 30)) {
        let words = "calling.voicemail.audio.default.timeout_seconds must be 0 to 30";
        return Err(invalid(words));
    }
    Ok(value.clone())
}

fn sip(value: &Value, app: &str, no_webhook_key: bool) -> Result<Sip, Refusal> {
    let all = ["status", "servers", "webhook_delivery"];
    let known = if no_webhook_key { &all[..2] } else { &all[..] };
    let map = object(value, "calling.sip", known)?;
    let server = match map.get("servers") {
        None => None,
        Some(servers) => Some(server(servers, app)?),
    };
    Ok(Sip {
        on: switch_of(map.get("status"), "calling.sip.status")?,
        webhooks: switch_of(map.get("webhook_delivery"), "calling.sip.webhook_delivery")?,
        server,
    })
}

fn server(servers: &Value, app: &str) -> Result<Option<SipServer>, Refusal> {
    let what = "calling.sip.servers";
    let list = servers.as_array();
    let list = list.ok_or_else(|| invalid(&format!("{what} must be a list")))?;
    let entry = match list.as_slice() {
        [] => return Ok(None),
        [entry] => entry,
        _ => return Err(invalid(&format!("{what}: an app has exactly one server"))),
    };
    let known = ["hostname", "port", "request_uri_user_params"];
    let map = object(entry, what, &known)?;
    let hostname = text_of(map.get("hostname")).unwrap_or_default();
    if !is_host(&hostname) {
        return Err(invalid(&format!(
            "{what}.hostname: \"{hostname}\" is no DNS name"
        )));
    }
    let port = map.get("port").and_then(Value::as_u64);
    let port = port
        .and_then(|it| u16::try_from(it).ok())
        .filter(|it| *it > 0);
    let port = port.ok_or_else(|| invalid(&format!("{what}.port must be 1 to 65535")))?;
    let params = match map.get("request_uri_user_params") {
        None | Some(Value::Null) => Map::new(),
        Some(value) => params(value)?,
    };
    Ok(Some(SipServer {
        app: app.to_string(),
        hostname,
        port,
        params,
    }))
}

fn params(value: &Value) -> Result<Map<String, Value>, Refusal> {
    let what = "calling.sip.servers.request_uri_user_params";
    let map = value.as_object();
    let map = map.ok_or_else(|| invalid(&format!("{what} must be an object")))?;
    let short = |text: &str| !text.is_empty() && text.chars().count() <= 128;
    let good = map
        .iter()
        .all(|(key, value)| short(key) && value.as_str().is_some_and(short));
    match good {
        true => Ok(map.clone()),
        false => Err(invalid(&format!(
            "{what}: keys and values are texts of at most 128 characters"
        ))),
    }
}

/// A DNS name with a dot in it; addresses are none.
fn is_host(text: &str) -> bool {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(label)
        && !last.chars().all(|c| c.is_ascii_digit())
}
