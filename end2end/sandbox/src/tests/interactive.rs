//! Interactive messages: each kind with its limits, and what a customer sends by pressing.

use super::Bench;
use super::sending::{code, named, order_ready, seen, send, template};
use serde_json::{Value, json};

fn interactive(kind: &str, action: Value) -> Value {
    json!({ "type": kind, "body": { "text": "Choose" }, "action": action })
}

fn reply(id: &str, title: &str) -> Value {
    json!({ "type": "reply", "reply": { "id": id, "title": title } })
}

fn good_interactive() -> Vec<Value> {
    let row = |id: &str| json!({ "id": id, "title": id, "description": "more" });
    vec![
        interactive(
            "button",
            json!({ "buttons": [reply("a", "Yes"), reply("b", "No")] }),
        ),
        interactive(
            "list",
            json!({ "button": "Open", "sections": [{ "title": "One", "rows": [row("a")] }, { "title": "Two", "rows": [row("b")] }] }),
        ),
        interactive(
            "cta_url",
            json!({ "name": "cta_url", "parameters": { "display_text": "Open", "url": "https://a.example" } }),
        ),
        interactive(
            "location_request_message",
            json!({ "name": "send_location" }),
        ),
        interactive(
            "call_permission_request",
            json!({ "name": "call_permission_request" }),
        ),
        interactive(
            "voice_call",
            json!({ "name": "voice_call", "parameters": { "display_text": "Call", "ttl_minutes": 60 } }),
        ),
        interactive(
            "flow",
            json!({ "name": "flow", "parameters": { "flow_message_version": "3", "flow_id": "1", "flow_cta": "Open", "flow_token": "t",
            "flow_action": "navigate", "flow_action_payload": { "screen": "A" } } }),
        ),
    ]
}

#[tokio::test]
async fn every_kind_of_interactive_message_is_shown() {
    let bench = Bench::start().await;
    for message in good_interactive() {
        let (status, answer) = send(&bench, "messages", "interactive", message.clone()).await;
        assert_eq!(status, 200, "{message} {answer}");
    }
    let seen = seen(&bench);
    assert_eq!(seen.len(), 7);
    assert!(
        seen.iter()
            .all(|it| it.text == "Choose" && it.kind == "interactive")
    );
    assert_eq!(
        seen[1].shown.as_ref().unwrap()["list"]["sections"][1]["rows"][0]["text"],
        "b"
    );
}

#[tokio::test]
async fn interactive_limits_are_metas() {
    let bench = Bench::start().await;
    let kinds = good_interactive();
    let long = |count: usize| json!("a".repeat(count));
    let rows: Vec<Value> = (0..11)
        .map(|it| json!({ "id": it.to_string(), "title": "a" }))
        .collect();
    let footer = json!({ "text": "foot" });
    let cases: Vec<(usize, &str, Value, i64)> = vec![
        (0, "/body/text", long(1025), 131_009),
        (0, "/body", json!(null), 131_008),
        (0, "/action", json!(null), 131_008),
        (0, "/action/buttons/0/reply/title", long(21), 131_009),
        (0, "/action/buttons/0/reply/id", long(257), 131_009),
        (0, "/action/buttons/0/reply/title", json!("No"), 131_009),
        (0, "/action/buttons", json!([]), 131_009),
        (
            0,
            "/action/buttons",
            json!([
                reply("a", "1"),
                reply("b", "2"),
                reply("c", "3"),
                reply("d", "4")
            ]),
            131_009,
        ),
        (
            0,
            "/header",
            json!({ "type": "text", "text": "a".repeat(61) }),
            131_009,
        ),
        (0, "/header", json!({ "type": "audio" }), 131_009),
        (0, "/footer", json!({ "text": "a".repeat(61) }), 131_009),
        (1, "/action/button", long(21), 131_009),
        (1, "/action/sections/0/title", json!(null), 131_008),
        (1, "/action/sections/0/rows/0/title", long(25), 131_009),
        (
            1,
            "/action/sections/0/rows/0/description",
            long(73),
            131_009,
        ),
        (1, "/action/sections/0/rows/0/id", json!("b"), 131_009),
        (1, "/action/sections/0/rows", json!(rows), 131_009),
        (
            1,
            "/header",
            json!({ "type": "image", "image": { "id": "1" } }),
            131_009,
        ),
        (2, "/action/parameters/display_text", long(21), 131_009),
        (2, "/action/parameters/url", json!("shop"), 131_009),
        (3, "/footer", footer.clone(), 131_009),
        (3, "/action/name", json!("send"), 131_009),
        (
            4,
            "/header",
            json!({ "type": "text", "text": "a" }),
            131_009,
        ),
        (5, "/action/parameters/ttl_minutes", json!(43_201), 131_009),
        (6, "/action/parameters/flow_cta", long(31), 131_009),
        (
            6,
            "/action/parameters/flow_message_version",
            json!("2"),
            131_009,
        ),
        (
            6,
            "/action/parameters/flow_action_payload",
            json!({}),
            131_008,
        ),
        (0, "/type", json!("poem"), 131_009),
    ];
    for (index, pointer, value, expected) in cases {
        let mut message = kinds[index].clone();
        if let Some(place) = message.pointer_mut(pointer) {
            *place = value.clone();
        } else {
            message[pointer.trim_start_matches('/')] = value.clone();
        }
        if value.is_null() && !pointer.contains("sections") {
            message
                .as_object_mut()
                .unwrap()
                .remove(pointer.trim_start_matches('/'));
        }
        let (_, answer) = send(&bench, "messages", "interactive", message).await;
        assert_eq!(
            code(&answer),
            expected,
            "{index} {pointer} {value} {answer}"
        );
    }
}

#[tokio::test]
async fn a_customer_presses_what_was_sent() {
    let bench = Bench::start().await;
    template(&bench, named("order_ready", "ru", json!(order_ready()))).await;
    for message in good_interactive() {
        send(&bench, "messages", "interactive", message).await;
    }
    let url = format!("{}/api/customers/aigerim/press", bench.shared.ports.main());
    let press = async |title: &str, response: Value| {
        let body = json!({ "to_phone_id": "777000111", "title": title, "response": response });
        let answer = bench.http.post(&url).json(&body).send().await.unwrap();
        (
            answer.status().as_u16(),
            answer.json::<Value>().await.unwrap(),
        )
    };
    let none = json!({});
    for (title, text) in [
        ("Спасибо", "Спасибо"),
        ("Yes", "Yes"),
        ("b", "b"),
        ("Send location", "[location] Almaty"),
        ("Allow", "[call permission] accept"),
        ("Don't allow", "[call permission] reject"),
    ] {
        let (status, answer) = press(title, none.clone()).await;
        assert_eq!(status, 200, "{title} {answer}");
        let own = seen(&bench).pop().unwrap();
        assert_eq!((own.text.as_str(), own.quotes.is_some()), (text, true));
    }
    press("Open", json!({ "rating": 5 })).await;
    let own = seen(&bench).pop().unwrap();
    assert_eq!(own.text, "[form] {\"rating\":5,\"flow_token\":\"t\"}");
    assert_eq!(press("Заказ", none.clone()).await.0, 400);
    let (status, answer) = press("Открыть заказ", none).await;
    assert_eq!((status, &answer["pressed"]["kind"]), (200, &json!("url")));
}
