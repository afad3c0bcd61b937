//! Meta at the door: with the key and without, with a signature and without.

use super::meta::routes;
use crate::accounts::Accounts;
use crate::accounts::{Email, Password, Role};
use crate::config::Config;
use crate::state::AppState;
use crate::store::testing::{TestStore, engines};
use crate::vault::Place;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret;
use sha2::Sha256;
use tower::ServiceExt;
use uuid::Uuid;

/// An owner with two WABAs of one Meta app; the state, their key and the WABAs.
async fn ready(test: &TestStore) -> (AppState, String, [Uuid; 2]) {
    let config = Config::for_tests(test.folder());
    let state = AppState::for_tests(test, config).await;
    let (store, vault, clock) = (&state.store, &state.vault, &state.clock);
    let accounts = Accounts::new(store.clone(), vault.clone(), clock.clone());
    let email = Email::parse("ann@example.com").unwrap();
    let password = Password::choose(&"thoth demo password".into()).unwrap();
    accounts
        .person_add(email, &password, Role::User)
        .await
        .unwrap();
    let ann = store.person_by_email("ann@example.com").await.unwrap();
    let ann = ann.unwrap();
    let key = accounts.webhook_key(ann.id).await.unwrap().unwrap();
    let mut ids = [Uuid::nil(); 2];
    let txn = store.begin().await.unwrap();
    for (id, waba_id) in ids.iter_mut().zip(["100", "200"]) {
        let mut row = crate::connect::waba::fresh(vault, ann.id, clock.now());
        row.waba_id = waba_id.to_owned();
        row.verify_token_hash = vault.hash("verify");
        row.app_secret = Some(vault.seal(Place::WabaAppSecret, row.id, &"app secret".into()));
        *id = row.id;
        txn.waba_insert_in_txn(row).await.unwrap();
    }
    txn.commit().await.unwrap();
    let key = key.expose_secret().to_owned();
    (state, key, ids)
}

async fn knock(state: &AppState, request: Request<Body>) -> StatusCode {
    let router = routes().with_state(state.clone());
    router.oneshot(request).await.unwrap().status()
}

async fn verified(state: &AppState, id: Uuid) -> bool {
    let waba = state.store.waba_find(id).await.unwrap().unwrap();
    waba.verified_at.is_some()
}

#[tokio::test]
async fn a_handshake_needs_the_key_that_webhooks_need() {
    for test in engines().await {
        let (state, key, [first, _]) = ready(&test).await;
        let shake = |more: &str| {
            let query = "hub.mode=subscribe&hub.verify_token=verify&hub.challenge=7";
            let uri = format!("/api/waba/?{query}{more}");
            Request::get(uri).body(Body::empty()).unwrap()
        };
        for more in ["", "&api-key=wrong"] {
            let status = knock(&state, shake(more)).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{}", test.engine);
            assert!(!verified(&state, first).await);
        }
        let status = knock(&state, shake(&format!("&api-key={key}"))).await;
        assert_eq!(status, StatusCode::OK);
        assert!(verified(&state, first).await);
    }
}

#[tokio::test]
async fn a_signed_webhook_verifies_the_waba_it_is_for() {
    for test in engines().await {
        let (state, key, [first, second]) = ready(&test).await;
        let body = r#"{"object":"whatsapp_business_account","entry":[{"id":"200","changes":[]}]}"#;
        let mut mac = Hmac::<Sha256>::new_from_slice(b"app secret").unwrap();
        mac.update(body.as_bytes());
        let signature = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
        let post = |signature: &str| {
            Request::post(format!("/api/waba/?api-key={key}"))
                .header("x-hub-signature-256", signature)
                .body(Body::from(body))
                .unwrap()
        };
        let forged = format!("sha256={}", "0".repeat(64));
        assert_eq!(knock(&state, post(&forged)).await, StatusCode::FORBIDDEN);
        assert!(!verified(&state, second).await, "{}", test.engine);
        assert_eq!(knock(&state, post(&signature)).await, StatusCode::OK);
        assert!(verified(&state, second).await);
        assert!(!verified(&state, first).await, "it was not about that one");
    }
}
