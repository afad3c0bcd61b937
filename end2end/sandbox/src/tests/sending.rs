//! Templates as a business sends them: what is taken, what the customer sees, what is refused.

use super::Bench;
use serde_json::{Value, json};

const WABA: &str = "100200300400500";

pub fn code(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap_or_default()
}

pub async fn send(bench: &Bench, edge: &str, kind: &str, content: Value) -> (u16, Value) {
    let mut body = json!({ "messaging_product": "whatsapp", "to": "+77015550101", "type": kind });
    body[kind] = content;
    bench.graph(&format!("777000111/{edge}"), body).await
}

pub async fn template(bench: &Bench, content: Value) -> (u16, Value) {
    send(bench, "messages", "template", content).await
}

pub fn named(name: &str, language: &str, components: Value) -> Value {
    json!({ "name": name, "language": { "code": language }, "components": components })
}

fn texts(kind: &str, values: &[&str]) -> Value {
    let parameters: Vec<Value> = values
        .iter()
        .map(|it| json!({ "type": "text", "text": it }))
        .collect();
    json!({ "type": kind, "parameters": parameters })
}

fn button(index: &str, sub_type: &str, parameter: Value) -> Value {
    json!({ "type": "button", "sub_type": sub_type, "index": index, "parameters": [parameter] })
}

pub fn order_ready() -> Vec<Value> {
    let of =
        |name: &str, text: &str| json!({ "type": "text", "parameter_name": name, "text": text });
    vec![
        json!({ "type": "body", "parameters": [of("order", "118"), of("client", "Айгерим")] }),
        button("0", "url", json!({ "type": "text", "text": "118" })),
    ]
}

/// What the customer has on their telephone, newest last.
pub fn seen(bench: &Bench) -> Vec<crate::world::TalkMessage> {
    bench
        .shared
        .world(|world| world.talk_mut("aigerim", "777000111").messages.clone())
}

#[tokio::test]
async fn a_template_is_filled_and_passes_a_closed_window() {
    let bench = Bench::start().await;
    let mut live = bench.shared.live.subscribe();
    let (status, answer) = template(&bench, named("order_ready", "ru", json!(order_ready()))).await;
    assert_eq!(
        (status, &answer["messages"][0]["message_status"]),
        (200, &json!("accepted")),
        "{answer}"
    );
    let message = seen(&bench).pop().unwrap();
    assert!(
        message
            .text
            .contains("Здравствуйте, Айгерим! Заказ 118 собран"),
        "{}",
        message.text
    );
    let shown = message.shown.unwrap();
    assert_eq!(shown["header"]["text"], "Заказ готов");
    assert_eq!(
        shown["buttons"][0]["url"],
        "https://shop.example/orders/118"
    );
    assert_eq!(
        shown["buttons"][1],
        json!({ "kind": "quick_reply", "text": "Спасибо", "payload": "Спасибо" })
    );
    assert_eq!(message.template.unwrap().category, "UTILITY");
    while seen(&bench).pop().unwrap().tick < crate::world::Tick::Delivered {
        live.recv().await.unwrap();
    }
    assert_eq!(seen(&bench).pop().unwrap().error, None);
}

#[tokio::test]
async fn every_kind_of_template_the_account_has_can_be_sent() {
    let bench = Bench::start().await;
    let media = |kind: &str| {
        let mut medium = json!({ "type": kind });
        medium[kind] = json!({ "link": "https://shop.example/file" });
        json!({ "type": "header", "parameters": [medium] })
    };
    let coupon = json!({ "type": "coupon_code", "coupon_code": "SPRING25" });
    let place = json!({ "type": "location", "location": { "latitude": "43.2", "longitude": 76.9, "name": "Shop", "address": "Dostyk 5" } });
    let card = |index: usize| {
        json!({ "card_index": index, "components": [
            media("image"), texts("body", &["9 000 KZT"]), button("1", "url", json!({ "type": "text", "text": "1" })),
        ]})
    };
    let cases: [(&str, &str, Value); 12] = [
        ("hello_world", "en_US", json!([])),
        (
            "delivery_note",
            "en",
            json!([
                texts("header", &["118"]),
                texts("body", &["118", "4 May", "ten"])
            ]),
        ),
        (
            "invoice",
            "en",
            json!([media("document"), texts("body", &["7", "ten days"])]),
        ),
        (
            "photo",
            "en",
            json!([
                media("image"),
                texts("body", &["118"]),
                button(
                    "1",
                    "quick_reply",
                    json!({ "type": "payload", "payload": "change" })
                )
            ]),
        ),
        ("video_guide", "en", json!([media("video")])),
        (
            "place",
            "en",
            json!([{ "type": "header", "parameters": [place] }, texts("body", &["118"])]),
        ),
        (
            "promo",
            "en",
            json!([
                texts("header", &["home"]),
                texts("body", &["31 May"]),
                button("0", "copy_code", coupon.clone())
            ]),
        ),
        (
            "flash_sale",
            "en",
            json!([media("image"), texts("body", &["Aigerim"]), button("0", "copy_code", coupon),
            button("1", "url", json!({ "type": "text", "text": "flash" })),
            { "type": "limited_time_offer", "parameters": [{ "type": "limited_time_offer", "limited_time_offer": { "expiration_time_ms": 1_790_000_000_000_i64 } }] }]),
        ),
        (
            "bouquets",
            "en",
            json!([texts("body", &["Aigerim"]), { "type": "carousel", "cards": [card(0), card(1), card(2)] }]),
        ),
        (
            "survey",
            "en",
            json!([
                texts("body", &["118"]),
                button(
                    "0",
                    "flow",
                    json!({ "type": "action", "action": { "flow_token": "t1" } })
                )
            ]),
        ),
        (
            "otp",
            "en_US",
            json!([
                texts("body", &["4711"]),
                button("0", "url", json!({ "type": "text", "text": "4711" }))
            ]),
        ),
        (
            "otp",
            "ru",
            json!([
                texts("body", &["4711"]),
                button("0", "url", json!({ "type": "text", "text": "4711" }))
            ]),
        ),
    ];
    for (name, language, components) in cases {
        let (status, answer) = template(&bench, named(name, language, components)).await;
        assert_eq!(status, 200, "{name}: {answer}");
        let shown = seen(&bench).pop().unwrap().shown.unwrap();
        assert!(!shown.to_string().contains("{{"), "{name}: {shown}");
    }
    let otp = seen(&bench).pop().unwrap().shown.unwrap();
    assert_eq!(
        otp["buttons"][0],
        json!({ "kind": "copy_code", "text": "Скопировать код", "code": "4711" })
    );
}

#[tokio::test]
async fn a_template_that_does_not_fit_is_refused() {
    let bench = Bench::start().await;
    let ready = order_ready();
    let changed = |pointer: &str, value: Value| {
        let mut components = json!(ready);
        *components.pointer_mut(pointer).unwrap() = value;
        named("order_ready", "ru", components)
    };
    let text =
        |index: usize, words: &str| changed(&format!("/0/parameters/{index}/text"), json!(words));
    let cases: [(Value, u16, i64); 24] = [
        (named("no_such", "ru", json!([])), 404, 132_001),
        (named("order_ready", "de", json!([])), 404, 132_001),
        (named("summer", "en", json!([])), 404, 132_001),
        (named("old_offer", "en", json!([])), 404, 132_001),
        (named("feedback", "en", json!([])), 400, 132_015),
        (named("retired", "en", json!([])), 400, 132_016),
        (
            named("hello_world", "en_US", json!([texts("body", &["x"])])),
            400,
            132_000,
        ),
        (named("order_ready", "ru", json!([])), 400, 132_000),
        (named("order_ready", "ru", json!([ready[0]])), 400, 131_008),
        (
            changed("/0/parameters/1/parameter_name", json!("smell")),
            400,
            132_000,
        ),
        (
            changed("/0/parameters/1/parameter_name", json!("order")),
            400,
            132_012,
        ),
        (
            changed("/0/parameters/1/parameter_name", json!(null)),
            400,
            132_012,
        ),
        (
            changed("/0/parameters/1/type", json!("image")),
            400,
            132_012,
        ),
        (text(0, "one\ntwo"), 400, 132_018),
        (text(0, "one\ttwo"), 400, 132_018),
        (text(0, "one     two"), 400, 132_018),
        (text(0, ""), 400, 131_008),
        (text(0, &"a".repeat(1000)), 400, 132_005),
        (changed("/1/index", json!("7")), 400, 131_009),
        (changed("/1/sub_type", json!("quick_reply")), 400, 132_012),
        (
            changed("/1/parameters/0/type", json!("payload")),
            400,
            132_012,
        ),
        (
            named("photo", "en", json!([texts("body", &["118"])])),
            400,
            132_012,
        ),
        (
            named(
                "photo",
                "en",
                json!([{ "type": "header", "parameters": [{ "type": "video", "video": { "id": "1" } }] }, texts("body", &["1"])]),
            ),
            400,
            132_012,
        ),
        (
            named(
                "otp",
                "ru",
                json!([
                    texts("body", &["1"]),
                    button("0", "url", json!({ "type": "text", "text": "2" }))
                ]),
            ),
            400,
            132_012,
        ),
    ];
    for (content, status, expected) in cases {
        let (got, answer) = template(&bench, content.clone()).await;
        assert_eq!(
            (got, code(&answer)),
            (status, expected),
            "{content} {answer}"
        );
    }
    assert!(seen(&bench).is_empty());
}

#[tokio::test]
async fn marketing_templates_have_a_path_of_their_own() {
    let bench = Bench::start().await;
    let promo = || {
        let coupon = button(
            "0",
            "copy_code",
            json!({ "type": "coupon_code", "coupon_code": "A1" }),
        );
        named(
            "promo",
            "en",
            json!([texts("header", &["home"]), texts("body", &["May"]), coupon]),
        )
    };
    let (status, answer) = send(&bench, "marketing_messages", "template", promo()).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(
        seen(&bench)[0].template.as_ref().unwrap().through,
        "marketing_messages"
    );
    let hello = named("hello_world", "en_US", json!([]));
    assert_eq!(
        code(
            &send(&bench, "marketing_messages", "template", hello)
                .await
                .1
        ),
        131_009
    );
    let text = json!({ "body": "hi" });
    assert_eq!(
        code(&send(&bench, "marketing_messages", "text", text).await.1),
        131_055
    );

    for (refusal, status) in [(134_100, 400), (131_055, 400), (134_102, 500)] {
        bench
            .shared
            .world(|world| world.waba_mut(WABA).unwrap().marketing_refusal = refusal);
        let (got, answer) = send(&bench, "marketing_messages", "template", promo()).await;
        assert_eq!((got, code(&answer)), (status, i64::from(refusal)));
    }
    assert_eq!(template(&bench, promo()).await.0, 200);
    bench
        .shared
        .world(|world| world.waba_mut(WABA).unwrap().marketing_only = true);
    assert_eq!(code(&template(&bench, promo()).await.1), 131_063);
}
