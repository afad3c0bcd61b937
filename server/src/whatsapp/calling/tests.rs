//! Settings as Meta writes them, written here from the contract; real ones where `THOTH_FIXTURES` names a folder.

use super::*;
use proptest::prelude::*;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

fn sample() -> Value {
    json!({
        "status": "ENABLED", "call_icon_visibility": "DEFAULT", "callback_permission_status": "enabled",
        "srtp_key_exchange_protocol": "SDES",
        "call_hours": {"status": "ENABLED", "timezone_id": "Asia/Almaty",
            "weekly_operating_hours": [{"day_of_week": "MONDAY", "open_time": "0900", "close_time": "1300"}],
            "holiday_schedule": [{"date": "2026-12-16", "open_time": "0000", "close_time": "2359"}]},
        "sip": {"status": "ENABLED", "servers": [
            {"app_id": 555, "hostname": "sip.example.kz", "port": 5061, "sip_user_password": "s3cret",
                "request_uri_user_params": {"tgrp": "wa"}},
            {"app_id": "777", "hostname": "sip.other.example", "sip_user_password": "0ther"}]},
        "video": {"status": "enabled"},
        "restrictions": {"restrictions_list": [{"type": "RESTRICTED_BUSINESS_INITIATED_CALLING",
            "reason": "negative feedback", "expiration": 1_785_916_800}]}})
}

#[test]
fn all_of_it_is_read_and_what_is_new_is_kept() {
    let mut raw = sample();
    passwords_take(&mut raw);
    let read = Calling::read(&raw);
    assert_eq!((read.is_on, read.callback), (Some(true), Some(true)));
    assert_eq!(read.icon, Some(Icon::Shown));
    assert_eq!(read.key_exchange, Some(KeyExchange::Sdes));
    let hours = read.hours.unwrap();
    assert!(hours.is_on && hours.week.len() == 1);
    assert_eq!(hours.holidays[0].until, "2359");
    let sip = read.sip.unwrap();
    assert_eq!(sip.servers[0].app.as_deref(), Some("555"));
    assert_eq!(sip.servers[0].params["tgrp"], "wa");
    assert_eq!((sip.servers[1].port, sip.webhooks), (None, None));
    assert_eq!(read.restrictions[0].until, Some(1_785_916_800));
    assert_eq!(read.raw["video"]["status"], "enabled");
}

#[test]
fn passwords_are_taken_out_and_told_whose_they_are() {
    let mut raw = json!({ "calling": sample() });
    let found = passwords_take(&mut raw);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].app.as_deref(), Some("555"));
    assert_eq!(found[0].password.expose_secret(), "s3cret");
    assert_eq!(found[1].host, "sip.other.example");
    let kept = raw.to_string();
    assert!(!kept.contains("s3cret") && !kept.contains("0ther") && !kept.contains("password"));
    assert!(!format!("{found:?}").contains("s3cret"));
}

#[test]
fn health_says_what_is_blocked_and_why() {
    let errors = json!({"0": {"error_code": 138_025, "error_description": "No server", "possible_solution": "Add"}});
    let health = CallHealth::read(
        &json!({"can_send_message": "LIMITED", "can_receive_call_sip": "blocked",
        "entities": [{"entity_type": "PHONE_NUMBER", "id": "7", "can_send_message": "AVAILABLE"},
            {"entity_type": "APP", "id": 555, "can_send_message": "BLOCKED", "errors": errors}]}),
    );
    assert_eq!(health.calls, Some(Ability::Blocked));
    let app = health.of("APP").next().unwrap();
    assert_eq!(
        (app.id.as_str(), app.messages),
        ("555", Some(Ability::Blocked))
    );
    let (part, error) = health.errors().next().unwrap();
    assert_eq!((part.kind.as_str(), error.code), ("APP", Some(138_025)));
    assert_eq!(CallHealth::read(&json!([])), CallHealth::default());
}

/// Real payloads whose file names begin so, requests and answers alike.
fn real(kind: &str) -> Vec<(String, Value)> {
    let Some(root) = std::env::var_os("THOTH_FIXTURES") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for source in std::fs::read_dir(std::path::Path::new(&root).join("graph")).unwrap() {
        for file in std::fs::read_dir(source.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with(kind) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((name, serde_json::from_str(&text).unwrap()));
            }
        }
    }
    found
}

#[test]
fn real_payloads_are_read() {
    for (name, body) in real("settings__") {
        let Some(raw) = body.get("calling") else {
            continue;
        };
        let read = Calling::read(raw);
        assert_eq!(read.is_on, Some(true), "{name}");
        if raw
            .get("sip")
            .is_some_and(|sip| sip.get("servers").is_some())
        {
            let sip = read.sip.unwrap();
            assert_eq!(sip.servers[0].host, "sip.example.com", "{name}");
            assert_eq!(sip.servers[0].port, Some(5060), "{name}");
            assert_eq!(sip.servers[0].params["KEY1"], "VALUE1", "{name}");
            let hours = read.hours.unwrap();
            assert_eq!(hours.week[0].open, "0108", "{name}");
            assert_eq!(read.callback, Some(true), "{name}");
        }
        if raw.get("srtp_key_exchange_protocol").is_some() {
            assert_eq!(read.key_exchange, Some(KeyExchange::Dtls), "{name}");
        }
        if raw.get("call_icon_visibility").is_some() {
            assert_eq!(read.icon, Some(Icon::Shown), "{name}");
        }
    }
}

#[test]
fn real_health_is_read() {
    for (name, body) in real("phone_number__response__") {
        let Some(raw) = body.get("health_status") else {
            continue;
        };
        let health = CallHealth::read(raw);
        assert!(!health.entities.is_empty(), "{name}");
        let mut blocked = health.entities.iter();
        if let Some(part) = blocked.find(|part| part.messages == Some(Ability::Blocked)) {
            assert!(part.errors[0].code.is_some(), "{name}");
        }
    }
}

proptest! {
    #[test]
    fn nothing_breaks_the_reading(text in "\\PC{0,40}", number in any::<i64>(), list in prop::collection::vec(any::<u8>(), 0..4)) {
        for odd in [json!(text), json!(number), json!(list), json!({ "0": text }), Value::Null] {
            let raw = json!({"status": odd, "call_hours": odd, "sip": {"servers": odd, "status": odd}, "call_icons": odd,
                "audio": odd, "voicemail": odd, "restrictions": odd, "callback_permission_status": odd});
            let read = Calling::read(&raw);
            prop_assert_eq!(read.raw, raw);
            CallHealth::read(&json!({"entities": odd}));
            CallHealth::read(&odd);
        }
    }
}
