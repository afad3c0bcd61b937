//! The Graph client against a real HTTP server in this process.

use std::time::Duration;

use axum::response::Response;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::*;
use crate::outside::testing::{
    Server, deaf_address, json_answer, local_client, silent_server, text_answer,
};
use crate::whatsapp::wire::Peer;

fn graph(base: &str) -> GraphClient {
    GraphClient::new(local_client(), base.parse().unwrap(), "v25.0".to_owned())
}

async fn sent(base: &str, to: &str) -> SendResult {
    let token = SecretString::from("EAAtoken");
    graph(base)
        .send_text(
            &token,
            "777",
            &Peer::parse(to).unwrap(),
            "Hi",
            Some("wamid.0"),
            "d-1",
        )
        .await
}

async fn sent_to(answer: impl Fn() -> Response + Send + Sync + 'static) -> SendResult {
    let server = Server::start(move |_| answer()).await;
    sent(&server.url(), "+77015550101").await
}

fn error(status: u16, error: Value) -> impl Fn() -> Response + Send + Sync + 'static {
    move || json_answer(status, json!({"error": error}))
}

#[tokio::test]
async fn a_text_goes_out_as_the_contract_says() {
    let server = Server::start(|_| {
        json_answer(
            200,
            json!({"contacts": [{"input": "+7", "wa_id": "7", "user_id": "KZ.1"}],
            "messages": [{"id": "wamid.9", "message_status": "accepted"}]}),
        )
    })
    .await;
    let result = sent(&format!("{}/graph/", server.url()), "+77015550101").await;
    assert_eq!(
        result,
        SendResult::Sent {
            wamid: "wamid.9".into(),
            wa_id: Some("7".into()),
            user_id: Some("KZ.1".into()),
            message_status: Some("accepted".into())
        }
    );
    sent(&server.url(), "KZ.2044").await;
    let heard = server.heard();
    assert_eq!(heard[0].path, "/graph/v25.0/777/messages");
    assert_eq!(heard[0].authorization, "Bearer EAAtoken");
    assert_eq!(
        heard[0].json(),
        json!({"messaging_product": "whatsapp", "recipient_type": "individual", "type": "text",
        "to": "+77015550101", "text": {"body": "Hi", "preview_url": false},
        "context": {"message_id": "wamid.0"}, "biz_opaque_callback_data": "d-1"})
    );
    assert_eq!(
        (
            heard[1].json()["recipient"].clone(),
            heard[1].json().get("to").cloned()
        ),
        (json!("KZ.2044"), None)
    );
}

#[tokio::test]
async fn errors_are_sorted_by_what_they_mean() {
    let refused = sent_to(error(
        400,
        json!({"code": 131047, "message": "Re-engagement message"}),
    ))
    .await;
    assert!(matches!(refused, SendResult::Refused(found) if found.code == Some(131_047)));
    let stopped = sent_to(error(401, json!({"code": 190, "error_subcode": 463}))).await;
    assert!(matches!(stopped, SendResult::Stopped(found) if found.subcode == Some(463)));
    for (status, code) in [(500, 131_000), (503, 2), (400, 130_429), (400, 131_056)] {
        let later = sent_to(error(status, json!({"code": code}))).await;
        assert!(
            matches!(later, SendResult::Later { after: None, .. }),
            "{code}"
        );
    }
    let maintenance = sent_to(error(500, json!({"code": 131057}))).await;
    assert!(
        matches!(maintenance, SendResult::Later { after: Some(wait), .. } if wait == Duration::from_secs(60))
    );
}

#[tokio::test]
async fn the_wait_meta_asks_for_is_kept() {
    let with = |name: &'static str, value: &'static str| {
        sent_to(move || {
            let mut answer = json_answer(429, json!({"error": {"code": 4}}));
            answer.headers_mut().insert(name, value.parse().unwrap());
            answer
        })
    };
    let asked = with("retry-after", "7").await;
    assert!(
        matches!(asked, SendResult::Later { after: Some(wait), .. } if wait == Duration::from_secs(7))
    );
    let usage = with(
        "x-business-use-case-usage",
        r#"{"1":[{"estimated_time_to_regain_access":3}]}"#,
    )
    .await;
    assert!(
        matches!(usage, SendResult::Later { after: Some(wait), .. } if wait == Duration::from_secs(180))
    );
}

#[tokio::test]
async fn without_a_graph_error_the_status_decides() {
    for status in [500, 502, 504] {
        let result = sent_to(move || text_answer(status, "<html>Bad Gateway</html>")).await;
        assert!(matches!(result, SendResult::Unknown { .. }), "{status}");
    }
    let nameless = sent_to(error(500, json!({"message": "Internal Server Error"}))).await;
    assert!(matches!(nameless, SendResult::Unknown { .. }));
    assert!(matches!(
        sent_to(|| text_answer(429, "")).await,
        SendResult::Later { .. }
    ));
    assert!(
        matches!(sent_to(|| text_answer(404, "no")).await, SendResult::Refused(found) if found.http == Some(404))
    );
}

#[tokio::test]
async fn a_lost_or_broken_answer_is_unknown() {
    assert!(matches!(
        sent_to(|| text_answer(200, "{\"messages\":[{")).await,
        SendResult::Unknown { .. }
    ));
    assert!(matches!(
        sent_to(|| json_answer(200, json!({"messages": []}))).await,
        SendResult::Unknown { .. }
    ));
    let (silent, _task) = silent_server().await;
    assert!(matches!(
        sent(&format!("http://{silent}"), "+7").await,
        SendResult::Unknown { .. }
    ));
}

#[tokio::test]
async fn what_never_left_is_not_sent() {
    let deaf = deaf_address().await;
    assert!(matches!(
        sent(&format!("http://{deaf}"), "+7").await,
        SendResult::NotSent { .. }
    ));
    let strict = GraphClient::new(
        crate::outside::client(false).unwrap(),
        "https://10.0.0.1".parse().unwrap(),
        "v25.0".into(),
    );
    let peer = Peer::parse("+7").unwrap();
    let result = strict
        .send_text(&SecretString::from("t"), "1", &peer, "x", None, "o")
        .await;
    assert!(matches!(result, SendResult::NotSent { .. }));
}

#[tokio::test]
async fn lists_are_read_to_the_last_page() {
    let server = Server::start(|heard| {
        let page = |id: &str, after: Option<&str>| {
            let paging = after.map(|after| json!({"cursors": {"after": after}, "next": "https://elsewhere/?access_token=x"}));
            json_answer(200, json!({"data": [{"id": id, "status": "CONNECTED"}], "paging": paging}))
        };
        match heard.path.split_once("after=").map(|(_, cursor)| cursor) {
            None => page("1", Some("p 2")),
            Some("p+2") => page("2", Some("p3")),
            Some(_) => page("3", None),
        }
    })
    .await;
    let numbers = graph(&server.url())
        .phone_numbers(&SecretString::from("t"), "100")
        .await
        .unwrap();
    assert_eq!(
        numbers
            .iter()
            .map(|one| one.id.as_str())
            .collect::<Vec<_>>(),
        ["1", "2", "3"]
    );
    assert!(
        server.heard()[0]
            .path
            .starts_with("/v25.0/100/phone_numbers?fields=id%2C")
    );
}

#[tokio::test]
async fn a_token_is_asked_about_by_the_app() {
    let server = Server::start(|_| {
        json_answer(
            200,
            json!({"data": {"app_id": 555, "is_valid": true, "expires_at": 0, "scopes": ["a"]}}),
        )
    })
    .await;
    let facts = graph(&server.url())
        .debug_token(&SecretString::from("1|s"), &SecretString::from("t"))
        .await
        .unwrap();
    assert_eq!(
        facts,
        TokenFacts {
            app_id: Some("555".into()),
            is_valid: true,
            expires_at: None,
            scopes: vec!["a".into()]
        }
    );
}
