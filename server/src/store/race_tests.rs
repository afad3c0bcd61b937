//! What happens to a line at the same time from two sides.

use super::testing::{TestStore, engines};
use super::{Claim, Footprint, Head};
use crate::outbox::{DeliveryKind, DeliveryState, DestinationKind, NewDelivery};
use uuid::Uuid;

const NODE: &str = "node";

fn text(phone: Uuid, conversation: Uuid, words: &str) -> NewDelivery {
    NewDelivery {
        owner: Uuid::nil(),
        destination: DestinationKind::Phone,
        target: phone,
        kind: DeliveryKind::OutboundText,
        phone,
        conversation,
        message: Some(Uuid::now_v7()),
        payload: words.to_owned(),
    }
}

async fn enqueue(test: &TestStore, news: &[&NewDelivery]) {
    let txn = test.store.begin().await.unwrap();
    for new in news {
        txn.delivery_enqueue((*new).clone(), 0);
    }
    txn.commit().await.unwrap();
}

async fn claim(test: &TestStore, now: i64, look_up_at: i64) -> Option<Claim> {
    let due = test.store.destinations_due(NODE, now, 10).await.unwrap();
    let claim = test
        .store
        .destination_claim(*due.first()?, NODE, now, now + 1000, |_| look_up_at);
    claim.await.unwrap()
}

async fn depart(test: &TestStore, claim: &Claim, now: i64) -> Vec<Head> {
    let heads = test.store.heads_due(claim.destination, now, 10).await;
    depart_with(test, claim, heads.unwrap(), now).await
}

async fn depart_with(test: &TestStore, claim: &Claim, heads: Vec<Head>, now: i64) -> Vec<Head> {
    let txn = test.store.begin().await.unwrap();
    txn.courier_fence_in_txn(claim, Footprint::default())
        .await
        .unwrap();
    let left = txn.flights_depart_in_txn(vec![heads], claim.epoch, now, now + 100_000);
    let left = left.await.unwrap().concat();
    txn.commit().await.unwrap();
    left
}

async fn settle(test: &TestStore, new: &NewDelivery, now: i64) {
    let txn = test.store.begin().await.unwrap();
    txn.delivery_settle_in_txn(new.message.unwrap(), DeliveryState::Delivered, None, now)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

/// A status tells of a delivery after it was found due and before it leaves: it stays behind, and
/// the next one is not held by its guard.
#[tokio::test]
async fn what_is_settled_before_it_leaves_stays_behind() {
    for test in engines().await {
        let (phone, conversation) = (Uuid::now_v7(), Uuid::now_v7());
        let (first, second) = (
            text(phone, conversation, "1"),
            text(phone, conversation, "2"),
        );
        enqueue(&test, &[&first, &second]).await;
        let claim = claim(&test, 0, 0).await.unwrap();
        let found = test.store.heads_due(claim.destination, 0, 10).await;
        settle(&test, &first, 1).await;
        let left = depart_with(&test, &claim, found.unwrap(), 2).await;
        assert!(left.is_empty(), "{}", test.engine);
        assert_eq!(depart(&test, &claim, 3).await[0].payload, "2");
    }
}

/// A status tells of a send before its call is answered: the next one leaves, and the late answer
/// must not make it due a second time.
#[tokio::test]
async fn a_late_answer_does_not_send_the_next_one_twice() {
    for test in engines().await {
        let (phone, conversation) = (Uuid::now_v7(), Uuid::now_v7());
        let (first, second) = (
            text(phone, conversation, "1"),
            text(phone, conversation, "2"),
        );
        enqueue(&test, &[&first, &second]).await;
        let claim = claim(&test, 0, 0).await.unwrap();
        let sent = depart(&test, &claim, 0).await;
        settle(&test, &first, 1).await;
        assert_eq!(depart(&test, &claim, 2).await[0].payload, "2");
        for answer in ["delivered", "lost", "untried"] {
            let txn = test.store.begin().await.unwrap();
            let head = &sent[0];
            let written = match answer {
                "delivered" => txn
                    .head_close_in_txn(head, DeliveryState::Delivered, None, 3)
                    .await
                    .map(|_| ()),
                "lost" => {
                    txn.head_stay_in_txn(head, DeliveryState::Unknown, ("lost", "lost"), 3)
                        .await
                }
                _ => txn.head_return_in_txn(head.standing(), ("x", "y"), 3).await,
            };
            written.unwrap();
            txn.commit().await.unwrap();
            let again = test.store.heads_due(claim.destination, 10, 10).await;
            assert!(again.unwrap().is_empty(), "{}: {answer}", test.engine);
        }
    }
}

/// Returns when another transaction waits for ours; SQLite has one writer and begins no second.
async fn closing_waits(test: &TestStore) {
    const WAITING: &str = "SELECT pid FROM pg_stat_activity \
                           WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while test.engine == "postgres" && test.store.rows(WAITING, vec![]).await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
}

/// While a delivery is closed, the next ones are being enqueued: the line goes on with them.
#[tokio::test]
async fn what_is_enqueued_while_a_line_goes_on_is_not_passed_over() {
    for test in engines().await {
        let (phone, conversation) = (Uuid::now_v7(), Uuid::now_v7());
        let news = ["1", "2", "3"].map(|words| text(phone, conversation, words));
        enqueue(&test, &[&news[0]]).await;
        let claim = claim(&test, 0, 0).await.unwrap();
        let sent = depart(&test, &claim, 0).await;
        let enqueuing = test.store.begin().await.unwrap();
        enqueuing.delivery_enqueue(news[1].clone(), 1);
        enqueuing.lines_write_in_txn().await.unwrap();
        let store = test.store.clone();
        let head = sent[0].clone();
        let closing = tokio::spawn(async move {
            let txn = store.begin().await.unwrap();
            txn.head_close_in_txn(&head, DeliveryState::Delivered, None, 2)
                .await
                .unwrap();
            txn.commit().await.unwrap();
        });
        closing_waits(&test).await;
        enqueuing.commit().await.unwrap();
        closing.await.unwrap();
        enqueue(&test, &[&news[2]]).await;
        assert_eq!(
            depart(&test, &claim, 3).await[0].payload,
            "2",
            "{}",
            test.engine
        );
    }
}

/// A node dies with everything on its way: the next one looks at it soon, not when the guard ends.
#[tokio::test]
async fn what_was_on_its_way_in_a_crash_is_looked_at_soon() {
    for test in engines().await {
        let new = text(Uuid::now_v7(), Uuid::now_v7(), "1");
        enqueue(&test, &[&new]).await;
        let first = claim(&test, 0, 0).await.unwrap();
        assert_eq!(depart(&test, &first, 0).await.len(), 1);
        // It dies; it is started again; it dies while it looks.
        for round in 1..3 {
            let now = round * 10;
            let found = claim(&test, now, now + 5).await;
            let found = found.unwrap_or_else(|| panic!("{}: round {round}", test.engine));
            assert!(depart(&test, &found, now + 4).await.is_empty());
            let heads = depart(&test, &found, now + 5).await;
            assert_eq!(heads[0].state, DeliveryState::Unknown);
        }
    }
}

/// Who lands answers and who reads events come to the same lines, each in an order of its own, and neither waits for
/// what waits for it.
#[tokio::test]
async fn lines_are_locked_in_one_order_however_a_transaction_comes_to_them() {
    for test in engines().await {
        if test.engine == "sqlite" {
            continue;
        }
        let phone = Uuid::now_v7();
        let news = [1, 2].map(|number| text(phone, Uuid::from_u128(number), "words"));
        let tick = |of: &NewDelivery| NewDelivery {
            destination: DestinationKind::Portal,
            target: Uuid::from_u128(7),
            kind: DeliveryKind::DeliveredTick,
            ..of.clone()
        };
        let [first, second] = &news;
        enqueue(&test, &[first, second, &tick(first), &tick(second)]).await;
        let mut claim = claim(&test, 0, 0).await.unwrap();
        if claim.kind == DestinationKind::Portal {
            claim = self::claim(&test, 0, 0).await.unwrap();
        }
        let heads = depart(&test, &claim, 0).await;
        for round in 0..10 {
            let landing = test.store.begin().await.unwrap();
            let reading = test.store.begin().await.unwrap();
            for head in heads.iter().filter(|_| round == 0) {
                let end = landing.head_close_in_txn(head, DeliveryState::Delivered, None, 1);
                assert!(end.await.unwrap());
            }
            for new in [first, second] {
                landing.delivery_enqueue(tick(new), 1);
                landing.delivery_enqueue(new.clone(), 1);
            }
            for new in [second, first] {
                reading.delivery_enqueue(new.clone(), 1);
                reading.delivery_enqueue(tick(new), 1);
            }
            let (landed, read) = tokio::join!(landing.commit(), reading.commit());
            landed.unwrap();
            read.unwrap();
        }
    }
}
