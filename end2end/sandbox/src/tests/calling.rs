//! Calling of a number: its settings, what is refused, and what a change brings.

use super::{Bench, GRAPH_TOKEN};
use serde_json::{Value, json};

const PHONE: &str = "777000111";

pub async fn api(bench: &Bench, path: &str, body: Value) -> (u16, Value) {
    let url = format!("{}{path}", bench.shared.ports.main());
    let answer = bench.http.post(url).json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

pub async fn ask(bench: &Bench, path: &str) -> Value {
    let url = format!("{}/{path}", bench.graph);
    let answer = bench.http.get(url).bearer_auth(GRAPH_TOKEN).send().await;
    answer.unwrap().json().await.unwrap()
}

async fn set(bench: &Bench, calling: Value) -> (u16, Value) {
    let path = format!("{PHONE}/settings");
    bench.graph(&path, json!({ "calling": calling })).await
}

async fn set_well(bench: &Bench, calling: Value) -> Value {
    let (status, answer) = set(bench, calling).await;
    assert_eq!(status, 200, "{answer}");
    let path = format!("{PHONE}/settings?include_sip_credentials=true");
    ask(bench, &path).await["calling"].clone()
}

fn code(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap_or_default()
}

fn server() -> Value {
    json!({ "status": "ENABLED", "servers": [{ "hostname": "sip.example.kz", "port": 5061 }] })
}

/// Switches calling on, by SIP or by Graph.
pub async fn on(bench: &Bench, sip: bool) {
    let mut calling = json!({ "status": "ENABLED", "callback_permission_status": "ENABLED" });
    if sip {
        calling["sip"] = server();
        calling["sip"]["webhook_delivery"] = json!("ENABLED");
    }
    set_well(bench, calling).await;
}

#[tokio::test]
async fn one_server_an_app_with_a_password_that_stays_until_it_is_cleared() {
    let bench = Bench::start().await;
    let first = set_well(&bench, json!({ "status": "enabled", "sip": server() })).await;
    assert_eq!(first["status"], "ENABLED");
    let entry = &first["sip"]["servers"][0];
    assert_eq!(entry["app_id"], 555_000_111_222_333_i64);
    let password = entry["sip_user_password"].clone();
    assert!(password.as_str().unwrap().len() > 20);
    assert_eq!(first["srtp_key_exchange_protocol"], "DTLS");
    let again = set_well(&bench, json!({ "sip": server() })).await;
    assert_eq!(again["sip"]["servers"][0]["sip_user_password"], password);
    let plain = ask(&bench, &format!("{PHONE}/settings")).await;
    let shown = &plain["calling"]["sip"]["servers"][0];
    assert!(shown.get("sip_user_password").is_none());
    let (_, refused) = set(&bench, json!({ "sip": { "servers": [] } })).await;
    assert_eq!(code(&refused), 100, "the last server while SIP is on");
    let off = json!({ "status": "DISABLED", "sip": { "status": "DISABLED", "servers": [] } });
    set_well(&bench, off).await;
    let new = set_well(&bench, json!({ "status": "ENABLED", "sip": server() })).await;
    assert_ne!(new["sip"]["servers"][0]["sip_user_password"], password);
}

#[tokio::test]
async fn srtp_is_reset_with_sip_and_stays_when_written_after_it() {
    let bench = Bench::start().await;
    let both = json!({ "srtp_key_exchange_protocol": "SDES", "sip": server() });
    let got = set_well(&bench, both.clone()).await;
    assert_eq!(got["srtp_key_exchange_protocol"], "DTLS");
    let got = set_well(&bench, json!({ "srtp_key_exchange_protocol": "SDES" })).await;
    assert_eq!(got["srtp_key_exchange_protocol"], "SDES");
    api(
        &bench,
        "/api/faults",
        json!({ "calling": { "srtp_reset": false } }),
    )
    .await;
    let got = set_well(&bench, both).await;
    assert_eq!(got["srtp_key_exchange_protocol"], "SDES");
}

fn hours(change: impl FnOnce(&mut Value)) -> Value {
    let mut hours = json!({
        "status": "ENABLED", "timezone_id": "Asia/Almaty",
        "weekly_operating_hours": [
            { "day_of_week": "MONDAY", "open_time": "0900", "close_time": "1300" },
            { "day_of_week": "MONDAY", "open_time": "1400", "close_time": "1800" },
        ],
        "holiday_schedule": [{ "date": "2126-12-16", "start_time": "0000", "end_time": "2359" }],
    });
    change(&mut hours);
    json!({ "call_hours": hours })
}

#[tokio::test]
async fn call_hours_are_replaced_whole_and_checked() {
    let bench = Bench::start().await;
    let got = set_well(&bench, hours(|_| ())).await;
    assert_eq!(
        got["call_hours"]["holiday_schedule"][0]["date"],
        "2126-12-16"
    );
    let bare = hours(|it| {
        it.as_object_mut().unwrap().remove("holiday_schedule");
    });
    let got = set_well(&bench, bare).await;
    assert!(got["call_hours"].get("holiday_schedule").is_none());
    let holiday = |date: &str| json!({ "date": date, "start_time": "0000", "end_time": "2359" });
    for wrong in [
        hours(|it| it["weekly_operating_hours"] = json!([])),
        hours(|it| it["weekly_operating_hours"][0]["open_time"] = json!("9:00")),
        hours(|it| it["weekly_operating_hours"][0]["close_time"] = json!("0800")),
        hours(|it| it["weekly_operating_hours"][1]["open_time"] = json!("1200")),
        hours(|it| it["weekly_operating_hours"][1]["day_of_week"] = json!("SOMEDAY")),
        hours(|it| {
            it["weekly_operating_hours"] = json!([
                { "day_of_week": "MONDAY", "open_time": "0900", "close_time": "1000" },
                { "day_of_week": "MONDAY", "open_time": "1100", "close_time": "1200" },
                { "day_of_week": "MONDAY", "open_time": "1300", "close_time": "1400" },
            ])
        }),
        hours(|it| it["timezone_id"] = json!("Almaty")),
        hours(|it| it["holiday_schedule"][0]["date"] = json!("2020-01-01")),
        hours(|it| it["holiday_schedule"][0]["date"] = json!("tomorrow")),
        hours(|it| it["holiday_schedule"] = vec![holiday("2126-01-01"); 21].into()),
    ] {
        let (_, answer) = set(&bench, wrong.clone()).await;
        assert_eq!(code(&answer), 100, "{wrong}");
        assert!(answer["error"]["error_data"]["details"].is_string());
    }
}

#[tokio::test]
async fn what_meta_does_not_know_is_refused() {
    let bench = Bench::start().await;
    let one = |server: Value| json!({ "sip": { "servers": [server] } });
    for wrong in [
        json!({ "status": "visible" }),
        json!({ "colour": "green" }),
        json!({ "call_icon_visibility": "visible" }),
        json!({ "srtp_key_exchange_protocol": "SDES-SRTP" }),
        json!({ "call_icons": { "restrict_to_user_countries": ["Kazakhstan"] } }),
        json!({ "audio": { "additional_codecs": ["G729"] } }),
        json!({ "sip": { "status": "ENABLED" } }),
        one(json!({ "hostname": "sip.example.kz" })),
        one(json!({ "hostname": "sip.example.kz", "port": "5061" })),
        one(json!({ "hostname": "sip.example.kz", "port": 70_000 })),
        one(json!({ "hostname": "10.0.0.1", "port": 5061 })),
        one(json!({ "hostname": "sip", "port": 5061 })),
    ] {
        let (_, answer) = set(&bench, wrong.clone()).await;
        assert_eq!(code(&answer), 100, "{wrong}");
    }
    let two = json!({ "calling": { "status": "DISABLED" }, "payload_encryption": {} });
    let (_, answer) = bench.graph(&format!("{PHONE}/settings"), two).await;
    assert_eq!(code(&answer), 100);
}

#[tokio::test]
async fn who_may_not_have_calling_is_told_why() {
    let bench = Bench::start().await;
    let change = format!("/api/calling/{PHONE}");
    let enable = json!({ "status": "ENABLED" });
    api(&bench, &change, json!({ "limit": "TIER_1K" })).await;
    assert_eq!(code(&set(&bench, enable.clone()).await.1), 138_015);
    api(&bench, &change, json!({ "limit": "TIER_10K" })).await;
    let restriction = json!({ "kind": "RESTRICTED_USER_INITIATED_CALLING" });
    api(&bench, &change, json!({ "restriction": restriction })).await;
    assert_eq!(code(&set(&bench, enable.clone()).await.1), 138_014);
    api(&bench, &change, json!({ "restriction": { "kind": "" } })).await;
    let app = "/api/apps/555000111222333";
    api(&bench, app, json!({ "fields": ["messages"] })).await;
    assert_eq!(code(&set(&bench, enable.clone()).await.1), 138_018);
    let (status, _) = set(&bench, json!({ "status": "ENABLED", "sip": server() })).await;
    assert_eq!(status, 200);
    let faults = json!({ "calling": { "refuse_next": 138_003 } });
    api(&bench, "/api/faults", faults).await;
    assert_eq!(code(&set(&bench, enable.clone()).await.1), 138_003);
    assert_eq!(set(&bench, enable).await.0, 200);
}

#[tokio::test]
async fn another_providers_server_is_shown_without_its_password() {
    let bench = Bench::start().await;
    let other = json!({ "app": "777", "hostname": "sip.other.example", "port": 5061 });
    api(
        &bench,
        &format!("/api/calling/{PHONE}"),
        json!({ "server": other }),
    )
    .await;
    let got = set_well(&bench, json!({ "sip": server() })).await;
    let servers = got["sip"]["servers"].as_array().unwrap();
    assert_eq!(servers.len(), 2);
    let foreign = servers.iter().find(|it| it["app_id"] == 777).unwrap();
    assert!(foreign.get("sip_user_password").is_none());
}

#[tokio::test]
async fn health_says_what_stops_sip() {
    let bench = Bench::start().await;
    let path = format!("{PHONE}?fields=health_status");
    let health = ask(&bench, &path).await["health_status"].clone();
    assert_eq!(health["can_receive_call_sip"], "BLOCKED");
    assert_eq!(health["entities"][0]["errors"][0]["error_code"], 138_024);
    assert_eq!(health["entities"][3]["errors"][0]["error_code"], 138_025);
    on(&bench, true).await;
    let health = ask(&bench, &path).await["health_status"].clone();
    assert_eq!(health["can_receive_call_sip"], "AVAILABLE");
    let call = json!({ "messaging_product": "whatsapp", "action": "connect", "to": "77015550101" });
    let (_, answer) = bench.graph(&format!("{PHONE}/calls"), call).await;
    assert_eq!(code(&answer), 131_055);
}
