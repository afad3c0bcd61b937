//! The same steps with the store, compared with the reference after each.

use super::super::outcome::{Learnt, Outcome, Trouble};
use super::super::settle::{self, Flight};
use super::reference::{
    Back, LATER, LEASE, LINES, NODES, Reference, Stand, State, Step, UNKNOWN_WAIT,
};
use crate::delivery::patience::GUARD;
use crate::outbox::{DeliveryKind, DeliveryState, DestinationKind, NewDelivery};
use crate::store::testing::{TestStore, engines};
use crate::store::{Claim, Footprint, Head, Store, StoreError};
use proptest_state_machine::StateMachineTest;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use tokio::runtime::Runtime;
use uuid::Uuid;

/// A database and what runs its calls.
pub struct Bench {
    test: TestStore,
    runtime: Rc<Runtime>,
}

impl Bench {
    /// One for each engine at hand.
    pub fn all() -> Vec<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let runtime = Rc::new(runtime.unwrap());
        let stores = runtime.block_on(engines());
        let bench = |test| Self {
            test,
            runtime: Rc::clone(&runtime),
        };
        stores.into_iter().map(bench).collect()
    }

    pub fn engine(&self) -> &'static str {
        self.test.engine
    }
}

thread_local! {
    /// The bench of the test that runs in this thread: proptest's machines are made from nothing.
    static BENCH: RefCell<Option<Rc<Bench>>> = const { RefCell::new(None) };
}

/// Runs something that makes machines, on this bench.
pub fn with_bench<R>(bench: Bench, work: impl FnOnce() -> R) -> R {
    BENCH.set(Some(Rc::new(bench)));
    let done = work();
    BENCH.take();
    done
}

/// What left with a lease.
struct Aloft {
    claim: Claim,
    head: Head,
    departed: i64,
}

/// A destination, its lines, and what the nodes have in hand.
pub struct Machine {
    bench: Rc<Bench>,
    target: Uuid,
    conversations: [Uuid; LINES],
    messages: [Vec<Uuid>; LINES],
    destination: Option<Uuid>,
    claims: [Option<Claim>; NODES],
    aloft: [Vec<Aloft>; NODES],
    /// What was closed, with its state and time.
    closed: HashMap<String, String>,
    before: State,
}

fn name(node: usize) -> String {
    format!("node-{node}")
}

fn footprint(now: i64) -> Footprint {
    Footprint {
        lease_until: now + LEASE,
        bucket_level: 0.0,
        bucket_at: now,
    }
}

fn outcome(back: Back) -> Option<Outcome> {
    let why = || Trouble::new("model", "said by the model");
    Some(match back {
        Back::Delivered => Outcome::Delivered(Learnt::default()),
        Back::Refused => Outcome::Refused(why()),
        Back::Later => Outcome::Later {
            after: Some(LATER),
            why: why(),
        },
        Back::Unknown => Outcome::Unknown(why()),
        Back::Untried => Outcome::Untried(why()),
        Back::NotThere => Outcome::NotThere,
        Back::Nothing => return None,
    })
}

impl Machine {
    fn store(&self) -> &Store {
        &self.bench.test.store
    }

    async fn step(&mut self, step: Step, now: i64) {
        match step {
            Step::Wait(_) => {}
            Step::Enqueue(line) => self.enqueue(line, now).await,
            Step::Claim(node) => self.claim(node, now).await,
            Step::Depart(node) => self.depart(node, now).await,
            Step::Land(node, which, back) => self.land(node, which, back, now).await,
            Step::Settle(line) => {
                let open = &self.before.lines[line];
                if let Some(head) = open.head()
                    && open.deliveries[head].may_be_there
                {
                    assert!(self.settle(line, head, now).await);
                }
            }
            Step::SettleAgain(line) => {
                let known = &self.before.lines[line].deliveries;
                if let Some(last) = known.iter().rposition(|one| !one.stand.is_open()) {
                    assert!(
                        !self.settle(line, last, now).await,
                        "nothing is closed twice"
                    );
                }
            }
            Step::Release(node) => {
                if self.aloft[node].is_empty()
                    && let Some(claim) = self.claims[node].take()
                {
                    let print = footprint(now);
                    self.store()
                        .destination_release(&claim, print)
                        .await
                        .unwrap();
                }
            }
        }
    }

    async fn enqueue(&mut self, line: usize, now: i64) {
        let message = Uuid::now_v7();
        let new = NewDelivery {
            owner: Uuid::nil(),
            destination: DestinationKind::Phone,
            target: self.target,
            kind: DeliveryKind::OutboundText,
            phone: self.target,
            conversation: self.conversations[line],
            message: Some(message),
            payload: String::new(),
        };
        let txn = self.store().begin().await.unwrap();
        txn.delivery_enqueue(new.clone(), now);
        txn.commit().await.unwrap();
        self.messages[line].push(message);
    }

    async fn claim(&mut self, node: usize, now: i64) {
        self.claims[node] = None;
        self.aloft[node].clear();
        let store = self.store().clone();
        let due = store.destinations_due(&name(node), now, 1_000_000).await;
        for destination in due.unwrap() {
            if self.destination.is_some_and(|ours| ours != destination) {
                continue;
            }
            let until = now + LEASE;
            let look_up = |_| now + UNKNOWN_WAIT;
            let called = name(node);
            let claim = store.destination_claim(destination, &called, now, until, look_up);
            let claim = claim.await.unwrap();
            match claim {
                Some(claim) if claim.target == self.target => {
                    self.destination = Some(destination);
                    self.claims[node] = Some(claim);
                    return;
                }
                // One of an earlier case.
                Some(claim) => store
                    .destination_release(&claim, footprint(now))
                    .await
                    .unwrap(),
                None => {}
            }
        }
    }

    async fn depart(&mut self, node: usize, now: i64) {
        let Some(claim) = self.claims[node].clone() else {
            return;
        };
        let due = self.store().heads_due(claim.destination, now, 100).await;
        let txn = self.store().begin().await.unwrap();
        match txn.courier_fence_in_txn(&claim, footprint(now)).await {
            Ok(may) => assert!(may, "nobody holds it"),
            Err(StoreError::Fenced) => {
                self.claims[node] = None;
                self.aloft[node].clear();
                return;
            }
            Err(error) => panic!("{error}"),
        }
        let guard = now + GUARD;
        let left = txn.flights_depart_in_txn(vec![due.unwrap()], claim.epoch, now, guard);
        let mut left = left.await.unwrap().concat();
        txn.commit().await.unwrap();
        let line = |head: &Head| {
            let mut known = self.conversations.iter();
            known.position(|conversation| *conversation == head.conversation)
        };
        left.sort_by_key(line);
        self.aloft[node].extend(left.into_iter().map(|head| Aloft {
            claim: claim.clone(),
            head,
            departed: now,
        }));
    }

    async fn land(&mut self, node: usize, which: usize, back: Back, now: i64) {
        let count = self.aloft[node].len();
        if count == 0 {
            return;
        }
        let one = self.aloft[node].remove(which % count);
        let back = back.of(one.head.state == DeliveryState::Unknown);
        let flight = Flight {
            destination: one.claim.destination,
            kind: DestinationKind::Phone,
            departed: one.departed,
            now,
            unknown_wait: UNKNOWN_WAIT,
        };
        let before = self.rows().await;
        let txn = self.store().begin().await.unwrap();
        match txn.courier_fence_in_txn(&one.claim, footprint(now)).await {
            Ok(_) => {
                let outcomes = outcome(back).map(|outcome| (one.head.id, outcome));
                let outcomes: Vec<_> = outcomes.into_iter().collect();
                settle::write_in_txn(&txn, &flight, &[one.head], &outcomes)
                    .await
                    .unwrap();
                txn.commit().await.unwrap();
            }
            Err(StoreError::Fenced) => {
                drop(txn);
                assert_eq!(self.rows().await, before, "what is fenced changes nothing");
            }
            Err(error) => panic!("{error}"),
        }
    }

    async fn settle(&self, line: usize, number: usize, now: i64) -> bool {
        let txn = self.store().begin().await.unwrap();
        let message = self.messages[line][number];
        let settled = txn.delivery_settle_in_txn(message, DeliveryState::Delivered, None, now);
        let settled = settled.await.unwrap();
        txn.commit().await.unwrap();
        settled
    }

    fn keys(&self) -> String {
        let keys = self.conversations.iter().map(|key| format!("'{key}'"));
        keys.collect::<Vec<_>>().join(", ")
    }

    /// Every delivery as `line number state done_at`, and every line as `line head due_at`.
    async fn rows(&self) -> Vec<String> {
        let keys = self.keys();
        let deliveries = format!(
            "SELECT l.key || ' ' || CAST(d.number AS TEXT) || ' ' || d.state || ' ' || COALESCE(CAST(d.done_at AS TEXT), '-') \
             FROM delivery d JOIN line l ON l.id = d.line_id WHERE l.key IN ({keys}) ORDER BY l.key, d.number"
        );
        let lines = format!(
            "SELECT key || ' ' || COALESCE(CAST(head AS TEXT), '-') || ' ' || COALESCE(CAST(due_at AS TEXT), '-') \
             FROM line WHERE key IN ({keys}) ORDER BY key"
        );
        let mut rows = self.bench.test.texts(&deliveries).await;
        rows.extend(self.bench.test.texts(&lines).await);
        rows
    }

    async fn compare(&mut self, wanted: &State) {
        let rows = self.rows().await;
        let words: Vec<Vec<&str>> = rows.iter().map(|row| row.split(' ').collect()).collect();
        for (key, line) in self.conversations.iter().zip(&wanted.lines) {
            let key = key.to_string();
            let found = words.iter().filter(|row| row[0] == key);
            let (deliveries, lines): (Vec<_>, Vec<_>) = found.partition(|row| row.len() == 4);
            let states: Vec<&str> = deliveries.iter().map(|row| row[2]).collect();
            let stands = line.deliveries.iter().map(|one| word(one.stand));
            assert_eq!(states, stands.collect::<Vec<_>>(), "the states of a line");
            let mut open = line
                .deliveries
                .iter()
                .skip_while(|one| !one.stand.is_open());
            assert!(open.all(|one| one.stand.is_open()), "in order");
            for row in deliveries.iter().filter(|row| row[3] != "-") {
                let id = format!("{} {}", row[0], row[1]);
                let end = format!("{} {}", row[2], row[3]);
                let first = self.closed.entry(id).or_insert_with(|| end.clone());
                assert_eq!(*first, end, "nothing is closed twice");
            }
            let Some(found) = lines.first() else { continue };
            let head = line
                .head()
                .map_or("-".to_string(), |head| (head + 1).to_string());
            assert_eq!(found[1], head, "the head of a line");
            let under_way = line
                .head()
                .is_some_and(|head| line.deliveries[head].stand == Stand::Sending);
            if !under_way {
                let due = found[2].parse().is_ok_and(|due: i64| due <= wanted.now);
                let wanted = line.due.is_some_and(|due| due <= wanted.now);
                assert_eq!(due, wanted, "a line is due: {found:?}");
            }
        }
    }

    /// Everything that is still open arrives when nothing more goes wrong.
    async fn drain(&mut self, mut now: i64, deliveries: usize) {
        now += LEASE + 1;
        self.claim(0, now).await;
        for _ in 0..=deliveries + 1 {
            now += 5000;
            self.depart(0, now).await;
            while !self.aloft[0].is_empty() {
                self.land(0, 0, Back::Delivered, now).await;
            }
        }
        let rows = self.rows().await;
        let open = rows.iter().filter(|row| {
            let words: Vec<&str> = row.split(' ').collect();
            words.len() == 4 && words[3] == "-"
        });
        assert_eq!(open.count(), 0, "nothing is lost: {rows:?}");
        let all: usize = self.messages.iter().map(Vec::len).sum();
        assert_eq!(all, deliveries);
    }
}

fn word(stand: Stand) -> &'static str {
    match stand {
        Stand::Waiting => "waiting",
        Stand::Sending => "sending",
        Stand::Unknown => "unknown",
        Stand::Delivered => "delivered",
        Stand::Refused => "refused",
    }
}

impl StateMachineTest for Machine {
    type SystemUnderTest = Self;
    type Reference = Reference;

    fn init_test(initial: &State) -> Self {
        Self {
            bench: BENCH.with_borrow(|bench| Rc::clone(bench.as_ref().unwrap())),
            target: Uuid::now_v7(),
            conversations: std::array::from_fn(|_| Uuid::now_v7()),
            messages: Default::default(),
            destination: None,
            claims: Default::default(),
            aloft: Default::default(),
            closed: HashMap::new(),
            before: initial.clone(),
        }
    }

    fn apply(mut machine: Self, after: &State, step: Step) -> Self {
        let runtime = Rc::clone(&machine.bench.runtime);
        runtime.block_on(async {
            machine.step(step, after.now).await;
            machine.compare(after).await;
        });
        machine.before = after.clone();
        machine
    }

    fn teardown(mut machine: Self, last: State) {
        let runtime = Rc::clone(&machine.bench.runtime);
        let deliveries = last.lines.iter().map(|line| line.deliveries.len()).sum();
        runtime.block_on(machine.drain(last.now, deliveries));
    }
}
