//! What Meta's dashboard switches, and what another app may not see.

use super::{Bench, GRAPH_TOKEN};
use serde_json::{Value, json};

const APP: &str = "555000111222333";
const OTHER: &str = "555000111222444";
const WABA: &str = "100200300400500";

/// The demo world with another app that reaches the same WABA.
async fn bench() -> Bench {
    let bench = Bench::start().await;
    bench.shared.world(|world| {
        let mut other = world.apps[0].clone();
        other.id = OTHER.to_string();
        other.secret = "another-secret".to_string();
        other.callback_url = String::new();
        other.fields.clear();
        world.apps.push(other);
        world.wabas[0].shared_with.push(OTHER.to_string());
    });
    bench
}

async fn api(bench: &Bench, path: &str, body: Value) -> (u16, Value) {
    let url = format!("{}{path}", bench.shared.ports.main());
    let answer = bench.http.post(url).json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// How many webhooks a customer's message makes.
async fn webhooks(bench: &Bench) -> usize {
    let before = bench.shared.journal(|journal| journal.deliveries.len());
    let message = json!({ "to_phone_id": "777000111", "text": "hi" });
    api(bench, "/api/customers/aigerim/send", message).await;
    bench.shared.journal(|journal| journal.deliveries.len()) - before
}

async fn debug(bench: &Bench, asker: &str, token: &str) -> (u16, Value) {
    let url = format!("{}/debug_token?input_token={token}", bench.graph);
    let answer = bench.http.get(url).bearer_auth(asker).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn nothing_is_sent_without_the_field_the_mode_and_the_subscription() {
    let bench = bench().await;
    assert_eq!(webhooks(&bench).await, 1);
    for (path, off, on) in [
        (
            format!("/api/apps/{APP}"),
            json!({ "fields": [] }),
            json!({ "fields": ["messages"] }),
        ),
        (
            format!("/api/apps/{APP}"),
            json!({ "live": false }),
            json!({ "live": true }),
        ),
        (
            format!("/api/wabas/{WABA}/subscribed"),
            json!({ "subscribed": false }),
            json!({ "subscribed": true }),
        ),
    ] {
        assert_eq!(api(&bench, &path, off).await.0, 200);
        assert_eq!(webhooks(&bench).await, 0, "{path}");
        assert_eq!(api(&bench, &path, on).await.0, 200);
        assert_eq!(webhooks(&bench).await, 1, "{path}");
    }
    let (status, answer) = api(
        &bench,
        &format!("/api/apps/{OTHER}"),
        json!({ "fields": ["messages"] }),
    )
    .await;
    assert_eq!(status, 400);
    assert!(answer["error"].as_str().unwrap().contains("callback URL"));
}

#[tokio::test]
async fn each_app_has_a_subscription_of_its_own() {
    let bench = bench().await;
    let (_, made) = api(
        &bench,
        &format!("/api/apps/{OTHER}/token"),
        json!({ "kind": "permanent" }),
    )
    .await;
    let token = made["access_token"].as_str().unwrap().to_string();
    let url = format!("{}/{WABA}/subscribed_apps", bench.graph);
    bench
        .http
        .post(&url)
        .bearer_auth(&token)
        .send()
        .await
        .unwrap();
    let list: Value = bench
        .http
        .get(&url)
        .bearer_auth(GRAPH_TOKEN)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let ids: Vec<&str> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["whatsapp_business_api_data"]["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, [APP, OTHER]);
    bench
        .http
        .delete(&url)
        .bearer_auth(&token)
        .send()
        .await
        .unwrap();
    let left = bench
        .shared
        .world(|world| world.wabas[0].subscribed.clone());
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].app, APP);

    let secret = "demo-app-secret-0c1d2e3f405162738495a6b7";
    let (status, answer) = debug(&bench, &format!("{APP}|{secret}"), &token).await;
    assert_eq!((status, answer["error"]["code"].as_i64()), (400, Some(100)));
    let words = answer["error"]["message"].as_str().unwrap();
    assert!(words.contains("did not match the Viewing App"), "{words}");
    let (_, answer) = debug(&bench, &format!("{OTHER}|another-secret"), &token).await;
    assert_eq!(answer["data"]["is_valid"], true);
    let (status, answer) = debug(&bench, &token, &token).await;
    assert_eq!((status, answer["error"]["code"].as_i64()), (400, Some(100)));
}

#[tokio::test]
async fn a_number_has_a_status_and_is_refused_for_each_reason() {
    let bench = bench().await;
    let change = json!({ "status": "BANNED", "on_biz_app": true, "limit": "TIER_250" });
    api(&bench, "/api/phones/777000111", change).await;
    let url = format!(
        "{}/777000111?fields=status,is_on_biz_app,whatsapp_business_manager_messaging_limit,health_status",
        bench.graph
    );
    let request = bench.http.get(url).bearer_auth(GRAPH_TOKEN);
    let read: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(read["status"], "BANNED");
    assert_eq!(read["is_on_biz_app"], true);
    assert_eq!(
        read["whatsapp_business_manager_messaging_limit"],
        "TIER_250"
    );
    assert_eq!(read["health_status"]["can_send_message"], "BLOCKED");
    let pin = json!({ "messaging_product": "whatsapp", "pin": "111111" });
    let (status, answer) = bench.graph("777000111/register", pin.clone()).await;
    assert_eq!((status, answer["error"]["code"].as_i64()), (400, Some(100)));
    for (code, expected) in [
        (133_008, 400),
        (133_009, 400),
        (133_015, 400),
        (133_004, 503),
    ] {
        let switch = json!({ "refuse": { "register_number": code } });
        bench.shared.faults(|faults| faults.merge(switch)).unwrap();
        let (status, answer) = bench.graph("777000222/register", pin.clone()).await;
        let got = (status, answer["error"]["code"].as_i64());
        assert_eq!(got, (expected, Some(code)));
    }
}

#[tokio::test]
async fn the_dialog_fails_with_a_code_and_a_code_grows_old() {
    let bench = bench().await;
    bench.shared.world(|world| {
        world.apps[0].redirect_uris = vec!["http://127.0.0.1:9/back".to_string()];
        world.behaviour.code_seconds = 0;
    });
    let dialog = format!(
        "{}/facebook/v25.0/dialog/oauth?client_id={APP}&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fback&state=s&response_type=code&scope=whatsapp_business_management",
        bench.shared.ports.main()
    );
    let yes = "person=100200300&answer=continue&permission=whatsapp_business_management";
    let go = async || {
        let answer = bench.http.post(&dialog).body(yes).send().await.unwrap();
        answer.headers()["location"].to_str().unwrap().to_string()
    };
    let switch = |dialog: u32| json!({ "refuse": { "dialog": dialog } });
    bench
        .shared
        .faults(|faults| faults.merge(switch(1_349_048)))
        .unwrap();
    let location = go().await;
    assert!(
        location.contains("error_code=1349048&error_message="),
        "{location}"
    );
    bench
        .shared
        .faults(|faults| faults.merge(switch(0)))
        .unwrap();
    let location = go().await;
    let code = location
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let form = [
        ("client_id", APP),
        ("client_secret", "demo-app-secret-0c1d2e3f405162738495a6b7"),
        ("redirect_uri", "http://127.0.0.1:9/back"),
        ("code", code),
    ];
    let url = format!("{}/oauth/access_token", bench.graph);
    let answer: Value = bench
        .http
        .post(url)
        .form(&form)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(answer["error"]["error_subcode"], 36_007);
}
