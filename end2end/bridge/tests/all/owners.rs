//! One owner's keys at another's door, and a door without its database.

use super::doors::{an_event, one_text};
use bridge::facts::{API_KEY, APP_SECRET, APPLICATION_TOKEN, MEMBER};
use bridge::{World, on_both_engines, signature, until};
use reqwest::StatusCode;

on_both_engines!(another_owners_secret_does_not_sign_for_this_one,);

/// Two people with a WABA each: neither's secret opens the other's.
async fn another_owners_secret_does_not_sign_for_this_one(world: &mut World) {
    let second = r#"
        [[user]]
        email = "second@bridge.example"
        password = "another long password"
        role = "user"
        api_key = "second-webhook-key-1f2e3d"

        [[waba]]
        owner = "second@bridge.example"
        name = "Second"
        waba_id = "700000000000001"
        access_token = "EAAsecondAccessToken0011223344556677"
        verify_token = "second-verify-token"
        app_id = "900100200300401"
        app_secret = "second-app-secret-00112233445566"
    "#;
    let ran = world.thoth.provision(second).await;
    assert!(ran.good, "{}", ran.said);
    let body = one_text("wamid.foreign", "must not arrive");
    let post = async |key: &str, secret: &str| {
        let url = format!("{}/api/waba/?api-key={key}", world.thoth.url);
        let request = world
            .http
            .post(url)
            .header("x-hub-signature-256", signature(secret, &body))
            .body(body.clone());
        request
            .send()
            .await
            .expect("THOTH answers")
            .status()
            .as_u16()
    };
    assert_eq!(post(API_KEY, "second-app-secret-00112233445566").await, 403);
    assert_eq!(post("second-webhook-key-1f2e3d", APP_SECRET).await, 403);
    // Signed by the second's own app, but about a WABA that is not theirs: kept, never delivered.
    assert_eq!(
        post(
            "second-webhook-key-1f2e3d",
            "second-app-secret-00112233445566"
        )
        .await,
        200
    );
    until("the foreign receipt to be set aside", async || {
        let states = world.database.texts("SELECT state FROM receipt").await;
        if states == ["held"] {
            Ok(())
        } else {
            Err(format!("{states:?}"))
        }
    })
    .await;
    assert!(world.sandbox.chats().await.is_empty());
    let handshake = format!(
        "{}/api/waba/?api-key={API_KEY}&hub.mode=subscribe&hub.verify_token=second-verify-token&hub.challenge=7",
        world.thoth.url
    );
    assert_eq!(
        world
            .http
            .get(handshake)
            .send()
            .await
            .expect("THOTH answers")
            .status(),
        403
    );
}

/// PostgreSQL goes away: the doors answer 503 and nothing is acknowledged; it comes back: all goes on.
#[test]
fn without_its_database_the_doors_answer_503() {
    bridge::run(bridge::Engine::Postgres, async |world: &mut World| {
        assert_eq!(
            world.webhook(&one_text("wamid.1", "before")).await,
            StatusCode::OK
        );
        world.sandbox.shown("+77015550101", &["before"]).await;
        world.database.outage(true).await;
        assert_eq!(
            world.webhook(&one_text("wamid.2", "after")).await,
            StatusCode::SERVICE_UNAVAILABLE
        );
        assert_eq!(
            world
                .event(&an_event("ONAPPTEST", MEMBER, APPLICATION_TOKEN))
                .await,
            StatusCode::SERVICE_UNAVAILABLE
        );
        assert!(world.thoth.lives());
        let ready = world
            .http
            .get(format!("{}/readyz", world.thoth.url))
            .send()
            .await
            .expect("THOTH answers");
        assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
        world.database.outage(false).await;
        until("the door to open again", async || {
            let status = world.webhook(&one_text("wamid.2", "after")).await;
            if status == StatusCode::OK {
                Ok(())
            } else {
                Err(status.to_string())
            }
        })
        .await;
        world
            .sandbox
            .shown("+77015550101", &["before", "after"])
            .await;
    });
}
