//! Calls: what Meta tells of them, who may be called, and what a portal's telephony keeps.

use super::calling::{api, ask, on};
use super::{Bench, MEMBER};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const PHONE: &str = "777000111";

/// A callback that hands webhooks over, in place of THOTH's.
async fn heard() -> (Bench, UnboundedReceiver<Value>) {
    let bench = Bench::start().await;
    let (send, taken) = unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let take = axum::routing::post(async move |body: axum::Json<Value>| {
        send.send(body.0["entry"][0]["changes"][0].clone()).unwrap();
    });
    let router = axum::Router::new().route("/", take);
    tokio::spawn(async move { axum::serve(listener, router).await });
    bench.shared.world(|world| world.apps[0].callback_url = url);
    (bench, taken)
}

async fn next(taken: &mut UnboundedReceiver<Value>, field: &str) -> Value {
    loop {
        let change = taken.recv().await.unwrap();
        if change["field"] == field {
            return change["value"].clone();
        }
    }
}

async fn call(bench: &Bench, body: Value) -> (u16, Value) {
    api(bench, "/api/customers/aigerim/call", body).await
}

#[tokio::test]
async fn a_call_is_told_with_a_session_by_graph_and_without_one_by_sip() {
    let (bench, mut taken) = heard().await;
    on(&bench, false).await;
    let answered = json!({ "phone_id": PHONE, "end": "answered", "seconds": 12 });
    assert_eq!(call(&bench, answered).await.0, 200);
    let begin = next(&mut taken, "calls").await;
    assert_eq!(begin["calls"][0]["event"], "connect");
    assert_eq!(begin["calls"][0]["session"]["sdp_type"], "offer");
    assert_eq!(begin["contacts"][0]["wa_id"], "77015550101");
    let end = next(&mut taken, "calls").await;
    assert_eq!(end["calls"][0]["status"], "COMPLETED");
    assert_eq!(end["calls"][0]["duration"], 12);
    let reply = next(&mut taken, "messages").await;
    let reply = &reply["messages"][0]["interactive"]["call_permission_reply"];
    assert_eq!(reply["response_source"], "automatic");
    on(&bench, true).await;
    call(&bench, json!({ "phone_id": PHONE, "end": "missed" })).await;
    let begin = next(&mut taken, "calls").await;
    assert!(begin["calls"][0].get("session").is_none());
    let end = next(&mut taken, "calls").await;
    assert_eq!(end["calls"][0]["status"], "FAILED");
    assert!(end["calls"][0].get("duration").is_none());
}

#[tokio::test]
async fn faults_put_the_end_first_or_both_together() {
    let (bench, mut taken) = heard().await;
    on(&bench, false).await;
    api(
        &bench,
        "/api/faults",
        json!({ "calling": { "end_first": true } }),
    )
    .await;
    let failed = json!({ "phone_id": PHONE, "end": "failed", "seconds": 20 });
    call(&bench, failed).await;
    let end = next(&mut taken, "calls").await;
    assert_eq!(end["calls"][0]["event"], "terminate");
    assert_eq!(end["errors"][0]["code"], 138_021);
    assert_eq!(
        next(&mut taken, "calls").await["calls"][0]["event"],
        "connect"
    );
    let batched = json!({ "calling": { "end_first": false, "batched": true } });
    api(&bench, "/api/faults", batched).await;
    call(&bench, json!({ "phone_id": PHONE, "end": "missed" })).await;
    let both = next(&mut taken, "calls").await;
    assert_eq!(both["calls"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn nobody_calls_where_calling_is_off_and_nobody_twice() {
    let bench = Bench::start().await;
    assert_eq!(call(&bench, json!({ "phone_id": PHONE })).await.0, 400);
    on(&bench, true).await;
    assert_eq!(call(&bench, json!({ "phone_id": PHONE })).await.0, 200);
    assert_eq!(call(&bench, json!({ "phone_id": PHONE })).await.0, 400);
}

#[tokio::test]
async fn permissions_are_asked_for_once_a_day_given_and_used_up() {
    let bench = Bench::start().await;
    on(&bench, true).await;
    let request = json!({
        "messaging_product": "whatsapp", "to": "+77015550101", "type": "interactive",
        "interactive": { "type": "call_permission_request", "action": { "name": "call_permission_request" } },
    });
    let path = format!("{PHONE}/messages");
    let code = |answer: &Value| answer["error"]["code"].as_i64().unwrap_or_default();
    assert_eq!(code(&bench.graph(&path, request.clone()).await.1), 138_011);
    let hello = json!({ "to_phone_id": PHONE, "text": "hi" });
    api(&bench, "/api/customers/aigerim/send", hello).await;
    assert_eq!(bench.graph(&path, request.clone()).await.0, 200);
    assert_eq!(code(&bench.graph(&path, request).await.1), 138_009);
    let lookup = format!("{PHONE}/call_permissions?user_wa_id=77015550101");
    let shown = ask(&bench, &lookup).await;
    assert_eq!(shown["permission"]["status"], "no_permission");
    assert_eq!(shown["actions"][0]["can_perform_action"], false);
    let press = json!({ "to_phone_id": PHONE, "title": "Allow" });
    api(&bench, "/api/customers/aigerim/press", press).await;
    let shown = ask(&bench, &lookup).await;
    assert_eq!(shown["permission"]["status"], "temporary");
    assert!(shown["permission"]["expiration_time"].is_i64());
    for _ in 0..4 {
        let missed = json!({ "phone_id": PHONE, "caller": "business", "end": "missed" });
        assert_eq!(call(&bench, missed).await.0, 200);
    }
    let shown = ask(&bench, &lookup).await;
    assert_eq!(shown["permission"]["status"], "no_permission");
}

#[tokio::test]
async fn a_template_that_asks_is_a_request_like_any_other() {
    let bench = Bench::start().await;
    on(&bench, true).await;
    let made = json!({ "name": "may_we_call", "language": "en", "category": "UTILITY", "components": [
        { "type": "body", "text": "May we call you about your order, please?" },
        { "type": "call_permission_request" }] });
    let created = bench.graph("100200300400500/message_templates", made).await;
    assert_eq!(created.0, 200, "{}", created.1);
    bench.shared.world(|world| {
        for template in &mut world.templates {
            template.status = "APPROVED".to_string();
        }
    });
    let path = format!("{PHONE}/messages");
    let body = json!({ "messaging_product": "whatsapp", "to": "+77015550101", "type": "template",
        "template": { "name": "may_we_call", "language": { "code": "en" } } });
    let first = bench.graph(&path, body.clone()).await;
    assert_eq!(first.0, 200, "it opens the conversation: {}", first.1);
    let second = bench.graph(&path, body).await.1;
    assert_eq!(second["error"]["code"], 138_009, "{second}");
}

fn register() -> Value {
    json!({
        "USER_ID": 27, "PHONE_NUMBER": "+77015550101", "TYPE": 2, "EXTERNAL_CALL_ID": "wacid.1",
        "CALL_START_DATE": "2026-11-27T10:00:00+00:00", "LINE_NUMBER": "+77272000111",
    })
}

#[tokio::test]
async fn a_call_is_registered_once_and_finished_once() {
    let bench = Bench::start().await;
    let method = "telephony.externalCall.register";
    let (_, first) = bench.rest(method, register()).await;
    let (_, again) = bench.rest(method, register()).await;
    let id = first["result"]["CALL_ID"].clone();
    assert_eq!(again["result"]["CALL_ID"], id);
    for (key, value, code) in [
        ("USER_ID", json!(999), "ERROR_CORE"),
        ("USER_ID", json!(""), "INVALID_ARGUMENT"),
        ("TYPE", json!(9), "ERROR_CORE"),
        ("PHONE_NUMBER", json!("KZ.1"), "ERROR_CORE"),
        ("CALL_START_DATE", json!("yesterday"), "INVALID_ARGUMENT"),
    ] {
        let mut wrong = register();
        wrong[key] = value;
        let (status, answer) = bench.rest(method, wrong).await;
        assert_eq!(
            (status, answer["error"].as_str()),
            (400, Some(code)),
            "{key}"
        );
    }
    let finish = json!({ "CALL_ID": id, "USER_ID": 27, "DURATION": 12, "STATUS_CODE": 200 });
    let method = "telephony.externalCall.finish";
    let (status, done) = bench.rest(method, finish.clone()).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!(bench.rest(method, finish).await.0, 400);
    let unknown = json!({ "CALL_ID": "externalCall.0", "USER_ID": 27 });
    assert_eq!(bench.rest(method, unknown).await.0, 400);
    let calls = bench
        .shared
        .world(|world| world.portal(MEMBER).unwrap().calls.clone());
    assert_eq!((calls.len(), calls[0].registered), (1, 2));
    assert_eq!((calls[0].status.as_str(), calls[0].duration), ("200", 12));
}

#[tokio::test]
async fn the_crm_knows_who_answers_for_a_number() {
    let bench = Bench::start().await;
    let method = "telephony.externalCall.searchCrmEntities";
    let known = json!({ "PHONE_NUMBER": "+77015550101" });
    let (_, answer) = bench.rest(method, known).await;
    assert_eq!(answer["result"][0]["ASSIGNED_BY_ID"], 27);
    let (_, answer) = bench
        .rest(method, json!({ "PHONE_NUMBER": "+491700000042" }))
        .await;
    assert_eq!(answer["result"], json!([]));
}
