//! Server functions as a page in a portal's frame calls them.

use super::router;
use super::tests::{accounts, body, person, send, state};
use crate::accounts::Role;
use crate::backend::testing::portal_of;
use crate::store::testing::engines;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use secrecy::ExposeSecret;

async fn asked(router: &Router, key: &str, name: &str, words: &str) -> (StatusCode, String) {
    let request = Request::post(format!("/api/panel/{name}"))
        .header(header::HOST, "127.0.0.1:3000")
        .header(
            header::REFERER,
            format!("http://127.0.0.1:3000/frame/{key}/phones"),
        )
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(words.to_owned()))
        .unwrap();
    let response = send(router, request).await;
    (response.status(), body(response).await)
}

#[tokio::test]
async fn a_frame_has_no_account_and_ends_when_everybody_is_signed_out() {
    for test in engines().await {
        let state = state(&test).await;
        person(&state, "ann@example.com", Role::Admin).await;
        let ann = state.store.person_by_email("ann@example.com").await;
        let ann = ann.unwrap().unwrap();
        let portal = portal_of(&state, ann.id, "local.shop", "right").await;
        let accounts = accounts(&state);
        let key = accounts.frame_open(ann.id, portal.id, "7", "en").await;
        let key = key.unwrap().expose_secret().to_owned();
        let router = router(state);
        let (status, words) = asked(&router, &key, "caller", "{}").await;
        assert_eq!(status, StatusCode::OK, "{words}");
        for name in ["account", "overview", "waba_owners"] {
            let (status, words) = asked(&router, &key, name, "{}").await;
            let is_open = name == "waba_owners";
            assert_eq!(status == StatusCode::OK, is_open, "{name}: {words}");
            assert_eq!(status == StatusCode::FORBIDDEN, !is_open, "{name}");
        }
        accounts.sign_out_everywhere(ann.id).await.unwrap();
        let (status, _) = asked(&router, &key, "caller", "{}").await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{}", test.engine);
    }
}

#[tokio::test]
async fn a_frame_changes_no_password_and_no_key() {
    let test = engines().await.remove(0);
    let state = state(&test).await;
    person(&state, "ann@example.com", Role::User).await;
    let ann = state.store.person_by_email("ann@example.com").await;
    let ann = ann.unwrap().unwrap();
    let portal = portal_of(&state, ann.id, "local.shop", "right").await;
    let key = accounts(&state)
        .frame_open(ann.id, portal.id, "7", "en")
        .await;
    let key = key.unwrap().expose_secret().to_owned();
    let router = router(state.clone());
    for (name, fields) in [
        ("key_rotate", ""),
        ("key_old_off", ""),
        ("sign_out_everywhere", ""),
        ("password_change", "current=a&password=b"),
        ("portal_delete", &format!("id=prt_{}", portal.id.simple())),
    ] {
        let request = Request::post(format!("/api/panel/{name}"))
            .header(header::HOST, "127.0.0.1:3000")
            .header(
                header::REFERER,
                format!("http://127.0.0.1:3000/frame/{key}/phones"),
            )
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(fields.to_owned()))
            .unwrap();
        let response = send(&router, request).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{name}");
    }
    let after = state.store.person_find(ann.id).await.unwrap().unwrap();
    assert_eq!(after.webhook_key_hash, ann.webhook_key_hash);
    assert!(state.store.portal_find(portal.id).await.unwrap().is_some());
}
