//! A text whose answer was lost is not sent again while its status may still be read.

use super::PhoneCarrier;
use crate::config::Config;
use crate::delivery::carrier::Carrier;
use crate::delivery::outcome::{Outcome, Weather};
use crate::outbox::{DeliveryKind, DeliveryState};
use crate::state::AppState;
use crate::store::testing::{TestStore, engines};
use crate::store::{Head, NewReceipt};
use std::time::Duration;
use uuid::Uuid;

fn lost() -> Head {
    Head::for_tests(DeliveryKind::OutboundText, DeliveryState::Unknown)
}

async fn carrier(test: &TestStore) -> PhoneCarrier {
    let state = AppState::for_tests(test, Config::for_tests(test.folder())).await;
    let graph = state.remotes.graph.clone();
    PhoneCarrier::new(state, graph, Uuid::nil())
}

async fn receive(carrier: &PhoneCarrier, later: i64) {
    let receipt = NewReceipt {
        source: "meta",
        owner: Uuid::nil(),
        portal: None,
        body: b"{}".to_vec(),
        received_at: carrier.state.clock.now() + later,
    };
    let store = &carrier.state.store;
    let (_, kept) = store.receipts_insert(vec![receipt]).await.unwrap();
    kept.durable().await.unwrap();
}

async fn look_up(carrier: &PhoneCarrier) -> Outcome {
    let mut landing = carrier.fly(&[lost()], i64::MAX).await;
    assert_eq!(landing.weather, Weather::Unseen, "nobody was asked");
    landing.outcomes.remove(0).1
}

#[tokio::test]
async fn a_receipt_of_a_moment_ago_may_hold_its_status() {
    for test in engines().await {
        let carrier = carrier(&test).await;
        receive(&carrier, -1).await;
        let outcome = look_up(&carrier).await;
        assert!(
            matches!(outcome, Outcome::Unknown(_)),
            "{outcome:?} on {}",
            test.engine
        );
    }
}

#[tokio::test]
async fn what_is_read_meanwhile_is_waited_for_and_what_comes_later_is_not() {
    for test in engines().await {
        let carrier = carrier(&test).await;
        receive(&carrier, -1).await;
        let store = test.store.clone();
        let reads = async {
            tokio::time::sleep(Duration::from_millis(700)).await;
            let unread = store.receipts_new(1).await.unwrap();
            receive(&carrier, 0).await;
            let txn = store.begin().await.unwrap();
            txn.receipts_close_in_txn(&[unread[0].id]).await.unwrap();
            txn.commit().await.unwrap();
        };
        let (outcome, ()) = tokio::join!(look_up(&carrier), reads);
        assert!(
            matches!(outcome, Outcome::NotThere),
            "{outcome:?} on {}",
            test.engine
        );
    }
}
