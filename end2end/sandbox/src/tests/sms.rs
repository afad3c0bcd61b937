//! Text messages of a portal: senders, the form the handler gets, the states that are reported back.

use super::{Bench, CLIENT, MEMBER};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const CODE: &str = "thoth_77272000111";

fn code(answer: &Value) -> &str {
    answer["error"].as_str().unwrap_or_default()
}

fn sender(handler: &str) -> Value {
    json!({ "CODE": CODE, "TYPE": "SMS", "HANDLER": handler, "NAME": "THOTH +77272000111" })
}

/// A handler that hands the forms over, registered as a sender.
async fn heard() -> (Bench, UnboundedReceiver<Value>) {
    let bench = Bench::start().await;
    let (send, taken) = unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/sms/", listener.local_addr().unwrap());
    let take = axum::routing::post(async move |body: axum::body::Bytes| {
        send.send(crate::params::parse(&body)).unwrap();
        "taken"
    });
    let router = axum::Router::new().route("/sms/", take);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let (status, answer) = bench.rest("messageservice.sender.add", sender(&url)).await;
    assert_eq!((status, &answer["result"]), (200, &json!(true)));
    (bench, taken)
}

async fn api(bench: &Bench, path: &str, body: Value) -> (u16, Value) {
    let url = format!("{}{path}", bench.shared.ports.main());
    let answer = bench.http.post(url).json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn senders_are_checked_kept_changed_and_removed() {
    let bench = Bench::start().await;
    let good = sender("https://thoth.example/api/bitrix/sms/");
    for (key, value) in [
        ("CODE", json!("")),
        ("CODE", json!("with space")),
        ("TYPE", json!("EMAIL")),
        ("HANDLER", json!("nowhere")),
        ("NAME", json!("")),
    ] {
        let mut wrong = good.clone();
        wrong[key] = value;
        let (status, answer) = bench.rest("messageservice.sender.add", wrong).await;
        assert_eq!(
            (status, code(&answer)),
            (400, "ERROR_SENDER_VALIDATION_FAILURE"),
            "{key}"
        );
    }
    assert_eq!(
        bench
            .rest("messageservice.sender.add", good.clone())
            .await
            .0,
        200
    );
    let (_, twice) = bench.rest("messageservice.sender.add", good).await;
    assert_eq!(code(&twice), "ERROR_SENDER_ALREADY_INSTALLED");
    let update = async |body: Value| bench.rest("messageservice.sender.update", body).await.1;
    assert_eq!(
        code(&update(json!({ "NAME": "x" })).await),
        "ERROR_SENDER_CODE_REQUIRED"
    );
    assert_eq!(
        code(&update(json!({ "CODE": CODE })).await),
        "ERROR_SENDER_OTHER_PARAMS_REQUIRED"
    );
    assert_eq!(
        code(&update(json!({ "CODE": "x", "NAME": "x" })).await),
        "ERROR_SENDER_NOT_FOUND"
    );
    let names = json!({ "CODE": CODE, "NAME": { "en": "Shop", "ru": "Магазин" } });
    assert_eq!(update(names).await["result"], true);
    let (_, list) = bench.rest("messageservice.sender.list", json!({})).await;
    assert_eq!(list["result"], json!([CODE]));
    let delete = async || {
        bench
            .rest("messageservice.sender.delete", json!({ "CODE": CODE }))
            .await
            .1
    };
    assert_eq!(delete().await["result"], true);
    assert_eq!(code(&delete().await), "ERROR_SENDER_NOT_FOUND");

    bench
        .shared
        .world(|world| world.portals[0].users[0].admin = false);
    let (status, answer) = bench.rest("messageservice.sender.list", json!({})).await;
    assert_eq!((status, code(&answer)), (403, "ACCESS_DENIED"));
    bench.shared.world(|world| {
        let app = world.portals[0].app_mut(CLIENT).unwrap();
        app.scopes.retain(|scope| scope != "messageservice");
    });
    let (status, answer) = bench.rest("messageservice.sender.list", json!({})).await;
    assert_eq!((status, code(&answer)), (403, "insufficient_scope"));
}

#[tokio::test]
async fn a_card_and_a_robot_post_the_form_of_the_contract() {
    let (bench, mut taken) = heard().await;
    let card = json!({ "sender": CODE, "to": "8 (701) 555-01-01", "text": "Ваш код: 1234" });
    let (status, answer) = api(&bench, &format!("/api/sms/{MEMBER}"), card).await;
    assert_eq!(
        (status, &answer["status"], &answer["body"]),
        (200, &json!(200), &json!("taken"))
    );
    let form = taken.recv().await.unwrap();
    assert_eq!(
        (&form["module_id"], &form["type"]),
        (&json!("crm"), &json!("SMS"))
    );
    assert_eq!(
        form["bindings"][0],
        json!({ "OWNER_TYPE_ID": "3", "OWNER_ID": "123" })
    );
    assert_eq!(
        (&form["code"], &form["message_id"]),
        (&json!(CODE), &answer["message_id"])
    );
    assert_eq!(form["message_to"], "8 (701) 555-01-01");
    assert_eq!(
        (&form["message_body"], &form["properties"]["message_text"]),
        (&json!("Ваш код: 1234"), &json!("Ваш код: 1234"))
    );
    assert_eq!(
        (&form["auth"]["member_id"], &form["auth"]["user_id"]),
        (&json!(MEMBER), &json!("27"))
    );
    assert!(
        form["auth"]["access_token"].is_string() && form["auth"]["application_token"].is_string()
    );

    for (auth, tokens, block) in [
        ("whole", true, true),
        ("bare", false, true),
        ("none", false, false),
    ] {
        let robot = json!({ "sender": CODE, "to": "+77015550101", "text": "hi", "auth": auth, "document": "DEAL_7" });
        api(&bench, &format!("/api/robot/{MEMBER}"), robot).await;
        let form = taken.recv().await.unwrap();
        assert_eq!(form["module_id"], "bizproc");
        assert_eq!(
            form["document_id"],
            json!(["crm", "CCrmDocumentDeal", "DEAL_7"])
        );
        assert!(form.get("bindings").is_none() && form["workflow_id"].is_string());
        assert_eq!(form["auth"]["access_token"].is_string(), tokens);
        assert_eq!(form.get("auth").is_some(), block);
    }
    let id = answer["message_id"].as_str().unwrap();
    api(&bench, &format!("/api/sms/{MEMBER}/{id}/again"), json!({})).await;
    assert_eq!(taken.recv().await.unwrap()["message_id"], json!(id));
    let (status, _) = api(
        &bench,
        &format!("/api/sms/{MEMBER}"),
        json!({ "sender": "x", "to": "1", "text": "a" }),
    )
    .await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn states_are_reported_for_messages_of_this_sender_only() {
    let (bench, _taken) = heard().await;
    let card = json!({ "sender": CODE, "to": "+77015550101", "text": "hi" });
    let (_, sent) = api(&bench, &format!("/api/sms/{MEMBER}"), card).await;
    let id = sent["message_id"].clone();
    let report = async |code: &str, id: &Value, state: &str| {
        let body = json!({ "CODE": code, "MESSAGE_ID": id, "STATUS": state });
        bench
            .rest("messageservice.message.status.update", body)
            .await
    };
    let (_, wrong) = report("thoth_whatsapp", &id, "sent").await;
    assert_eq!(code(&wrong), "ERROR_SENDER_VALIDATION_FAILURE");
    assert_eq!(
        code(&report(CODE, &json!("65a0"), "sent").await.1),
        "ERROR_MESSAGE_NOT_FOUND"
    );
    assert_eq!(
        code(&report(CODE, &id, "READ").await.1),
        "ERROR_MESSAGE_STATUS_INCORRECT"
    );
    for state in ["sent", "delivered"] {
        assert_eq!(report(CODE, &id, state).await.1["result"], true);
    }
    let kept = bench
        .shared
        .world(|world| world.portals[0].texts[0].clone());
    assert_eq!(
        (kept.state.as_deref(), kept.reported.len()),
        (Some("delivered"), 2)
    );
    // Neither the author nor an administrator.
    bench
        .shared
        .world(|world| world.portals[0].users[0].admin = false);
    let (status, answer) = report(CODE, &id, "failed").await;
    assert_eq!((status, code(&answer)), (403, "ACCESS_DENIED"));
}
