//! Order, retries and fencing, on every engine at hand.

use super::testing::{TestStore, engines};
use super::{Claim, Footprint, Head, Store, StoreError};
use crate::outbox::{DeliveryKind, DeliveryState, DestinationKind, NewDelivery};
use proptest::prelude::*;
use uuid::Uuid;

const NODE: &str = "node";

struct World {
    test: TestStore,
    target: Uuid,
}

impl World {
    fn store(&self) -> &Store {
        &self.test.store
    }

    async fn enqueue(&self, conversation: Uuid, words: &str, now: i64) -> Uuid {
        let txn = self.store().begin().await.unwrap();
        let id = txn.delivery_enqueue(self.delivery(conversation, words), now);
        txn.commit().await.unwrap();
        id
    }

    fn delivery(&self, conversation: Uuid, words: &str) -> NewDelivery {
        NewDelivery {
            owner: Uuid::nil(),
            destination: DestinationKind::Portal,
            target: self.target,
            kind: DeliveryKind::InboundText,
            phone: Uuid::nil(),
            conversation,
            message: None,
            payload: words.to_owned(),
        }
    }

    async fn claim(&self, node: &str, now: i64) -> Option<Claim> {
        let due = self.store().destinations_due(node, now, 10).await.unwrap();
        let destination = *due.first()?;
        self.store()
            .destination_claim(destination, node, now, now + 1000, |_| now)
            .await
            .unwrap()
    }

    async fn depart(&self, claim: &Claim, now: i64) -> Result<Vec<Head>, StoreError> {
        let heads = self.store().heads_due(claim.destination, now, 100).await?;
        let txn = self.store().begin().await?;
        txn.courier_fence_in_txn(claim, footprint(now)).await?;
        let heads = txn
            .flights_depart_in_txn(vec![heads], claim.epoch, now, now + 100_000)
            .await?;
        txn.commit().await?;
        Ok(heads.concat())
    }

    async fn close(&self, claim: &Claim, head: &Head, now: i64) -> Result<(), StoreError> {
        let txn = self.store().begin().await?;
        txn.courier_fence_in_txn(claim, footprint(now)).await?;
        txn.head_close_in_txn(head, DeliveryState::Delivered, None, now)
            .await?;
        txn.commit().await
    }
}

fn footprint(now: i64) -> Footprint {
    Footprint {
        lease_until: now + 1000,
        bucket_level: 0.0,
        bucket_at: now,
    }
}

async fn worlds() -> Vec<World> {
    engines()
        .await
        .into_iter()
        .map(|test| World {
            test,
            target: Uuid::now_v7(),
        })
        .collect()
}

#[tokio::test]
async fn a_line_gives_its_deliveries_one_by_one_in_order() {
    for world in worlds().await {
        let (ann, bob) = (Uuid::now_v7(), Uuid::now_v7());
        for (conversation, words) in [(ann, "a1"), (bob, "b1"), (ann, "a2"), (ann, "a3")] {
            world.enqueue(conversation, words, 10).await;
        }
        let claim = world.claim(NODE, 10).await.unwrap();
        let mut seen = Vec::new();
        loop {
            let mut heads = world.depart(&claim, 20).await.unwrap();
            assert!(
                world.depart(&claim, 20).await.unwrap().is_empty(),
                "a head travels once"
            );
            if heads.is_empty() {
                break;
            }
            heads.sort_by(|a, b| a.payload.cmp(&b.payload));
            seen.push(
                heads
                    .iter()
                    .map(|head| head.payload.clone())
                    .collect::<Vec<_>>()
                    .join("+"),
            );
            for head in &heads {
                world.close(&claim, head, 20).await.unwrap();
            }
        }
        assert_eq!(seen, ["a1+b1", "a2", "a3"], "{}", world.test.engine);
    }
}

#[tokio::test]
async fn what_was_on_its_way_when_the_lease_was_lost_is_unknown_and_the_old_holder_writes_nothing()
{
    for world in worlds().await {
        world.enqueue(Uuid::now_v7(), "a", 0).await;
        let old = world.claim("first", 0).await.unwrap();
        let heads = world.depart(&old, 0).await.unwrap();
        assert!(
            world.claim("second", 500).await.is_none(),
            "the lease lasts"
        );
        let txn = world.store().begin().await.unwrap();
        let claimed = world.store();
        drop(txn);
        let new = claimed
            .destination_claim(old.destination, "second", 1001, 2001, |_| 1500)
            .await
            .unwrap()
            .unwrap();
        assert!(new.epoch > old.epoch);
        let late = world.close(&old, &heads[0], 1002).await;
        assert!(
            matches!(late, Err(StoreError::Fenced)),
            "{}",
            world.test.engine
        );
        assert!(
            claimed
                .heads_due(new.destination, 1499, 9)
                .await
                .unwrap()
                .is_empty()
        );
        let again = claimed.heads_due(new.destination, 1500, 9).await.unwrap();
        assert_eq!(again[0].state, DeliveryState::Unknown);
        assert_eq!(again[0].id, heads[0].id);
    }
}

#[tokio::test]
async fn a_retry_holds_its_own_line_and_no_other() {
    for world in worlds().await {
        let (ann, bob) = (Uuid::now_v7(), Uuid::now_v7());
        world.enqueue(ann, "a1", 0).await;
        world.enqueue(ann, "a2", 0).await;
        world.enqueue(bob, "b1", 0).await;
        world.enqueue(bob, "b2", 0).await;
        let claim = world.claim(NODE, 0).await.unwrap();
        let heads = world.depart(&claim, 0).await.unwrap();
        let stuck = heads.iter().find(|head| head.payload == "a1").unwrap();
        let fine = heads.iter().find(|head| head.payload == "b1").unwrap();
        let txn = world.store().begin().await.unwrap();
        txn.head_stay_in_txn(stuck, DeliveryState::Waiting, ("x", "y"), 5000)
            .await
            .unwrap();
        txn.head_close_in_txn(fine, DeliveryState::Delivered, None, 1)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let words = |heads: Vec<Head>| {
            heads
                .into_iter()
                .map(|head| head.payload)
                .collect::<Vec<_>>()
        };
        let store = world.store();
        assert_eq!(
            words(store.heads_due(claim.destination, 2, 9).await.unwrap()),
            ["b2"]
        );
        assert_eq!(
            words(store.heads_due(claim.destination, 5000, 9).await.unwrap()),
            ["b2", "a1"]
        );
    }
}

#[tokio::test]
async fn a_line_that_rests_is_due_again_with_the_next_delivery() {
    for world in worlds().await {
        let ann = Uuid::now_v7();
        world.enqueue(ann, "a1", 0).await;
        let claim = world.claim(NODE, 0).await.unwrap();
        let heads = world.depart(&claim, 0).await.unwrap();
        world.close(&claim, &heads[0], 1).await.unwrap();
        assert_eq!(
            world
                .store()
                .destination_due_at(claim.destination)
                .await
                .unwrap(),
            None
        );
        world.enqueue(ann, "a2", 7).await;
        assert_eq!(
            world
                .store()
                .destination_due_at(claim.destination)
                .await
                .unwrap(),
            Some(7)
        );
        assert_eq!(world.depart(&claim, 7).await.unwrap()[0].payload, "a2");
    }
}

#[tokio::test]
async fn an_outcome_learnt_by_other_means_is_not_written_over() {
    for world in worlds().await {
        let message = Uuid::now_v7();
        let mut new = world.delivery(Uuid::now_v7(), "a");
        new.destination = DestinationKind::Phone;
        new.message = Some(message);
        let txn = world.store().begin().await.unwrap();
        txn.delivery_enqueue(new.clone(), 0);
        txn.commit().await.unwrap();
        let claim = world.claim(NODE, 0).await.unwrap();
        let heads = world.depart(&claim, 0).await.unwrap();
        let txn = world.store().begin().await.unwrap();
        assert!(
            txn.delivery_settle_in_txn(message, DeliveryState::Delivered, None, 1)
                .await
                .unwrap()
        );
        txn.head_stay_in_txn(&heads[0], DeliveryState::Unknown, ("lost", "lost"), 9)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let store = world.store();
        assert!(
            store
                .heads_due(claim.destination, 1000, 9)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            store.destination_due_at(claim.destination).await.unwrap(),
            None
        );
    }
}

#[derive(Clone, Debug)]
enum Step {
    Enqueue(usize),
    Fly,
    Fail(usize),
    Crash,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0_usize..4).prop_map(Step::Enqueue),
        4 => Just(Step::Fly),
        1 => (0_usize..4).prop_map(Step::Fail),
        1 => Just(Step::Crash),
    ];
    prop::collection::vec(step, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_happens_every_line_is_delivered_once_and_in_order(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { play(steps).await });
    }
}

/// Plays the steps, then lets everything fly; checks each line against the order it was written in.
async fn play(steps: Vec<Step>) {
    let world = worlds().await.remove(0);
    let lines: Vec<Uuid> = (0..4).map(|_| Uuid::now_v7()).collect();
    let mut written = vec![Vec::new(); 4];
    let mut arrived: Vec<(Uuid, String)> = Vec::new();
    let mut claim = None;
    let mut now = 0;
    let drain = std::iter::repeat_n(Step::Fly, 60);
    for step in steps.into_iter().chain(drain) {
        now += 10_000;
        match step {
            Step::Enqueue(line) => {
                let words = format!("{line}-{}", written[line].len());
                world.enqueue(lines[line], &words, now).await;
                written[line].push(words);
            }
            Step::Crash => claim = None,
            Step::Fly | Step::Fail(_) => {
                claim = world.claim(NODE, now).await.or(claim);
                let Some(claim) = &claim else { continue };
                for head in world.depart(claim, now).await.unwrap() {
                    let failing =
                        matches!(step, Step::Fail(line) if lines[line] == head.conversation);
                    let txn = world.store().begin().await.unwrap();
                    if failing {
                        txn.head_stay_in_txn(&head, DeliveryState::Waiting, ("x", "y"), now + 5)
                            .await
                            .unwrap();
                    } else {
                        arrived.push((head.conversation, head.payload.clone()));
                        txn.head_close_in_txn(&head, DeliveryState::Delivered, None, now)
                            .await
                            .unwrap();
                    }
                    txn.commit().await.unwrap();
                }
            }
        }
    }
    for (line, words) in lines.iter().zip(&written) {
        let here: Vec<&String> = arrived
            .iter()
            .filter(|(other, _)| other == line)
            .map(|(_, words)| words)
            .collect();
        assert_eq!(here, words.iter().collect::<Vec<_>>());
    }
}
