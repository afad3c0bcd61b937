//! The Graph client against a real HTTP server in this process.

use std::time::Duration;

use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
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
    assert_eq!(facts.app_id.as_deref(), Some("555"));
    assert!(facts.is_valid && facts.expires_at.is_none() && facts.targets.is_none());
    assert_eq!(facts.missing_scopes(), [MANAGEMENT, MESSAGING]);
}

#[tokio::test]
async fn a_token_tells_its_kind_its_wabas_and_why_it_failed() {
    let server = Server::start(|_| {
        let granular = json!([{"scope": MESSAGING, "target_ids": ["1"]},
            {"scope": MANAGEMENT, "target_ids": ["100", 200]}]);
        json_answer(
            200,
            json!({"data": {"app_id": "555", "type": "USER", "is_valid": false, "expires_at": 7,
            "scopes": [MESSAGING, MANAGEMENT], "granular_scopes": granular,
            "error": {"code": 190, "subcode": 463, "message": "Session has expired"}}}),
        )
    })
    .await;
    let token = SecretString::from("t");
    let facts = graph(&server.url())
        .debug_token(&token, &token)
        .await
        .unwrap();
    assert_eq!(
        (facts.kind.as_deref(), facts.expires_at),
        (Some("USER"), Some(7))
    );
    assert_eq!(
        facts.targets,
        Some(vec!["100".to_owned(), "200".to_owned()])
    );
    assert!(facts.missing_scopes().is_empty());
    assert_eq!(facts.error.and_then(|error| error.code), Some(190));
}

#[tokio::test]
async fn a_field_meta_does_not_know_is_asked_without() {
    let server = Server::start(|heard| {
        if heard.path.contains("is_on_biz_app") {
            let words = "Tried accessing nonexisting field (is_on_biz_app)";
            return json_answer(400, json!({"error": {"code": 100, "message": words}}));
        }
        json_answer(
            200,
            json!({"id": "7", "display_phone_number": "+7 727 200-01-11", "status": "PENDING"}),
        )
    })
    .await;
    let number = graph(&server.url())
        .phone(&SecretString::from("t"), "7")
        .await
        .unwrap();
    assert_eq!(number.digits(), "77272000111");
    assert!(number.needs_registering());
}

#[tokio::test]
async fn an_object_out_of_reach_is_asked_for_once() {
    let server = Server::start(|_| {
        json_answer(400, json!({"error": {"code": 100, "error_subcode": 33, "message": "Unsupported get request."}}))
    })
    .await;
    let trouble = graph(&server.url())
        .phone(&SecretString::from("t"), "7")
        .await
        .unwrap_err();
    assert_eq!(trouble.words(), "Unsupported get request (100).");
    assert!(!trouble.is_silence());
    assert_eq!(server.heard().len(), 1);
}

#[tokio::test]
async fn a_code_is_exchanged_without_a_secret_in_the_address() {
    let server = Server::start(|_| json_answer(200, json!({"access_token": "EAAnew"}))).await;
    let token = graph(&server.url())
        .code_exchange(&CodeExchange {
            app_id: "555",
            app_secret: &"s3cr3t".into(),
            redirect_uri: "https://thoth.example/connect/facebook/callback",
            code: &"c0de".into(),
        })
        .await
        .unwrap();
    assert_eq!(token.expose_secret(), "EAAnew");
    let heard = server.heard();
    assert_eq!(heard[0].path, "/v25.0/oauth/access_token");
    assert!(heard[0].authorization.is_empty());
    assert!(heard[0].body.contains("client_secret=s3cr3t") && heard[0].body.contains("code=c0de"));
}

#[tokio::test]
async fn every_waba_of_every_business_is_found_once() {
    let server = Server::start(|heard| {
        let id = if heard.path.contains("/me/businesses") {
            "42"
        } else if heard.path.contains("owned") {
            "100"
        } else {
            "200"
        };
        json_answer(200, json!({"data": [{"id": id, "name": "N"}, {"id": id}]}))
    })
    .await;
    let found = graph(&server.url())
        .accounts(&SecretString::from("t"))
        .await
        .unwrap();
    let ids: Vec<_> = found.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["100", "200"]);
}
