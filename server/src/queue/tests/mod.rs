//! Replays, discards and holds, on every engine at hand.

mod cause;
mod destinations;
mod interleaved;
mod list;
mod replay;
mod statuses;

use super::{Act, Done, Order, QueueDesk};
use crate::backend::testing::SETUP;
use crate::clock::Clock;
use crate::config::Config;
use crate::outbox::{DeliveryKind, DeliveryState, DestinationKind, NewDelivery};
use crate::state::AppState;
use crate::store::entities::phone;
use crate::store::testing::{TestStore, engines};
use crate::store::{Actor, Claim, Footprint, Head, NewMessage, Origin, Scope};
use uuid::Uuid;

/// A second phone of Ann's, at another line of her portal.
const SECOND: &str = r#"
[[phone]]
owner = "ann@example.com"
phone = "+77272000333"
phone_id = "777000333"
waba = "100"
portal = "member-ann"
line_id = 18
connector = "thoth_whatsapp_2"
"#;

const NODE: &str = "node";

/// An installation with one customer who talks to the first of Ann's two phones. Nothing happens to what is Ben's.
struct World {
    test: TestStore,
    state: AppState,
    ann: Uuid,
    ben: Uuid,
    portal: Uuid,
    first: phone::Model,
    second: phone::Model,
    conversation: Uuid,
}

impl World {
    async fn of(test: TestStore) -> Self {
        let config = Config::for_tests(test.folder());
        let mut state = AppState::for_tests(&test, config).await;
        state = state.with(|parts| parts.clock = Clock::fixed(1_000_000));
        state.provision(&test, &format!("{SETUP}{SECOND}")).await;
        let store = &state.store;
        let ann = store.person_by_email("ann@example.com").await.unwrap();
        let ben = store.person_by_email("ben@example.com").await.unwrap();
        let ann = ann.unwrap().id;
        let mut phones = store.phones(Scope::Owner(ann)).await.unwrap();
        let portal = store.portals(Scope::Owner(ann)).await.unwrap().remove(0);
        let (first, second) = (phones.remove(0), phones.remove(0));
        let txn = store.begin().await.unwrap();
        let contact = txn
            .contact_resolve_in_txn(first.waba_id, Some("77015550101"), None, None, 1)
            .await
            .unwrap();
        let conversation = txn
            .conversation_ensure_in_txn(first.id, contact.id, 1)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        Self {
            ann,
            ben: ben.unwrap().id,
            portal: portal.id,
            first,
            second,
            conversation: conversation.id,
            state,
            test,
        }
    }

    fn desk(&self) -> QueueDesk {
        QueueDesk::of(&self.state)
    }

    fn now(&self) -> i64 {
        self.state.clock.now()
    }

    fn pass(&self, milliseconds: i64) {
        self.state.clock.set(self.now() + milliseconds);
    }

    /// A customer's words wait for the portal.
    async fn says(&self, words: &str) -> Uuid {
        self.says_in(self.conversation, words).await
    }

    async fn says_in(&self, conversation: Uuid, words: &str) -> Uuid {
        self.enqueue(&self.new_in(conversation, words)).await
    }

    fn new_in(&self, conversation: Uuid, words: &str) -> NewDelivery {
        NewDelivery {
            owner: self.ann,
            destination: DestinationKind::Portal,
            target: self.portal,
            kind: DeliveryKind::InboundText,
            phone: self.first.id,
            conversation,
            message: None,
            payload: words.to_owned(),
        }
    }

    async fn enqueue(&self, new: &NewDelivery) -> Uuid {
        let txn = self.state.store.begin().await.unwrap();
        let id = txn.delivery_enqueue(new.clone(), self.now());
        txn.commit().await.unwrap();
        id
    }

    /// An operator's words wait for the customer; the message and its delivery.
    async fn answers(&self, words: &str) -> (Uuid, Uuid) {
        let origin = Origin {
            portal: self.portal,
            im_chat_id: "5",
            im_message_id: Some(words),
        };
        let new = NewMessage {
            owner: self.ann,
            phone: self.first.id,
            conversation: self.conversation,
            direction: "out",
            wamid: None,
            fingerprint: 0,
            kind: "text",
            text: words,
            origin: Some(origin),
            part: 0,
            status: "queued",
        };
        let txn = self.state.store.begin().await.unwrap();
        let message = txn.message_insert_in_txn(&new, self.now()).await.unwrap();
        txn.commit().await.unwrap();
        let message = message.unwrap();
        let delivery = NewDelivery {
            owner: self.ann,
            destination: DestinationKind::Phone,
            target: self.first.id,
            kind: DeliveryKind::OutboundText,
            phone: self.first.id,
            conversation: self.conversation,
            message: Some(message),
            payload: format!("{{\"text\":\"{words}\"}}"),
        };
        (message, self.enqueue(&delivery).await)
    }

    /// Takes what is due of the portal or a phone, as a courier does.
    async fn depart(&self, target: Uuid) -> (Option<Claim>, Vec<Head>) {
        let (store, now) = (&self.state.store, self.now());
        for id in store.destinations_due(NODE, now, 10).await.unwrap() {
            let claim = store.destination_claim(id, NODE, now, now + 1000, |_| now);
            let claim = claim.await.unwrap().unwrap();
            if claim.target == target {
                let heads = store.heads_due(id, now, 1000).await.unwrap();
                let txn = store.begin().await.unwrap();
                txn.courier_fence_in_txn(&claim, Footprint::default())
                    .await
                    .unwrap();
                let left = txn.flights_depart_in_txn(vec![heads], claim.epoch, now, now + 100_000);
                let left = left.await.unwrap().concat();
                txn.commit().await.unwrap();
                return (Some(claim), left);
            }
        }
        (None, Vec::new())
    }

    /// What is due of a target ends so, and leaves an attempt where one is told.
    async fn ends(&self, target: Uuid, state: DeliveryState, attempt: Option<&str>) -> Vec<Head> {
        let (_, heads) = self.depart(target).await;
        let now = self.now();
        let txn = self.state.store.begin().await.unwrap();
        for head in &heads {
            if let Some(outcome) = attempt {
                txn.attempt_write_in_txn(head.id, now, 1, outcome, None, None, None)
                    .await
                    .unwrap();
            }
            let error = (state != DeliveryState::Delivered).then_some(("broken", "It is broken."));
            txn.head_close_in_txn(head, state, error, now)
                .await
                .unwrap();
        }
        txn.commit().await.unwrap();
        heads
    }

    async fn act(&self, scope: Scope, act: Act, ids: &[Uuid]) -> Done {
        let actor = actor();
        let order = Order {
            scope,
            actor: &actor,
            act,
            reason: "because",
        };
        self.desk().act(&order, ids).await.unwrap()
    }

    async fn replays(&self, ids: &[Uuid]) -> usize {
        let done = self.act(Scope::Owner(self.ann), Act::Replay { to: None }, ids);
        done.await.done
    }

    /// One value of a row, as text.
    async fn value(&self, sql: &str) -> String {
        let found = self.test.texts(sql).await;
        found.into_iter().next().unwrap_or_default()
    }

    async fn state_of(&self, delivery: Uuid) -> String {
        let found = self.state.store.delivery_view(Scope::All, delivery).await;
        let (view, _) = found.unwrap().unwrap();
        view.state.as_str().to_owned()
    }
}

fn actor() -> Actor {
    Actor {
        person: None,
        name: "ann@example.com".to_owned(),
    }
}

async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for test in engines().await {
        worlds.push(World::of(test).await);
    }
    worlds
}
