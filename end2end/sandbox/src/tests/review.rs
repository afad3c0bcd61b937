//! What Meta's reviewers do, and the webhooks that tell of it.

use super::Bench;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const WABA: &str = "100200300400500";

/// A bench whose app's callback hands the webhooks over.
async fn heard() -> (Bench, UnboundedReceiver<Value>) {
    let bench = Bench::start().await;
    let (send, taken) = unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let take = axum::routing::post(async move |axum::Json(body): axum::Json<Value>| {
        send.send(body).unwrap();
    });
    let router = axum::Router::new().route("/", take);
    tokio::spawn(async move { axum::serve(listener, router).await });
    bench.shared.world(|world| world.apps[0].callback_url = url);
    (bench, taken)
}

fn id(bench: &Bench, name: &str, language: &str) -> String {
    bench.shared.world(|world| {
        let mut all = world.templates.iter();
        let found = all.find(|it| it.name == name && it.language == language);
        found.unwrap().id.clone()
    })
}

async fn api(bench: &Bench, path: &str, body: Value) -> u16 {
    let url = format!("{}{path}", bench.shared.ports.main());
    let answer = bench.http.post(url).json(&body).send().await.unwrap();
    answer.status().as_u16()
}

#[tokio::test]
async fn each_decision_sends_its_webhook() {
    let (bench, mut taken) = heard().await;
    let summer = id(&bench, "summer", "en");
    let mut decided = async |what: &str, body: Value| {
        let path = format!("/api/templates/{summer}/{what}");
        assert_eq!(api(&bench, &path, body).await, 200);
        let webhook = taken.recv().await.unwrap();
        assert_eq!(webhook["entry"][0]["id"], WABA);
        assert!(webhook["entry"][0]["time"].is_i64());
        let change = webhook["entry"][0]["changes"][0].clone();
        assert_eq!(
            change["value"]["message_template_id"],
            json!(summer.parse::<u64>().unwrap())
        );
        (
            change["field"].as_str().unwrap().to_string(),
            change["value"].clone(),
        )
    };
    let (field, value) = decided("review", json!({ "event": "APPROVED" })).await;
    assert_eq!(field, "message_template_status_update");
    assert_eq!(
        (&value["event"], &value["reason"]),
        (&json!("APPROVED"), &json!("NONE"))
    );
    let (_, value) = decided("review", json!({ "event": "REJECTED", "reason": "SCAM" })).await;
    assert_eq!(value["rejection_info"]["reason"], "SCAM");
    let (_, value) = decided("review", json!({ "event": "PAUSED" })).await;
    assert_eq!(value["other_info"]["title"], "FIRST_PAUSE");
    let (field, value) = decided(
        "category",
        json!({ "category": "UTILITY", "announce": true }),
    )
    .await;
    assert_eq!(field, "template_category_update");
    assert_eq!(
        (&value["correct_category"], &value["new_category"]),
        (&json!("UTILITY"), &json!("MARKETING"))
    );
    assert!(value.get("previous_category").is_none());
    let (_, value) = decided("category", json!({ "category": "UTILITY" })).await;
    assert_eq!(
        (&value["previous_category"], &value["new_category"]),
        (&json!("MARKETING"), &json!("UTILITY"))
    );
    let (field, value) = decided("quality", json!({ "score": "RED" })).await;
    assert_eq!(field, "message_template_quality_update");
    assert_eq!(value["previous_quality_score"], "UNKNOWN");
    let (field, value) = decided("components", json!({ "body": "Another text." })).await;
    assert_eq!(field, "message_template_components_update");
    assert_eq!(value["message_template_element"], "Another text.");
    decided("review", json!({ "event": "DELETED" })).await;
    assert_eq!(
        api(
            &bench,
            &format!("/api/templates/{summer}/review"),
            json!({ "event": "APPROVED" })
        )
        .await,
        400
    );
}

#[tokio::test]
async fn an_app_that_did_not_subscribe_to_the_field_hears_nothing() {
    let (bench, _taken) = heard().await;
    bench
        .shared
        .world(|world| world.apps[0].fields = vec!["messages".to_string()]);
    let id = id(&bench, "summer", "en");
    api(
        &bench,
        &format!("/api/templates/{id}/review"),
        json!({ "event": "APPROVED" }),
    )
    .await;
    let missed = bench
        .shared
        .journal(|journal| journal.counts.get("webhook.field_not_subscribed").copied());
    assert_eq!(missed, Some(1));
}

#[tokio::test]
async fn a_template_can_be_planted_unchecked() {
    let bench = Bench::start().await;
    let template = json!({ "name": "odd", "language": "en", "category": "UTILITY", "components": [{ "type": "POEM" }], "status": "LIMIT_EXCEEDED" });
    let body = json!({ "waba": WABA, "template": template });
    assert_eq!(api(&bench, "/api/templates", body).await, 200);
    assert_eq!(
        api(
            &bench,
            &format!("/api/wabas/{WABA}"),
            json!({ "marketing_refusal": 134_102, "marketing_only": true })
        )
        .await,
        200
    );
    let waba = bench
        .shared
        .world(|world| world.waba(WABA).cloned().unwrap());
    assert_eq!(
        (waba.marketing_refusal, waba.marketing_only),
        (134_102, true)
    );
}
