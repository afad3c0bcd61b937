//! Installations and openings against a Bitrix24 in every mood.

use super::fake::Bitrix;
use super::*;
use crate::backend::testing::{request_at, shop};
use crate::state::AppState;
use crate::store::Scope;
use crate::store::entities::portal;
use crate::store::testing::{TestStore, engines};
use crate::vault::Place;
use secrecy::{ExposeSecret, SecretString};

/// An installation of THOTH where a portal with the shop's keys waits for its app.
async fn ready(test: &TestStore, bitrix: &Bitrix) -> (AppState, portal::Model) {
    let state = request_at(test, &bitrix.server.url()).await.state;
    let portal = shop(&state, "local.shop", "right").await;
    (state, portal)
}

async fn stored(state: &AppState, portal: &portal::Model) -> portal::Model {
    let found = state.store.portal_find(portal.id).await.unwrap();
    found.unwrap()
}

fn application_token(state: &AppState, row: &portal::Model) -> String {
    let place = Place::PortalApplicationToken;
    let token = state.vault.open(place, row.id, &row.application_token);
    token.unwrap().expose_secret().to_owned()
}

async fn waiting(state: &AppState, client_id: &str) -> usize {
    let found = state.store.installs_waiting(client_id, None, 0).await;
    found.unwrap().len()
}

#[tokio::test]
async fn only_an_administrator_installs() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        let (state, portal) = ready(&test, &bitrix).await;
        let installed = install(&state, &bitrix.call("ui", "r1")).await.unwrap();
        assert!(matches!(installed, Installed::Portal(id) if id == portal.id));
        bitrix.now(|mood| mood.is_admin = false);
        let mut call = bitrix.call("ui", "r2");
        call.application_token = Some(SecretString::from("forged"));
        let refused = install(&state, &call).await;
        assert!(
            matches!(refused, Err(InstallError::NotAdmin)),
            "{}",
            test.engine
        );
        let row = stored(&state, &portal).await;
        assert_eq!(application_token(&state, &row), "proof");
        assert_eq!(state.store.portal_tokens(row.id).await.unwrap().len(), 1);
        assert_eq!(waiting(&state, "local.shop").await, 0);
    }
}

#[tokio::test]
async fn an_installation_outlasts_a_portal_that_is_silent() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        let (state, portal) = ready(&test, &bitrix).await;
        bitrix.now(|mood| mood.answers = false);
        let silent = install(&state, &bitrix.call("api", "r1")).await;
        assert!(silent.is_err_and(|error| error.is_silence()));
        assert_eq!(stored(&state, &portal).await.state, "needs_install");
        assert_eq!(waiting(&state, "local.shop").await, 1, "{}", test.engine);
        bitrix.now(|mood| mood.answers = true);
        check(&state, portal.id).await.unwrap();
        let row = stored(&state, &portal).await;
        assert_eq!(
            (row.state.as_str(), row.kind.as_deref()),
            ("ok", Some("api"))
        );
        assert_eq!(waiting(&state, "local.shop").await, 0);
    }
}

#[tokio::test]
async fn keys_that_were_wrong_take_the_installation_when_they_are_right() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        let (state, portal) = ready(&test, &bitrix).await;
        bitrix.now(|mood| mood.keys.1 = "other".to_owned());
        let refused = install(&state, &bitrix.call("api", "r1")).await;
        assert!(matches!(refused, Err(InstallError::KeysRefused { .. })));
        bitrix.now(|mood| mood.keys.1 = "right".to_owned());
        assert!(claim(&state, &portal, Writing::Known).await.unwrap());
        assert_eq!(stored(&state, &portal).await.state, "ok", "{}", test.engine);
    }
}

#[tokio::test]
async fn a_strangers_portal_is_not_taken_in() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        bitrix.now(|mood| mood.keys.0 = "app.market".to_owned());
        let state = request_at(&test, &bitrix.server.url()).await.state;
        let first = shop(&state, "app.market", "right").await;
        install(&state, &bitrix.call("ui", "r1")).await.unwrap();
        bitrix.now(|mood| mood.member = "member-stranger".to_owned());
        let count = state.store.portals(Scope::All).await.unwrap().len();
        let waits = install(&state, &bitrix.call("ui", "r2")).await.unwrap();
        assert!(matches!(waits, Installed::Waits { .. }), "{}", test.engine);
        // Nor when it names a portal that is known here.
        let mut lie = bitrix.call("ui", "r3");
        lie.member_id = "member-shop".to_owned();
        let waits = install(&state, &lie).await.unwrap();
        assert!(matches!(waits, Installed::Waits { .. }));
        assert_eq!(state.store.portals(Scope::All).await.unwrap().len(), count);
        assert_eq!(stored(&state, &first).await.member_id, "member-shop");
        let second = shop(&state, "app.market", "right").await;
        assert!(claim(&state, &second, Writing::Known).await.unwrap());
        assert_eq!(stored(&state, &second).await.member_id, "member-stranger");
    }
}

#[tokio::test]
async fn the_event_after_a_page_leaves_it_an_app_with_a_page() {
    let test = engines().await.remove(0);
    let bitrix = Bitrix::start().await;
    let (state, portal) = ready(&test, &bitrix).await;
    for (kind, refresh) in [("ui", "r1"), ("api", "r2")] {
        install(&state, &bitrix.call(kind, refresh)).await.unwrap();
    }
    assert_eq!(stored(&state, &portal).await.kind.as_deref(), Some("ui"));
}

#[tokio::test]
async fn a_page_that_is_shown_again_is_no_failure() {
    let test = engines().await.remove(0);
    let bitrix = Bitrix::start().await;
    let (state, portal) = ready(&test, &bitrix).await;
    for _ in 0..2 {
        let again = install(&state, &bitrix.call("ui", "r1")).await.unwrap();
        assert!(matches!(again, Installed::Portal(id) if id == portal.id));
    }
    assert_eq!(waiting(&state, "local.shop").await, 0);
    let event = install(&state, &bitrix.call("api", "r1")).await;
    assert!(matches!(event, Err(InstallError::KeysRefused { .. })));
    assert_eq!(waiting(&state, "local.shop").await, 0);
}

#[tokio::test]
async fn an_administrator_who_opens_the_app_mends_dead_tokens() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        let (state, portal) = ready(&test, &bitrix).await;
        install(&state, &bitrix.call("ui", "r1")).await.unwrap();
        let tokens = state.store.portal_tokens(portal.id).await.unwrap();
        let (id, generation) = (tokens[0].id, tokens[0].generation);
        state
            .store
            .portal_token_kill(id, generation, "invalid_grant")
            .await
            .unwrap();
        bitrix.now(|mood| mood.is_admin = false);
        let refused = open(&state, &bitrix.call("ui", "r2")).await;
        assert!(matches!(refused, Err(OpenError::NotAdmin)));
        bitrix.now(|mood| mood.is_admin = true);
        open(&state, &bitrix.call("ui", "r3")).await.unwrap();
        let tokens = state.store.portal_tokens(portal.id).await.unwrap();
        assert!(
            tokens.iter().all(|token| token.dead_reason.is_none()),
            "{}",
            test.engine
        );
    }
}

#[tokio::test]
async fn a_token_that_names_no_app_proves_itself_otherwise() {
    let test = engines().await.remove(0);
    let bitrix = Bitrix::start().await;
    let (state, _) = ready(&test, &bitrix).await;
    install(&state, &bitrix.call("ui", "r1")).await.unwrap();
    bitrix.now(|mood| mood.names_app = false);
    open(&state, &bitrix.call("ui", "r2")).await.unwrap();
    let mut other = bitrix.call("ui", "foreign");
    other.application_token = None;
    let refused = open(&state, &other).await;
    assert!(matches!(refused, Err(OpenError::NotProven)), "{refused:?}");
}

#[tokio::test]
async fn installations_of_strangers_hide_nobodys() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        let state = request_at(&test, &bitrix.server.url()).await.state;
        let waits = install(&state, &bitrix.call("api", "r1")).await.unwrap();
        assert!(matches!(waits, Installed::Waits { .. }));
        bitrix.now(|mood| mood.names_app = false);
        for number in 0..25 {
            let mut call = bitrix.call("api", "foreign");
            call.member_id = format!("stranger-{number}");
            install(&state, &call).await.unwrap();
        }
        let portal = shop(&state, "local.shop", "right").await;
        assert!(
            claim(&state, &portal, Writing::Known).await.unwrap(),
            "{}",
            test.engine
        );
    }
}

#[tokio::test]
async fn a_removal_that_is_read_late_leaves_the_new_installation() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        let (state, portal) = ready(&test, &bitrix).await;
        install(&state, &bitrix.call("ui", "r1")).await.unwrap();
        let installed_at = stored(&state, &portal).await.installed_at.unwrap();
        for (received_at, is_gone) in [(installed_at - 1, false), (installed_at + 1, true)] {
            let txn = state.store.begin().await.unwrap();
            let gone = txn.portal_uninstalled_in_txn(portal.id, received_at).await;
            assert_eq!(gone.unwrap(), is_gone, "{}", test.engine);
            txn.commit().await.unwrap();
            let row = stored(&state, &portal).await;
            assert_eq!(row.state == "uninstalled", is_gone);
        }
    }
}

#[tokio::test]
async fn an_installation_goes_on_when_its_caller_is_gone() {
    let test = engines().await.remove(0);
    let bitrix = Bitrix::start().await;
    let (state, portal) = ready(&test, &bitrix).await;
    let call = bitrix.call("ui", "r1");
    let mut going = Box::pin(install(&state, &call));
    while bitrix.server.heard().is_empty() {
        tokio::select! {
            _ = &mut going => break,
            () = tokio::task::yield_now() => {}
        }
    }
    drop(going);
    while stored(&state, &portal).await.state != "ok" {
        tokio::task::yield_now().await;
    }
    assert_eq!(waiting(&state, "local.shop").await, 0);
}

#[tokio::test]
async fn who_is_no_administrator_any_more_steps_behind_the_others() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        let (state, portal) = ready(&test, &bitrix).await;
        install(&state, &bitrix.call("ui", "r1")).await.unwrap();
        bitrix.now(|mood| mood.user = "8");
        install(&state, &bitrix.call("ui", "r2")).await.unwrap();
        let first = async || {
            let tokens = state.store.portal_tokens(portal.id).await.unwrap();
            (tokens.len(), tokens[0].bitrix_user.clone())
        };
        assert_eq!(first().await, (2, "7".to_owned()), "{}", test.engine);
        let note = state.store.portal_token_note_admin(portal.id, "7", false);
        assert!(note.await.unwrap());
        assert_eq!(first().await, (2, "8".to_owned()));
        bitrix.now(|mood| mood.user = "7");
        install(&state, &bitrix.call("ui", "r3")).await.unwrap();
        assert_eq!(first().await, (2, "7".to_owned()));
    }
}
