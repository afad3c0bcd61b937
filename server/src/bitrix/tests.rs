//! The REST client against real HTTP servers in this process.

use std::collections::HashMap;

use axum::response::Response;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::*;
use crate::outside::testing::{
    Server, deaf_address, json_answer, local_client, silent_server, text_answer,
};

fn address(server: &Server) -> PortalAddress {
    PortalAddress::parse("http", &server.address.to_string()).unwrap()
}

async fn called(server: &Server) -> Result<Answer, CallError> {
    let client = BitrixClient::new(local_client());
    client
        .call(
            &address(server),
            &SecretString::from("tok"),
            "a.b",
            json!({"x": 1}),
        )
        .await
}

async fn called_for(
    answer: impl Fn() -> Response + Send + Sync + 'static,
) -> Result<Answer, CallError> {
    called(&Server::start(move |_| answer()).await).await
}

#[tokio::test]
async fn a_call_posts_json_with_the_token_in_it() {
    let server = Server::start(|_| {
        json_answer(
            200,
            json!({"result": {"a": []}, "time": {"operating": 1.5, "operating_reset_at": 9}}),
        )
    })
    .await;
    let answer = called(&server).await.unwrap();
    assert_eq!(
        answer,
        Answer {
            result: json!({"a": []}),
            operating: Some(1.5),
            operating_reset_at: Some(9),
            moved_to: None
        }
    );
    let heard = server.heard();
    assert_eq!(
        (heard[0].path.as_str(), heard[0].json()),
        ("/rest/a.b", json!({"x": 1, "auth": "tok"}))
    );
}

#[tokio::test]
async fn a_renamed_portal_is_followed_once_with_the_same_body() {
    let new = Server::start(|_| json_answer(200, json!({"result": true}))).await;
    let place = new.url();
    let old = Server::start(move |heard| {
        Response::builder()
            .status(302)
            .header("location", format!("{place}{}", heard.path))
            .body("".into())
            .unwrap()
    })
    .await;
    let answer = called(&old).await.unwrap();
    assert_eq!(answer.moved_to, Some(address(&new)));
    assert_eq!(new.heard()[0].json(), json!({"x": 1, "auth": "tok"}));

    let elsewhere = Server::start(|_| {
        Response::builder()
            .status(302)
            .header("location", "/login")
            .body("".into())
            .unwrap()
    })
    .await;
    assert!(matches!(
        called(&elsewhere).await,
        Err(CallError::Refused { http: 302, .. })
    ));
}

#[tokio::test]
async fn errors_come_at_any_status_and_in_both_shapes() {
    let shaped = |status, body: Value| called_for(move || json_answer(status, body.clone()));
    assert_eq!(
        shaped(401, json!({"error": "expired_token"})).await,
        Err(CallError::ExpiredToken)
    );
    assert!(matches!(
        shaped(200, json!({"error": "ERROR_X", "error_description": "d"})).await,
        Err(CallError::Refused { http: 200, .. })
    ));
    assert!(matches!(
        shaped(400, json!({"error": {"code": "C", "message": "m"}})).await,
        Err(CallError::Refused { .. })
    ));
    assert!(matches!(
        shaped(503, json!({"error": "QUERY_LIMIT_EXCEEDED"})).await,
        Err(CallError::RateLimited { .. })
    ));
    assert!(matches!(
        called_for(|| text_answer(500, "<html>")).await,
        Err(CallError::ServerError { http: 500, .. })
    ));
}

#[tokio::test]
async fn what_is_lost_and_what_never_left_are_told_apart() {
    assert!(matches!(
        called_for(|| text_answer(200, "{\"result\":{")).await,
        Err(CallError::Unknown { .. })
    ));
    assert!(matches!(
        called_for(|| text_answer(200, "{}")).await,
        Err(CallError::Unknown { .. })
    ));
    let client = BitrixClient::new(local_client());
    let (silent, _task) = silent_server().await;
    let at =
        |place: std::net::SocketAddr| PortalAddress::parse("http", &place.to_string()).unwrap();
    let token = SecretString::from("t");
    assert!(matches!(
        client.call(&at(silent), &token, "a", Value::Null).await,
        Err(CallError::Unknown { .. })
    ));
    assert!(matches!(
        client
            .call(&at(deaf_address().await), &token, "a", Value::Null)
            .await,
        Err(CallError::NotSent { .. })
    ));
    assert!(matches!(
        client.call(&at(silent), &token, "a", json!([])).await,
        Err(CallError::NotSent { .. })
    ));
}

#[tokio::test]
async fn a_batch_has_an_end_for_every_command() {
    let server = Server::start(|_| {
        json_answer(
            200,
            json!({"result": {"result": {"a": true}, "result_total": [], "result_next": [],
            "result_error": {"b": {"error": "NOT_ACTIVE_LINE", "error_description": "off"}},
            "result_time": {"a": {"operating": 0.5}}}}),
        )
    })
    .await;
    let client = BitrixClient::new(local_client());
    let command = |key: &str| Command {
        key: key.into(),
        method: "m".into(),
        params: json!({"L": [{"t": "a b"}]}),
    };
    let commands = [command("a"), command("b"), command("c")];
    let answer = client
        .batch(&address(&server), &SecretString::from("t"), &commands)
        .await
        .unwrap();
    let ends: HashMap<_, _> = answer.results.into_iter().collect();
    assert_eq!(ends["a"].as_ref().unwrap().operating, Some(0.5));
    assert!(
        matches!(&ends["b"], Err(CallError::Refused { code, .. }) if code == "NOT_ACTIVE_LINE")
    );
    assert!(matches!(ends["c"], Err(CallError::Unknown { .. })));
    assert_eq!(
        server.heard()[0].json()["cmd"]["a"],
        json!("m?L%5B0%5D%5Bt%5D=a%20b")
    );
    let many = vec![command("x"); 51];
    assert!(matches!(
        client
            .batch(&address(&server), &SecretString::from("t"), &many)
            .await,
        Err(CallError::NotSent { .. })
    ));
}
