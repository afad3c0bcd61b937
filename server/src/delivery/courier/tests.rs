//! What a courier does when something comes between its look and its leaving.

use super::{Courier, Flying};
use crate::clock::Clock;
use crate::config::Config;
use crate::delivery::carrier::Carrier;
use crate::delivery::outcome::{Landing, Learnt, Outcome, Trouble, Weather};
use crate::delivery::pace::{PHONE, Pace};
use crate::outbox::{DeliveryKind, DestinationKind, NewDelivery};
use crate::state::AppState;
use crate::store::Head;
use crate::store::testing::{TestStore, engines};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Carries everything.
struct Willing;

#[async_trait::async_trait]
impl Carrier for Willing {
    fn wings(&self) -> usize {
        8
    }

    fn pace(&self) -> Pace {
        PHONE
    }

    fn load(&self) -> usize {
        1
    }

    fn flights(&self, heads: Vec<Head>) -> Vec<Vec<Head>> {
        heads.into_iter().map(|head| vec![head]).collect()
    }

    async fn fly(&self, heads: &[Head], _: i64) -> Landing {
        let ids = heads.iter().map(|head| head.id);
        Landing::all(ids, &Outcome::Delivered(Learnt::default()), Weather::Fair)
    }
}

const NOW: i64 = 1_000_000;

/// A courier of the one destination for which a text waits.
async fn courier(test: &TestStore) -> Courier {
    let mut state = AppState::for_tests(test, Config::for_tests(test.folder())).await;
    state = state.with(|parts| parts.clock = Clock::fixed(NOW));
    let new = NewDelivery {
        owner: Uuid::nil(),
        destination: DestinationKind::Phone,
        target: Uuid::now_v7(),
        kind: DeliveryKind::OutboundText,
        phone: Uuid::nil(),
        conversation: Uuid::now_v7(),
        message: None,
        payload: String::new(),
    };
    let store = &test.store;
    let txn = store.begin().await.unwrap();
    txn.delivery_enqueue(new.clone(), NOW);
    txn.commit().await.unwrap();
    let due = store.destinations_due("node", NOW, 9).await.unwrap();
    let claim = store.destination_claim(due[0], "node", NOW, NOW + 1000, |_| NOW);
    let claim = claim.await.unwrap().unwrap();
    Courier::new(state, claim, Arc::new(Willing), CancellationToken::new())
}

async fn heads(courier: &Courier) -> Vec<Vec<Head>> {
    let due = courier
        .state
        .store
        .heads_due(courier.claim.destination, NOW, 9);
    due.await
        .unwrap()
        .into_iter()
        .map(|head| vec![head])
        .collect()
}

async fn states(test: &TestStore) -> Vec<String> {
    let sql = "SELECT state || ' ' || CAST(attempts AS TEXT) FROM delivery";
    test.texts(sql).await
}

/// The database marked it, and its answer was lost: without an outcome it would stay on its way for ever.
#[tokio::test]
async fn what_was_marked_and_did_not_leave_is_taken_back_and_leaves() {
    for test in engines().await {
        let mut courier = courier(&test).await;
        let due = heads(&courier).await;
        courier.grounded = due.iter().flatten().map(Head::standing).collect();
        courier.mark(due, NOW).await.unwrap();
        assert_eq!(states(&test).await, ["sending 1"], "{}", test.engine);
        let mut flying = Flying::new();
        courier.depart(&mut flying, NOW).await.unwrap();
        assert_eq!(flying.len(), 1, "{}", test.engine);
        assert_eq!(states(&test).await, ["sending 1"], "the try counts once");
        let first = flying.join_next().await.unwrap().unwrap();
        courier.land(first, &mut flying).await.unwrap();
        assert_eq!(states(&test).await, ["delivered 1"], "{}", test.engine);
    }
}

/// A hold that is confirmed while a courier has its heads in hand.
#[tokio::test]
async fn nothing_leaves_once_a_person_holds_it() {
    for test in engines().await {
        let courier = courier(&test).await;
        let due = heads(&courier).await;
        let txn = test.store.begin().await.unwrap();
        let held = txn.destination_hold_in_txn(courier.claim.destination, "ann", "moving", NOW);
        assert!(held.await.unwrap());
        txn.commit().await.unwrap();
        let left = courier.mark(due, NOW).await.unwrap();
        assert!(left.concat().is_empty(), "{}", test.engine);
        assert_eq!(states(&test).await, ["waiting 0"], "{}", test.engine);
    }
}

#[tokio::test]
async fn a_flight_that_asked_nobody_says_nothing_of_the_destination() {
    for test in engines().await {
        let mut courier = courier(&test).await;
        let storm = Weather::Stormy(Trouble::new("not_sent", "no route"));
        courier.read_weather(&storm, NOW);
        let paused = courier.paused_until;
        assert!(paused > NOW, "{}", test.engine);
        courier.read_weather(&Landing::default().weather, NOW);
        assert_eq!((courier.failures, courier.paused_until), (1, paused));
        courier.read_weather(&Weather::Fair, NOW);
        assert_eq!((courier.failures, courier.paused_until), (0, 0));
    }
}

#[test]
fn trouble_outweighs_an_answer_and_an_answer_silence() {
    let storm = Weather::Stormy(Trouble::new("not_sent", "no route"));
    let mut landing = Landing::default();
    landing.sees(Weather::Fair);
    landing.sees(Weather::Unseen);
    assert_eq!(landing.weather, Weather::Fair);
    landing.sees(storm.clone());
    landing.sees(Weather::Fair);
    assert_eq!(landing.weather, storm);
}
