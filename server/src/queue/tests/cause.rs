//! All dead letters of a cause.

use super::{Act, DeliveryState, Order, Scope, World, actor, worlds};
use crate::errands::Errand;
use crate::queue::{Done, cause_errand};
use crate::store::DeathCause;
use crate::store::views::Slice;
use uuid::Uuid;

const PAGE: Slice = Slice {
    limit: 25,
    offset: 0,
};

/// So many conversations whose one message each died.
async fn many_die(world: &World, count: u128) -> Vec<Uuid> {
    let mut all = Vec::new();
    for number in 0..count {
        let conversation = Uuid::from_u128(7_000_000 + number);
        all.push(world.says_in(conversation, "words").await);
    }
    world
        .ends(world.portal, DeliveryState::Dead, Some("later"))
        .await;
    all
}

async fn cause(world: &World, of: Uuid) -> DeathCause {
    let found = world
        .state
        .store
        .cause_of(Scope::Owner(world.ann), of)
        .await;
    found.unwrap().unwrap()
}

async fn act(world: &World, scope: Scope, act: Act, cause: &DeathCause) -> (Done, bool) {
    let actor = actor();
    let order = Order {
        scope,
        actor: &actor,
        act,
        reason: "",
    };
    world.desk().act_on_cause(&order, cause).await.unwrap()
}

/// How many dead letters there are, by cause.
async fn totals(world: &World) -> Vec<i64> {
    let scope = Scope::Owner(world.ann);
    let (causes, total) = world.state.store.causes_view(scope, PAGE).await.unwrap();
    assert_eq!(i64::try_from(causes.len()).unwrap(), total);
    causes.into_iter().map(|cause| cause.total).collect()
}

#[tokio::test]
async fn they_are_grouped_by_what_they_died_of_and_seen_by_their_owner() {
    for world in worlds().await {
        let engine = world.test.engine;
        many_die(&world, 3).await;
        let (_, other) = world.answers("hello").await;
        world
            .ends(world.first.id, DeliveryState::Refused, Some("refused"))
            .await;
        assert_eq!(totals(&world).await, [3, 1], "{engine}");
        let store = &world.state.store;
        let (bens, total) = store
            .causes_view(Scope::Owner(world.ben), PAGE)
            .await
            .unwrap();
        assert!(bens.is_empty() && total == 0, "{engine}");
        let found = cause(&world, other).await;
        let view = store.cause_view(Scope::All, &found).await.unwrap().unwrap();
        assert_eq!(
            (view.total, view.name.as_str()),
            (1, "+77272000111"),
            "{engine}"
        );
        let bens = store
            .cause_view(Scope::Owner(world.ben), &found)
            .await
            .unwrap();
        assert!(bens.is_none(), "{engine}");
    }
}

#[tokio::test]
async fn many_go_on_as_an_errand_and_what_dies_again_is_not_replayed_again() {
    for world in worlds().await {
        let engine = world.test.engine;
        let all = many_die(&world, 205).await;
        let cause = cause(&world, all[0]).await;
        let (strangers, _) = act(&world, Scope::Owner(world.ben), Act::Discard, &cause).await;
        assert_eq!(strangers.done, 0, "{engine}");
        world.pass(10);
        let scope = Scope::Owner(world.ann);
        let (done, more) = act(&world, scope, Act::Replay { to: None }, &cause).await;
        assert_eq!((done.done, done.left, more), (200, 0, true), "{engine}");
        world.pass(10);
        // Those that went die again before the rest follows.
        world
            .ends(world.portal, DeliveryState::Dead, Some("later"))
            .await;
        assert_eq!(totals(&world).await, [205], "{engine}");
        let due = world
            .state
            .store
            .errands_due(world.now(), 50)
            .await
            .unwrap();
        let row = due.iter().find(|row| row.kind == "queue_act").unwrap();
        let Errand::QueueAct { order } = serde_json::from_str(&row.payload).unwrap() else {
            panic!("{}", row.payload);
        };
        cause_errand(&world.state, &order).await.unwrap();
        assert_eq!(totals(&world).await, [200], "{engine}");
        let waiting = "SELECT CAST(COUNT(*) AS TEXT) FROM delivery WHERE state = 'waiting'";
        assert_eq!(world.value(waiting).await, "5", "{engine}");
    }
}

#[tokio::test]
async fn what_cannot_go_elsewhere_is_left_and_ends_nothing() {
    for world in worlds().await {
        let engine = world.test.engine;
        let mut all = Vec::new();
        for number in 0..130_u128 {
            // Who they are with is not known: they cannot go to another phone.
            all.push(
                world
                    .says_in(Uuid::from_u128(9_000_000 + number), "words")
                    .await,
            );
        }
        all.push(world.says("words").await);
        world
            .ends(world.portal, DeliveryState::Dead, Some("later"))
            .await;
        let cause = cause(&world, all[0]).await;
        let to = Act::Replay {
            to: Some(world.second.id),
        };
        let (done, more) = act(&world, Scope::Owner(world.ann), to, &cause).await;
        assert_eq!((done.done, done.left, more), (1, 130, false), "{engine}");
        let (done, _) = act(&world, Scope::Owner(world.ann), Act::Discard, &cause).await;
        assert_eq!(done.done, 130, "{engine}");
        assert!(totals(&world).await.is_empty(), "{engine}");
    }
}
