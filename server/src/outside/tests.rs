//! Real calls over real sockets.

use axum::response::Response;

use super::testing::*;
use super::{Call, Trouble, client};

#[tokio::test]
async fn the_three_ends_of_a_call_are_told_apart() {
    let server = Server::start(|_| text_answer(404, "no")).await;
    let reply = local_client()
        .send(Call::get(server.url().parse().unwrap()))
        .await
        .unwrap();
    assert_eq!(
        (reply.status, reply.body.as_slice()),
        (404, b"no".as_slice())
    );

    let deaf = deaf_address().await;
    let trouble = local_client()
        .send(Call::get(
            format!("http://{deaf}/?token=x").parse().unwrap(),
        ))
        .await
        .unwrap_err();
    assert!(
        matches!(&trouble, Trouble::NotSent { reason } if !reason.contains("token")),
        "{trouble:?}"
    );

    let (silent, _task) = silent_server().await;
    let trouble = local_client()
        .send(Call::get(
            format!("http://{silent}/?token=x").parse().unwrap(),
        ))
        .await
        .unwrap_err();
    assert!(
        matches!(&trouble, Trouble::Unknown { reason } if !reason.contains("token")),
        "{trouble:?}"
    );
}

#[tokio::test]
async fn redirects_are_answers() {
    let server = Server::start(|heard| {
        let status = if heard.path == "/a" { 302 } else { 200 };
        Response::builder()
            .status(status)
            .header("location", "/b")
            .body("".into())
            .unwrap()
    })
    .await;
    let reply = local_client()
        .send(Call::get(format!("{}/a", server.url()).parse().unwrap()))
        .await
        .unwrap();
    assert_eq!((reply.status, reply.header("location")), (302, Some("/b")));
}

#[tokio::test]
async fn nothing_goes_inside_unless_allowed() {
    install_crypto();
    let server = Server::start(|_| text_answer(200, "")).await;
    let strict = client(false).unwrap();
    for url in [
        server.url(),
        format!("https://localhost:{}", server.address.port()),
        "https://10.0.0.1/".to_owned(),
    ] {
        let trouble = strict
            .send(Call::get(url.parse().unwrap()))
            .await
            .unwrap_err();
        assert!(matches!(trouble, Trouble::NotSent { .. }), "{trouble:?}");
    }
    assert!(server.heard().is_empty());
}
