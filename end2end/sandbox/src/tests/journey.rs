//! Both directions with a listener in THOTH's place.

use super::{Bench, MEMBER};
use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use http::HeaderMap;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;

type Got = (HeaderMap, Bytes);

/// A server that takes what comes, refusing the first so many.
async fn taker(refuse: usize) -> (String, mpsc::UnboundedReceiver<Got>) {
    let (send, receive) = mpsc::unbounded_channel();
    let left = Arc::new(Mutex::new(refuse));
    let router = Router::new().route(
        "/",
        post(move |headers: HeaderMap, body: Bytes| async move {
            let mut left = left.lock().unwrap();
            if *left > 0 {
                *left -= 1;
                return http::StatusCode::SERVICE_UNAVAILABLE;
            }
            send.send((headers, body)).unwrap();
            http::StatusCode::OK
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, receive)
}

#[tokio::test]
async fn webhooks_are_signed_escaped_retried_and_in_order() {
    let bench = Bench::start().await;
    let (url, mut taken) = taker(1).await;
    bench.shared.world(|world| world.apps[0].callback_url = url);
    let api = bench.shared.ports.main();
    for text in ["сәлем", "two", "three"] {
        let body = json!({ "to_phone_id": "777000111", "text": text });
        let sent = bench
            .http
            .post(format!("{api}/api/customers/aigerim/send"))
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(sent.status().as_u16(), 200);
    }
    let mut texts = Vec::new();
    while texts.len() < 3 {
        let (headers, body) = taken.recv().await.unwrap();
        assert!(body.is_ascii());
        let secret = "demo-app-secret-0c1d2e3f405162738495a6b7";
        assert_eq!(
            headers["x-hub-signature-256"],
            crate::webhook::signature(secret, &body).as_str()
        );
        let value: Value = serde_json::from_slice(&body).unwrap();
        let text = value
            .pointer("/entry/0/changes/0/value/messages/0/text/body")
            .unwrap();
        texts.push(text.as_str().unwrap().to_string());
    }
    assert_eq!(texts, ["сәлем", "two", "three"]);
}

#[tokio::test]
async fn an_operators_answers_arrive_in_one_event() {
    let bench = Bench::start().await;
    let (url, mut taken) = taker(0).await;
    bench
        .shared
        .world(|world| world.portals[0].apps[0].events_url = url);
    let body = json!({ "CONNECTOR": "thoth_whatsapp", "LINE": 1, "MESSAGES": [Bench::inbound("wamid.1", "hi")] });
    let (_, answer) = bench.rest("imconnector.send.messages", body).await;
    let chat = answer["result"]["DATA"]["RESULT"][0]["session"]["CHAT_ID"]
        .as_str()
        .unwrap();
    let api = bench.shared.ports.main();
    let url = format!("{api}/api/operator/{MEMBER}/chats/{chat}/send");
    let sent = bench
        .http
        .post(url)
        .json(&json!({ "texts": ["one", "two\nlines"] }))
        .send()
        .await
        .unwrap();
    assert_eq!(sent.status().as_u16(), 200);
    let (_, body) = taken.recv().await.unwrap();
    let event = crate::params::parse(&body);
    assert_eq!(event["event"], "ONIMCONNECTORMESSAGEADD");
    assert_eq!(event["data"]["LINE"], "1");
    assert_eq!(event["data"]["MESSAGES"][0]["message"]["text"], "one");
    assert_eq!(
        event["data"]["MESSAGES"][1]["message"]["text"],
        "two[br]lines"
    );
    assert_eq!(event["data"]["MESSAGES"][1]["chat"]["id"], "+77015550101");
    assert_eq!(
        event["auth"]["application_token"],
        "demo-application-token-51856fefc120"
    );

    let im = &event["data"]["MESSAGES"][0]["im"];
    let body = json!({ "CONNECTOR": "thoth_whatsapp", "LINE": 1, "MESSAGES": [{
        "im": im, "message": { "id": ["wamid.out"], "date": 1_790_000_001 }, "chat": { "id": "+77015550101" },
    }]});
    bench.rest("imconnector.send.status.delivery", body).await;
    let ticked = bench.shared.world(|world| {
        let chat = world.portals[0].chats.values().next().unwrap();
        (
            chat.messages[1].status,
            chat.messages[1].external_ids.clone(),
        )
    });
    assert_eq!(
        ticked,
        (
            crate::world::ChatTick::Delivered,
            vec!["wamid.out".to_string()]
        )
    );
}
