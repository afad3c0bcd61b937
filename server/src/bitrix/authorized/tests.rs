//! Tokens that expire, die and are refreshed, against real HTTP servers in this process.

use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::ExposeSecret;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::bitrix::{FreshTokens, StoreTrouble};
use crate::outside::testing::{Server, json_answer, local_client, text_answer};

fn address(server: &Server) -> PortalAddress {
    PortalAddress::parse("http", &server.address.to_string()).unwrap()
}

/// A store in memory, with the same lease as the real one.
#[derive(Default)]
struct Memory(Mutex<Vec<Kept>>);

struct Kept {
    token: PortalToken,
    leased: bool,
    dead: Option<String>,
}

impl Memory {
    fn with(tokens: &[(&str, &str)]) -> Arc<Self> {
        let kept = tokens.iter().map(|(access, refresh)| Kept {
            token: PortalToken {
                id: Uuid::now_v7(),
                generation: 1,
                access_token: (*access).into(),
                refresh_token: (*refresh).into(),
            },
            leased: false,
            dead: None,
        });
        Arc::new(Self(Mutex::new(kept.collect())))
    }

    fn change(&self, id: Uuid, generation: i64, change: impl FnOnce(&mut Kept)) -> bool {
        let mut all = self.0.lock().unwrap();
        let found = all
            .iter_mut()
            .find(|kept| kept.token.id == id && kept.token.generation == generation);
        found.map(change).is_some()
    }
}

#[async_trait]
impl TokenStore for Memory {
    async fn tokens_load(&self, _: Uuid) -> Result<Vec<PortalToken>, StoreTrouble> {
        let all = self.0.lock().unwrap();
        Ok(all
            .iter()
            .filter(|kept| kept.dead.is_none())
            .map(|kept| kept.token.clone())
            .collect())
    }

    async fn refresh_begin(&self, token: Uuid, generation: i64) -> Result<bool, StoreTrouble> {
        let mut got = false;
        self.change(token, generation, |kept| {
            got = !std::mem::replace(&mut kept.leased, true)
        });
        Ok(got)
    }

    async fn refresh_finish(
        &self,
        token: Uuid,
        generation: i64,
        fresh: &FreshTokens,
    ) -> Result<(), StoreTrouble> {
        self.change(token, generation, |kept| {
            kept.token.generation += 1;
            kept.token.access_token = fresh.access_token.clone();
            kept.token.refresh_token = fresh.refresh_token.clone();
            kept.leased = false;
        });
        Ok(())
    }

    async fn refresh_stop(&self, token: Uuid, generation: i64) -> Result<(), StoreTrouble> {
        self.change(token, generation, |kept| kept.leased = false);
        Ok(())
    }

    async fn token_kill(
        &self,
        token: Uuid,
        generation: i64,
        reason: &str,
    ) -> Result<(), StoreTrouble> {
        self.change(token, generation, |kept| {
            kept.dead = Some(reason.to_owned())
        });
        Ok(())
    }
}

/// A portal that knows the tokens `good` and what begins with `new`, and says of others what they are called.
async fn portal_server() -> Server {
    Server::start(
        |heard| match heard.json()["auth"].as_str().unwrap_or_default() {
            token if token == "good" || token.starts_with("new") => {
                json_answer(200, json!({"result": token}))
            }
            token => json_answer(401, json!({"error": token})),
        },
    )
    .await
}

/// An OAuth server that takes each refresh token once, unless it is called `gone`.
async fn oauth_server(client_endpoint: String) -> Server {
    let used = Mutex::new(0);
    Server::start(move |heard| {
        if heard.body.contains("refresh_token=gone") {
            return json_answer(400, json!({"error": "invalid_grant"}));
        }
        if heard.body.contains("refresh_token=tired") {
            return text_answer(503, "");
        }
        let mut used = used.lock().unwrap();
        *used += 1;
        json_answer(200, json!({"access_token": format!("new{used}"), "refresh_token": format!("r{used}"), "expires_in": 3600,
            "member_id": "m1", "domain": "oauth.bitrix24.tech", "client_endpoint": client_endpoint}))
    })
    .await
}

struct Stage {
    portal: Server,
    oauth: Server,
    store: Arc<Memory>,
    keys: PortalKeys,
}

impl Stage {
    async fn of(tokens: &[(&str, &str)]) -> Self {
        let portal = portal_server().await;
        let oauth = oauth_server(format!("{}/rest/", portal.url())).await;
        let keys = PortalKeys {
            id: Uuid::now_v7(),
            member_id: "m1".into(),
            address: address(&portal),
            client_id: "local.1".into(),
            client_secret: "secret".into(),
            server_endpoint: None,
        };
        Self {
            portal,
            oauth,
            store: Memory::with(tokens),
            keys,
        }
    }

    fn api(&self) -> AuthorizedClient {
        let http = local_client();
        let oauth = OAuth::new(http.clone(), Some(self.oauth.url().parse().unwrap()));
        AuthorizedClient::new(BitrixClient::new(http), oauth, self.store.clone())
    }

    async fn call(&self) -> Result<Value, CallError> {
        self.api()
            .call(&self.keys, "a.b", Value::Null)
            .await
            .map(|answer| answer.result)
    }

    fn dead(&self) -> Vec<Option<String>> {
        self.store
            .0
            .lock()
            .unwrap()
            .iter()
            .map(|kept| kept.dead.clone())
            .collect()
    }
}

#[tokio::test]
async fn a_good_token_is_never_refreshed() {
    let stage = Stage::of(&[("good", "r")]).await;
    assert_eq!(stage.call().await, Ok(json!("good")));
    assert!(stage.oauth.heard().is_empty());
}

#[tokio::test]
async fn an_expired_token_is_refreshed_once_and_the_call_repeated() {
    let stage = Stage::of(&[("expired_token", "r0")]).await;
    assert_eq!(stage.call().await, Ok(json!("new1")));
    let heard = stage.oauth.heard();
    assert_eq!((heard.len(), heard[0].path.as_str()), (1, "/oauth/token/"));
    assert!(
        heard[0].body.contains("client_secret=secret")
            && heard[0].body.contains("refresh_token=r0")
    );
    let kept = stage.store.0.lock().unwrap();
    assert_eq!(
        (
            kept[0].token.refresh_token.expose_secret(),
            kept[0].token.generation
        ),
        ("r1", 2)
    );
}

#[tokio::test]
async fn many_callers_on_two_nodes_refresh_once() {
    let stage = Stage::of(&[("expired_token", "r0")]).await;
    let nodes = [stage.api(), stage.api()];
    let calls = (0..20).map(|index| {
        let (api, keys) = (nodes[index % 2].clone(), stage.keys.clone());
        async move {
            api.call(&keys, "a.b", Value::Null)
                .await
                .map(|answer| answer.result)
        }
    });
    let results = futures::future::join_all(calls).await;
    assert!(
        results.iter().all(|result| *result == Ok(json!("new1"))),
        "{results:?}"
    );
    assert_eq!(stage.oauth.heard().len(), 1);
    assert_eq!(
        stage
            .portal
            .heard()
            .iter()
            .filter(|heard| heard.json()["auth"] == "new1")
            .count(),
        20
    );
}

#[tokio::test]
async fn the_next_users_token_is_taken_when_one_is_gone() {
    let stage = Stage::of(&[
        ("authorization_error", "r"),
        ("expired_token", "gone"),
        ("ACCESS_DENIED", "r"),
        ("good", "r"),
    ])
    .await;
    assert_eq!(stage.call().await, Ok(json!("good")));
    assert_eq!(
        stage.dead(),
        [
            Some("authorization_error".into()),
            Some("invalid_grant".into()),
            None,
            None
        ]
    );
}

#[tokio::test]
async fn without_a_token_the_portal_must_be_connected_again() {
    assert_eq!(
        Stage::of(&[]).await.call().await,
        Err(CallError::Reauthorize)
    );
    assert_eq!(
        Stage::of(&[("expired_token", "gone")]).await.call().await,
        Err(CallError::Reauthorize)
    );
    let denied = Stage::of(&[("insufficient_scope", "r"), ("good", "r")])
        .await
        .call()
        .await;
    assert!(
        matches!(denied, Err(CallError::Denied { .. })),
        "{denied:?}"
    );
}

#[tokio::test]
async fn a_tired_oauth_server_kills_nothing() {
    let stage = Stage::of(&[("expired_token", "tired")]).await;
    assert!(matches!(stage.call().await, Err(CallError::NotSent { .. })));
    assert_eq!(stage.dead(), [None]);
    assert!(!stage.store.0.lock().unwrap()[0].leased);
}

#[tokio::test]
async fn a_lease_that_never_ends_is_not_waited_for_for_ever() {
    let stage = Stage::of(&[("expired_token", "r")]).await;
    stage.store.0.lock().unwrap()[0].leased = true;
    let mut api = stage.api();
    api.refresher = api.refresher.looking_every(Duration::from_millis(1));
    assert!(matches!(
        api.call(&stage.keys, "a.b", Value::Null).await,
        Err(CallError::NotSent { .. })
    ));
    assert!(stage.oauth.heard().is_empty());
}

#[tokio::test]
async fn a_token_that_expires_at_once_is_no_reason_to_connect_again() {
    let mut stage = Stage::of(&[("expired_token", "r0")]).await;
    let strict = Server::start(|_| json_answer(401, json!({"error": "expired_token"}))).await;
    stage.keys.address = address(&strict);
    stage.oauth = oauth_server(format!("{}/rest/", strict.url())).await;
    assert_eq!(stage.call().await, Err(CallError::ExpiredToken));
    assert_eq!((stage.dead(), strict.heard().len()), (vec![None], 2));
}

#[tokio::test]
async fn a_refresh_goes_on_when_its_caller_is_gone() {
    let stage = Stage::of(&[("expired_token", "r0")]).await;
    let mut calling = {
        let (api, keys) = (stage.api(), stage.keys.clone());
        Box::pin(async move { api.call(&keys, "a.b", Value::Null).await })
    };
    while stage.oauth.heard().is_empty() {
        tokio::select! {
            _ = &mut calling => break,
            () = tokio::task::yield_now() => {}
        }
    }
    drop(calling);
    while stage.store.0.lock().unwrap()[0].token.generation == 1 {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        stage.store.0.lock().unwrap()[0]
            .token
            .refresh_token
            .expose_secret(),
        "r1"
    );
}
