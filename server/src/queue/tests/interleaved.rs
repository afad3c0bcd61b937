//! Replays between everything else: nothing is carried twice, nothing stays, and each line keeps its order.

use super::{DeliveryState, World, worlds};
use proptest::prelude::*;
use uuid::Uuid;

#[derive(Clone, Debug)]
enum Step {
    /// A customer writes in this conversation.
    Write(usize),
    /// What is due arrives, but for this conversation's, which dies.
    Fly(Option<usize>),
    /// A dead letter is replayed, the oldest or another one, with two clicks.
    Replay(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0_usize..3).prop_map(Step::Write),
        3 => prop::option::of(0_usize..3).prop_map(Step::Fly),
        3 => (0_usize..8).prop_map(Step::Replay),
    ];
    prop::collection::vec(step, 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn whatever_is_replayed_arrives_once_and_in_the_order_of_the_queue(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            for world in worlds().await {
                play(&world, &steps).await;
            }
        });
    }
}

/// Plays the steps beside a model: a queue for each conversation, and the dead.
async fn play(world: &World, steps: &[Step]) {
    let lines: Vec<Uuid> = (0..3).map(|_| Uuid::now_v7()).collect();
    let mut queues = vec![Vec::<Uuid>::new(); 3];
    let mut dead = Vec::<(usize, Uuid)>::new();
    let drain = std::iter::repeat_n(Step::Fly(None), 40);
    for step in steps.iter().cloned().chain(drain) {
        world.pass(1000);
        match step {
            Step::Write(line) => queues[line].push(world.says_in(lines[line], "words").await),
            Step::Replay(place) if !dead.is_empty() => {
                let (line, id) = dead.remove(place % dead.len());
                assert_eq!(world.replays(&[id, id]).await, 1);
                queues[line].push(id);
            }
            Step::Replay(_) => {}
            Step::Fly(dies) => {
                let (_, heads) = world.depart(world.portal).await;
                let mut due: Vec<Uuid> = heads.iter().map(|head| head.id).collect();
                let mut wanted: Vec<Uuid> = queues
                    .iter()
                    .filter_map(|queue| queue.first().copied())
                    .collect();
                due.sort_unstable();
                wanted.sort_unstable();
                assert_eq!(due, wanted, "the first of every queue, and nothing else");
                for head in heads {
                    let line = lines
                        .iter()
                        .position(|line| *line == head.conversation)
                        .unwrap();
                    queues[line].remove(0);
                    let is_dead = dies == Some(line);
                    let state = if is_dead {
                        DeliveryState::Dead
                    } else {
                        DeliveryState::Delivered
                    };
                    let txn = world.state.store.begin().await.unwrap();
                    txn.attempt_write_in_txn(head.id, world.now(), 1, "later", None, None, None)
                        .await
                        .unwrap();
                    let closed = txn.head_close_in_txn(&head, state, None, world.now()).await;
                    assert!(closed.unwrap());
                    txn.commit().await.unwrap();
                    if is_dead {
                        dead.push((line, head.id));
                    }
                }
            }
        }
    }
    assert!(queues.iter().all(Vec::is_empty), "everything has gone");
}
