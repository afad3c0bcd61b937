//! Reading the `calling` object: words in either case, keys also in camel case, and nothing that must be there.

use super::object::{
    Calling, Hours, Icon, KeyExchange, Opening, Restriction, Server, Shut, Sip, Voicemail,
};
use crate::outside::loose;
use serde_json::Value;

impl Calling {
    /// Reads the object from an answer or from what was kept of one. Passwords must have been taken out before.
    pub fn read(raw: &Value) -> Self {
        Self {
            is_on: switch(raw, "status"),
            icon: word(raw, "call_icon_visibility").map(icon),
            countries: get(raw, "call_icons")
                .and_then(|icons| get(icons, "restrict_to_user_countries"))
                .map(words),
            callback: switch(raw, "callback_permission_status"),
            hours: get(raw, "call_hours").map(hours),
            key_exchange: word(raw, "srtp_key_exchange_protocol").map(key_exchange),
            sip: get(raw, "sip").map(sip),
            codecs: get(raw, "audio")
                .and_then(|audio| get(audio, "additional_codecs"))
                .map(words),
            voicemail: get(raw, "voicemail").map(voicemail),
            restrictions: get(raw, "restrictions")
                .map(restrictions)
                .unwrap_or_default(),
            raw: raw.clone(),
        }
    }
}

/// The value under a key of Meta's, or under the same in camel case, which some gateways turn it into.
fn get<'a>(raw: &'a Value, key: &str) -> Option<&'a Value> {
    loose::field(raw, key).or_else(|| {
        let mut upper = false;
        let camel = key.chars().filter_map(|sign| {
            let raised = std::mem::replace(&mut upper, sign == '_');
            (sign != '_').then_some(if raised {
                sign.to_ascii_uppercase()
            } else {
                sign
            })
        });
        loose::field(raw, &camel.collect::<String>())
    })
}

fn filled(raw: &Value, key: &str) -> Option<String> {
    loose::as_text(get(raw, key)?).filter(|found| !found.is_empty())
}

fn word(raw: &Value, key: &str) -> Option<String> {
    filled(raw, key).map(|word| word.trim().to_ascii_uppercase())
}

/// On or off; another word is neither.
fn switch(raw: &Value, key: &str) -> Option<bool> {
    match word(raw, key)?.as_str() {
        "ENABLED" => Some(true),
        "DISABLED" => Some(false),
        _ => None,
    }
}

fn words(list: &Value) -> Vec<String> {
    let items = loose::items(list).into_iter().filter_map(loose::as_text);
    items.map(|word| word.trim().to_ascii_uppercase()).collect()
}

fn icon(word: String) -> Icon {
    match word.as_str() {
        "DEFAULT" | "VISIBLE" => Icon::Shown,
        "DISABLE_ALL" | "HIDDEN" => Icon::Hidden,
        _ => Icon::Other(word),
    }
}

fn key_exchange(word: String) -> KeyExchange {
    match word.as_str() {
        "SDES" | "SDES-SRTP" => KeyExchange::Sdes,
        "DTLS" | "DTLS-SRTP" => KeyExchange::Dtls,
        _ => KeyExchange::Other(word),
    }
}

fn list<'a>(raw: &'a Value, key: &str) -> Vec<&'a Value> {
    get(raw, key).map(loose::items).unwrap_or_default()
}

fn hours(raw: &Value) -> Hours {
    let week: Vec<Opening> = list(raw, "weekly_operating_hours")
        .into_iter()
        .filter_map(|item| {
            Some(Opening {
                day: word(item, "day_of_week")?,
                open: filled(item, "open_time")?,
                close: filled(item, "close_time")?,
            })
        })
        .collect();
    let holidays = list(raw, "holiday_schedule").into_iter();
    Hours {
        is_on: switch(raw, "status").unwrap_or(!week.is_empty()),
        timezone: filled(raw, "timezone_id").unwrap_or_default(),
        week,
        holidays: holidays.filter_map(shut).collect(),
    }
}

/// The samples write `start_time` and `end_time`, a table of Meta's `open_time` and `close_time`.
fn shut(item: &Value) -> Option<Shut> {
    let either = |one: &str, other: &str| filled(item, one).or_else(|| filled(item, other));
    Some(Shut {
        date: filled(item, "date")?,
        from: either("start_time", "open_time").unwrap_or_else(|| "0000".to_owned()),
        until: either("end_time", "close_time").unwrap_or_else(|| "2359".to_owned()),
    })
}

fn sip(raw: &Value) -> Sip {
    Sip {
        is_on: switch(raw, "status"),
        webhooks: switch(raw, "webhook_delivery"),
        servers: list(raw, "servers")
            .into_iter()
            .filter_map(server)
            .collect(),
    }
}

fn server(item: &Value) -> Option<Server> {
    let params = get(item, "request_uri_user_params").and_then(Value::as_object);
    Some(Server {
        app: filled(item, "app_id"),
        host: filled(item, "hostname")?.trim().to_owned(),
        port: get(item, "port")
            .and_then(loose::as_integer)
            .and_then(|port| u16::try_from(port).ok()),
        params: params
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| Some((name.clone(), loose::as_text(value)?)))
            .collect(),
    })
}

fn voicemail(raw: &Value) -> Voicemail {
    let audio = get(raw, "audio").and_then(|audio| get(audio, "default"));
    Voicemail {
        is_on: switch(raw, "status").unwrap_or(false),
        triggers: get(raw, "triggers").map(words).unwrap_or_default(),
        seconds: audio
            .and_then(|audio| get(audio, "timeout_seconds"))
            .and_then(loose::as_integer),
        announcement: audio.and_then(|audio| filled(audio, "announcement_media_id")),
    }
}

/// Meta's prose calls the list `restriction_list`, its samples `restrictions_list`.
fn restrictions(raw: &Value) -> Vec<Restriction> {
    let lists = ["restrictions_list", "restriction_list"];
    let items = lists.into_iter().flat_map(|key| list(raw, key));
    items
        .filter_map(|item| {
            Some(Restriction {
                kind: filled(item, "type")?,
                reason: filled(item, "reason"),
                until: get(item, "expiration").and_then(loose::as_integer),
            })
        })
        .collect()
}
