//! Which server is ours, what people are told, and the daily check itself.

use super::super::Code;
use super::*;
use serde_json::json;

fn trunk(actual: Value, app: Option<&str>) -> Trunk {
    Trunk {
        phone: Uuid::nil(),
        owner: Uuid::nil(),
        actual: actual.to_string(),
        wanted: Some(
            json!({ "sip": true, "server": { "host": "sip.a.example", "port": 5063 } }).to_string(),
        ),
        app: app.map(str::to_owned),
    }
}

fn found(servers: Value, app: Option<&str>) -> Option<String> {
    let actual = json!({ "sip": { "status": "ENABLED", "servers": servers } });
    server_of(&trunk(actual, app)).map(|(host, port)| format!("{host}:{port}"))
}

#[test]
fn our_server_is_found_among_others() {
    let ours = json!({ "app_id": 555, "hostname": "sip.a.example", "port": 5063 });
    let theirs = json!({ "app_id": "777", "hostname": "sip.b.example", "port": 5061 });
    let nameless = json!({ "hostname": "SIP.a.example" });
    let at = |place: &str| Some(place.to_owned());
    assert_eq!(
        found(json!([theirs, ours]), Some("555")),
        at("sip.a.example:5063")
    );
    assert_eq!(found(json!([theirs, ours]), None), at("sip.a.example:5063"));
    assert_eq!(
        found(json!([theirs, nameless]), Some("555")),
        at("SIP.a.example:5061")
    );
    assert_eq!(found(json!([theirs]), Some("555")), None);
    let single = json!([{ "hostname": "sip.c.example" }]);
    assert_eq!(found(single, Some("555")), at("sip.c.example:5061"));
    assert_eq!(found(json!([]), None), None);
    let off = json!({ "sip": { "status": "DISABLED", "servers": [ours] } });
    assert_eq!(server_of(&trunk(off, Some("555"))), None);
    assert_eq!(server_of(&trunk(json!({}), None)), None);
}

fn report(code: Code, days: i64) -> TrunkReport {
    TrunkReport {
        host: "sip.a.example".to_owned(),
        port: 5061,
        steps: vec![
            Step::new(StepName::Chain, code, "a chain"),
            Step::new(StepName::Expiry, Code::ExpiryFar, "an end")
                .arg("until", 1)
                .arg("days", days),
        ],
    }
}

#[test]
fn people_hear_of_faults_and_of_ends_three_weeks_before() {
    let code = |chain, days| finding(&report(chain, days)).code();
    assert_eq!(code(Code::ChainPublic, 21), "trunk_well");
    assert_eq!(code(Code::ChainPublic, 20), "trunk_ends");
    assert_eq!(code(Code::ChainIncomplete, 20), "trunk_chain");
    let mut mute = report(Code::ChainPublic, 90);
    let silence = "no answer within 2 s";
    mute.steps
        .push(Step::new(StepName::Options, Code::OptionsSilent, silence));
    assert_eq!(finding(&mute).state(), "unknown");
    let mut called = report(Code::ChainPublic, 90);
    called
        .steps
        .push(Step::new(StepName::Invite, Code::InviteRefused, "404"));
    assert_eq!(finding(&called).code(), "trunk_well");
    let mut unreached = report(Code::NotReached, 90);
    unreached.steps.pop();
    assert_eq!(finding(&unreached).state(), "unknown");
}
