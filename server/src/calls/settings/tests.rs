//! The pure parts: form, payload, comparison, hours.

mod properties;

use super::Known;
use super::compare::differences;
use super::form::form_check;
use super::hours::is_open;
use super::own::Own;
use super::payload::payload;
use super::show::{form_of, settings_of};
use super::wanted::{
    CallHours, CallingSettings, OpenSpan, ShutSpan, SipAddress, TimeOfDay, VoicemailSettings,
};
use crate::whatsapp::calling::Calling;
use app::model::{CallingForm, Holiday, Hours, ProblemCode, Span, Srtp, Weekday};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// 1 December 2026, 06:00 UTC: a Tuesday, 11:00 in Almaty.
const NOW: i64 = 1_796_104_800_000;

fn span(from: &str, until: &str) -> Span {
    Span {
        from: from.to_owned(),
        until: until.to_owned(),
    }
}

fn form() -> CallingForm {
    CallingForm {
        calling: true,
        sip: true,
        host: " SIP.Example.KZ. ".to_owned(),
        countries: "kz, RU kz".to_owned(),
        uri_params: "tgrp=wa\n\n trunk-context = sip.example.kz ".to_owned(),
        pcma: true,
        hours: Hours {
            on: true,
            timezone: "asia/almaty".to_owned(),
            week: vec![
                vec![span("14:00", "18:00"), span("9:00", "13:00")],
                vec![span("10:00", "24:00")],
            ],
            holidays: vec![Holiday {
                date: "2026-12-16".to_owned(),
                ..Holiday::default()
            }],
        },
        in_crm: true,
        crm_user: "7".to_owned(),
        ..CallingForm::default()
    }
}

#[test]
fn a_form_becomes_settings() {
    let checked = form_check(&form(), NOW).unwrap();
    let settings = checked.settings;
    let server = settings.server.unwrap();
    assert_eq!(
        (server.host.as_str(), server.port),
        ("sip.example.kz", 5061)
    );
    assert_eq!(server.params["trunk-context"], "sip.example.kz");
    assert_eq!(settings.countries, ["KZ", "RU"]);
    assert_eq!(settings.hours.timezone, "Asia/Almaty");
    assert_eq!(settings.hours.week[0].from.to_string(), "09:00");
    assert_eq!(settings.hours.week[2].until.metas(), "2359");
    assert_eq!(settings.hours.holidays[0].until, TimeOfDay::LAST);
    assert_eq!((checked.in_crm, checked.crm_user), (true, Some(7)));
}

#[test]
fn every_mistake_stands_at_its_field() {
    let mut form = form();
    form.port = "70000".to_owned();
    form.uri_params = "tgrp".to_owned();
    form.countries = "XX".to_owned();
    form.crm_user = "me".to_owned();
    form.voicemail.seconds = "31".to_owned();
    form.voicemail.announcement = "x".to_owned();
    form.hours.timezone = "Mars/Olympus".to_owned();
    form.hours.week = vec![
        vec![span("9", "10:00")],
        vec![span("18:00", "09:00")],
        vec![span("09:00", "12:00"), span("11:00", "13:00")],
        vec![
            span("01:00", "02:00"),
            span("03:00", "04:00"),
            span("05:00", "06:00"),
        ],
    ];
    let holiday = |date: &str| Holiday {
        date: date.to_owned(),
        ..Holiday::default()
    };
    form.hours.holidays = vec![holiday("2026-11-30"), holiday(""), holiday("16.12.2026")];
    form.hours.holidays.extend(vec![holiday("2026-12-16"); 21]);
    for (host, code) in [
        ("", ProblemCode::FieldEmpty),
        ("10.0.0.1", ProblemCode::HostInvalid),
        ("[::1]", ProblemCode::HostInvalid),
        ("sip", ProblemCode::HostInvalid),
        ("sip.example.kz:5061", ProblemCode::HostInvalid),
        ("sips:pbx.example.kz", ProblemCode::HostInvalid),
        ("-a.example.kz", ProblemCode::HostInvalid),
    ] {
        form.host = host.to_owned();
        let problems = form_check(&form, NOW).unwrap_err();
        let at = |field: &str| {
            let mut found = problems.iter().filter(|problem| problem.is_at(field));
            found.next().map(|problem| problem.code)
        };
        let expected = [
            ("host", code),
            ("port", ProblemCode::OutOfRange),
            ("uri_params", ProblemCode::UriParamInvalid),
            ("countries", ProblemCode::CountryInvalid),
            ("crm_user", ProblemCode::DigitsOnly),
            ("seconds", ProblemCode::OutOfRange),
            ("announcement", ProblemCode::DigitsOnly),
            ("timezone", ProblemCode::TimezoneInvalid),
            ("monday", ProblemCode::TimeInvalid),
            ("tuesday", ProblemCode::TimesReversed),
            ("wednesday", ProblemCode::SpansOverlap),
            ("thursday", ProblemCode::TooMany),
            ("holiday_1", ProblemCode::DatePast),
            ("holiday_3", ProblemCode::DateInvalid),
            ("holidays", ProblemCode::TooMany),
        ];
        for (field, code) in expected {
            assert_eq!(at(field), Some(code), "{field} with {host:?}");
        }
        assert_eq!(problems.len(), expected.len(), "{problems:?}");
    }
}

#[test]
fn a_holiday_that_is_over_takes_no_week_with_it() {
    let mut form = form();
    form.hours.on = false;
    let week = form_check(&form, NOW).unwrap().settings.hours.week;
    assert!(!week.is_empty());
    form.hours.holidays = vec![Holiday {
        date: "2026-11-30".to_owned(),
        ..Holiday::default()
    }];
    let kept = form_check(&form, NOW).unwrap().settings.hours;
    assert_eq!((kept.week, kept.holidays), (week, Vec::new()));
    assert_eq!(kept.timezone, "Asia/Almaty");
}

#[test]
fn hours_that_are_off_refuse_nothing() {
    let mut form = form();
    form.hours.on = false;
    form.hours.week = vec![vec![span("x", "y")]];
    let settings = form_check(&form, NOW).unwrap().settings;
    assert!(settings.hours.week.is_empty());
    // One mistake does not lose the rest.
    assert_eq!(settings.hours.timezone, "Asia/Almaty");
    assert_eq!(settings.hours.holidays.len(), 1);
    form.hours.timezone = "nowhere".to_owned();
    form.hours.week = vec![vec![span("09:00", "18:00")]];
    let settings = form_check(&form, NOW).unwrap().settings;
    let before = Calling::read(&json!({ "call_hours": { "status": "ENABLED" } }));
    let written = payload(&settings, &before);
    assert_eq!(written["call_hours"], json!({ "status": "DISABLED" }));
    form.hours.timezone = "UTC".to_owned();
    form.hours.on = true;
    form.hours.week = Vec::new();
    let problems = form_check(&form, NOW).unwrap_err();
    assert_eq!(problems[0].code, ProblemCode::HoursEmpty);
}

#[test]
fn what_is_off_and_unknown_to_meta_is_not_written() {
    let bare = CallingSettings {
        icon: true,
        ..CallingSettings::default()
    };
    let written = payload(&bare, &Calling::default());
    for key in ["call_icons", "call_hours", "audio", "voicemail"] {
        assert!(written.get(key).is_none(), "{key}");
    }
    assert_eq!(written["sip"], json!({ "status": "DISABLED" }));
    let before = Calling::read(
        &json!({ "audio": {"additional_codecs": ["PCMA"]}, "call_hours": {"status": "ENABLED"},
        "call_icons": {"restrict_to_user_countries": ["KZ"]}, "voicemail": {"status": "ENABLED"}}),
    );
    let written = payload(&bare, &before);
    assert_eq!(written["audio"]["additional_codecs"], json!([]));
    assert_eq!(written["call_hours"], json!({ "status": "DISABLED" }));
    assert_eq!(written["voicemail"], json!({ "status": "DISABLED" }));
}

#[test]
fn hours_at_meta_stay_in_the_form_of_a_number_nobody_uses() {
    let raw = json!({ "status": "DISABLED", "call_hours": { "status": "ENABLED", "timezone_id": "Asia/Almaty",
        "weekly_operating_hours": [{ "day_of_week": "MONDAY", "open_time": "0900", "close_time": "1800" }],
        "holiday_schedule": [{ "date": "2026-12-16", "start_time": "0000", "end_time": "2359" }] } });
    let known = Known {
        calling: Some(Calling::read(&raw)),
        ..Known::default()
    };
    let form = known.form(None, NOW);
    assert!(form.hours.on && form.icon && form.srtp == Srtp::Sdes && !form.unread);
    assert_eq!(form.hours.holidays[0].date, "2026-12-16");
    assert!(Known::default().form(None, NOW).unread);
}

#[test]
fn an_object_like_metas_sample_is_written() {
    let settings = form_check(&form(), NOW).unwrap().settings;
    let written = payload(&settings, &Calling::default());
    assert_eq!(written["status"], "ENABLED");
    assert_eq!(written["srtp_key_exchange_protocol"], "SDES");
    assert_eq!(
        written["sip"],
        json!({ "status": "ENABLED", "webhook_delivery": "ENABLED", "servers": [{ "hostname": "sip.example.kz",
            "port": 5061, "request_uri_user_params": { "tgrp": "wa", "trunk-context": "sip.example.kz" } }] })
    );
    assert_eq!(
        written["call_hours"]["holiday_schedule"],
        json!([{ "date": "2026-12-16", "start_time": "0000", "end_time": "2359" }])
    );
    assert_eq!(
        written["call_hours"]["weekly_operating_hours"][0],
        json!({ "day_of_week": "MONDAY", "open_time": "0900", "close_time": "1300" })
    );
}

#[test]
fn differences_name_the_field_and_both_sides() {
    let settings = form_check(&form(), NOW).unwrap().settings;
    let mut raw = payload(&settings, &Calling::default());
    raw["status"] = json!("disabled");
    raw["srtp_key_exchange_protocol"] = Value::Null;
    raw["call_hours"]["holiday_schedule"] =
        json!([{ "date": "2026-01-01", "start_time": "0000", "end_time": "2359" }]);
    raw["sip"]["servers"] = json!([{ "app_id": 777, "hostname": "sip.example.kz", "port": 5061 }]);
    raw["sip"]["webhook_delivery"] = Value::Null;
    let found = differences(&settings, &Calling::read(&raw), Some("555"), NOW);
    let fields: Vec<&str> = found.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "status",
            "call_hours.holiday_schedule",
            "srtp_key_exchange_protocol",
            "sip.servers"
        ]
    );
    assert_eq!(
        (found[0].ours.as_str(), found[0].metas.as_str()),
        ("ENABLED", "DISABLED")
    );
    assert_eq!(found[1].metas, "");
    assert_eq!(found[2].metas, "DTLS");
}

#[test]
fn ours_is_known_by_its_app_else_by_its_name() {
    let read = |servers: Value| Calling::read(&json!({ "sip": { "servers": servers } }));
    let two = read(
        json!([{ "app_id": 777, "hostname": "a.example" }, { "app_id": "555", "hostname": "b.example" }]),
    );
    let host = |calling: &Calling, app, host| {
        let own = Own { app, host }.server(calling);
        own.map(|server| server.host.clone())
    };
    assert_eq!(
        host(&two, Some("555"), Some("a.example")).as_deref(),
        Some("b.example")
    );
    assert_eq!(host(&two, Some("999"), Some("a.example")), None);
    assert_eq!(
        host(&two, None, Some("A.example")).as_deref(),
        Some("a.example")
    );
    assert_eq!(host(&two, None, None), None);
    let bare = read(json!([{ "hostname": "A.Example" }]));
    assert_eq!(
        host(&bare, Some("555"), Some("a.example")).as_deref(),
        Some("A.Example")
    );
    assert_eq!(host(&bare, Some("555"), None).as_deref(), Some("A.Example"));
}

#[test]
fn the_clock_of_the_hours_says_whether_calls_are_taken() {
    let hours = form_check(&form(), NOW).unwrap().settings.hours;
    let hour = 60 * 60 * 1000;
    assert!(is_open(&hours, NOW));
    assert!(!is_open(&hours, NOW - 2 * hour));
    // Monday between the spans, and Tuesday's last minute.
    assert!(!is_open(&hours, NOW - 22 * hour + 30 * 60 * 1000));
    assert!(is_open(&hours, NOW + 13 * hour - 1));
    assert!(!is_open(&hours, NOW + 13 * hour));
    let shut = CallHours {
        holidays: vec![ShutSpan {
            date: date(2026, 12, 1),
            from: TimeOfDay::parse("00:00").unwrap(),
            until: TimeOfDay::LAST,
        }],
        ..hours
    };
    assert!(!is_open(&shut, NOW));
    assert!(is_open(&CallHours::default(), NOW));
}
