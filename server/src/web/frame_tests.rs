//! Server functions as a page in a portal's frame calls them.

use super::router;
use crate::accounts::Accounts;
use crate::backend::testing::{request_at, shop};
use crate::state::AppState;
use crate::store::entities::person;
use crate::store::testing::{TestStore, engines};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use secrecy::ExposeSecret;
use tower::ServiceExt;
use uuid::Uuid;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// An installation with Ann, her portal, and the key of a page in its frame.
async fn framed(test: &TestStore) -> (AppState, person::Model, Uuid, String) {
    let state = request_at(test, "http://127.0.0.1:9").await.state;
    let ann = state.store.person_by_email("ann@example.com").await;
    let ann = ann.unwrap().unwrap();
    let portal = shop(&state, "local.shop", "right").await;
    let key = accounts(&state)
        .frame_open(ann.id, portal.id, "7", "en")
        .await;
    let key = key.unwrap().expose_secret().to_owned();
    (state, ann, portal.id, key)
}

fn accounts(state: &AppState) -> Accounts {
    Accounts::new(
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    )
}

/// Calls a function as a page in the frame does.
async fn asked(router: &Router, key: &str, name: &str, kind: &str, words: &str) -> StatusCode {
    let request = Request::post(format!("/api/panel/{name}"))
        .header(header::HOST, "127.0.0.1:3000")
        .header(
            header::REFERER,
            format!("http://127.0.0.1:3000/frame/{key}/phones"),
        )
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(words.to_owned()))
        .unwrap();
    router.clone().oneshot(request).await.unwrap().status()
}

#[tokio::test]
async fn a_frame_has_no_account_and_ends_when_everybody_is_signed_out() {
    for test in engines().await {
        let (state, ann, _, key) = framed(&test).await;
        let router = router(state.clone());
        for (name, status) in [
            ("caller", StatusCode::OK),
            ("waba_owners", StatusCode::OK),
            ("account", StatusCode::FORBIDDEN),
            ("overview", StatusCode::FORBIDDEN),
        ] {
            let answer = asked(&router, &key, name, JSON, "{}").await;
            assert_eq!(answer, status, "{name} on {}", test.engine);
        }
        accounts(&state).sign_out_everywhere(ann.id).await.unwrap();
        let answer = asked(&router, &key, "caller", JSON, "{}").await;
        assert_eq!(answer, StatusCode::UNAUTHORIZED, "{}", test.engine);
    }
}

#[tokio::test]
async fn a_frame_changes_no_password_no_key_and_deletes_no_portal() {
    for test in engines().await {
        let (state, ann, portal, key) = framed(&test).await;
        let router = router(state.clone());
        let delete = format!("id=prt_{}", portal.simple());
        for (name, fields) in [
            ("key_rotate", ""),
            ("key_old_off", ""),
            ("sign_out_everywhere", ""),
            ("password_change", "current=a&password=b"),
            ("portal_delete", &delete),
        ] {
            let answer = asked(&router, &key, name, FORM, fields).await;
            assert_eq!(answer, StatusCode::FORBIDDEN, "{name} on {}", test.engine);
        }
        let after = state.store.person_find(ann.id).await.unwrap().unwrap();
        assert_eq!(after, ann);
        assert!(state.store.portal_find(portal).await.unwrap().is_some());
    }
}
