//! Calls whose end is told late or never, on both engines.

use super::call_close::close_untold;
use super::call_shop::{calls, events, read, shop};
use crate::config::Config;
use crate::state::AppState;
use crate::store::Scope;
use crate::store::testing::{TestStore, engines};
use serde_json::json;

async fn state(test: &TestStore) -> AppState {
    AppState::for_tests(test, Config::for_tests(test.folder())).await
}

#[tokio::test]
async fn a_call_of_which_nothing_is_heard_is_closed_and_may_be_corrected() {
    for test in engines().await {
        let (state, shop) = (state(&test).await, shop(&test).await);
        let all = events("wacid.s", "USER_INITIATED", json!({ "status": "FAILED" }));
        read(&test, &shop, "calls", all[0].clone()).await;
        let deliveries = "SELECT kind FROM delivery ORDER BY created_at, id";
        assert_eq!(test.texts(deliveries).await, ["call_show"]);
        for _ in 0..2 {
            close_untold(&state).await.unwrap();
        }
        let found = calls(&test, Scope::All).await;
        assert_eq!(found[0].outcome, "unknown", "{}", test.engine);
        assert_eq!(test.texts(deliveries).await, ["call_show", "call_end"]);
        // What Meta tells after all wins, and the portal is not told a second time.
        for _ in 0..2 {
            read(&test, &shop, "calls", all[3].clone()).await;
        }
        let found = calls(&test, Scope::All).await;
        assert_eq!((found.len(), found[0].outcome.as_str()), (1, "missed"));
        let told = test.texts("SELECT kind FROM delivery ORDER BY kind").await;
        assert_eq!(told, ["call_end", "call_show", "inbound_text"]);
        let ended = "SELECT CAST(ended_at AS TEXT) FROM call";
        assert_eq!(test.texts(ended).await, ["1020000"], "{}", test.engine);
    }
}

#[tokio::test]
async fn a_call_that_somebody_took_counts_as_answered() {
    for test in engines().await {
        let (state, shop) = (state(&test).await, shop(&test).await);
        let all = events("wacid.t", "BUSINESS_INITIATED", json!({}));
        for event in &all[..3] {
            read(&test, &shop, "calls", event.clone()).await;
        }
        assert_eq!(calls(&test, Scope::All).await[0].outcome, "talking");
        close_untold(&state).await.unwrap();
        let found = calls(&test, Scope::All).await;
        assert_eq!(found[0].outcome, "answered", "{}", test.engine);
        assert_eq!(found[0].duration, None);
    }
}

#[tokio::test]
async fn a_call_that_is_shown_nowhere_is_closed_in_silence() {
    for test in engines().await {
        let (state, shop) = (state(&test).await, shop(&test).await);
        let quiet = "UPDATE call SET portal_state = NULL";
        let all = events("wacid.q", "USER_INITIATED", json!({}));
        read(&test, &shop, "calls", all[0].clone()).await;
        test.run(quiet).await;
        close_untold(&state).await.unwrap();
        assert_eq!(calls(&test, Scope::All).await[0].outcome, "unknown");
        let told = test.texts("SELECT kind FROM delivery").await;
        assert_eq!(told, ["call_show"], "{}", test.engine);
    }
}

#[tokio::test]
async fn telephony_that_waits_holds_up_no_message() {
    for test in engines().await {
        let shop = shop(&test).await;
        let all = events("wacid.l", "USER_INITIATED", json!({ "status": "FAILED" }));
        for event in [&all[0], &all[3]] {
            read(&test, &shop, "calls", event.clone()).await;
        }
        let lines = "SELECT CAST(COUNT(*) AS TEXT) FROM delivery GROUP BY line_id ORDER BY 1";
        assert_eq!(test.texts(lines).await, ["1", "2"], "{}", test.engine);
    }
}
