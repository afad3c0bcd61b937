//! Destinations are held, let go on, and told of.

use super::{DeliveryState, Scope, World, actor, worlds};
use crate::queue::watch;
use crate::store::views::Slice;
use crate::store::{Claim, DestinationView, Footprint};
use uuid::Uuid;

/// A courier notes how its destination fares.
async fn fares(world: &World, claim: &Claim, failures: i32, until: i64, reason: Option<&str>) {
    let txn = world.state.store.begin().await.unwrap();
    txn.destination_pause_in_txn(claim, failures, until, reason)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

const SLICE: Slice = Slice {
    limit: 9,
    offset: 0,
};

async fn only(world: &World) -> DestinationView {
    let scope = Scope::Owner(world.ann);
    let found = world
        .state
        .store
        .destinations_view(scope, "bitrix24", SLICE);
    found.await.unwrap().0.remove(0)
}

#[tokio::test]
async fn nothing_leaves_for_what_is_held_not_even_with_a_courier_on_the_way() {
    for world in worlds().await {
        let engine = world.test.engine;
        world.says("first").await;
        let (claim, heads) = world.depart(world.portal).await;
        let (claim, head) = (claim.unwrap(), &heads[0]);
        let view = only(&world).await;
        assert_eq!(
            (view.name.as_str(), view.queue.waiting),
            ("ann.bitrix24.com", 1),
            "{engine}"
        );
        let (desk, actor) = (world.desk(), actor());
        let (ann, ben) = (Scope::Owner(world.ann), Scope::Owner(world.ben));
        assert_eq!(
            desk.hold(ben, &actor, view.row.id, "no").await.unwrap(),
            None
        );
        let held = desk
            .hold(ann, &actor, view.row.id, "the line moves")
            .await
            .unwrap();
        assert_eq!(held, Some(true), "{engine}");
        let again = desk.hold(ann, &actor, view.row.id, "again").await.unwrap();
        assert_eq!(again, Some(false), "{engine}");

        // What flew lands, and its line goes on; the courier finds nothing to take.
        world.says("second").await;
        let (store, now) = (&world.state.store, world.now());
        let txn = store.begin().await.unwrap();
        let written = txn.head_close_in_txn(head, DeliveryState::Delivered, None, now);
        assert!(written.await.unwrap(), "{engine}");
        txn.commit().await.unwrap();
        assert!(
            store
                .heads_due(view.row.id, now, 9)
                .await
                .unwrap()
                .is_empty(),
            "{engine}"
        );
        store
            .destination_release(&claim, Footprint::default())
            .await
            .unwrap();
        assert!(
            store
                .destinations_due("any", now, 9)
                .await
                .unwrap()
                .is_empty(),
            "{engine}"
        );

        let found = only(&world).await;
        assert_eq!(found.row.held_reason.as_deref(), Some("the line moves"));
        assert_eq!(found.row.held_by.as_deref(), Some("ann@example.com"));
        assert_eq!(
            desk.resume(ann, &actor, view.row.id).await.unwrap(),
            Some(true)
        );
        assert_eq!(
            desk.resume(ann, &actor, view.row.id).await.unwrap(),
            Some(false)
        );
        let heads = world
            .ends(world.portal, DeliveryState::Delivered, None)
            .await;
        assert_eq!(heads[0].payload, "second", "{engine}");
        let audit = store.audits_of_destination(view.row.id).await.unwrap();
        let actions: Vec<&str> = audit.iter().map(|one| one.action.as_str()).collect();
        assert_eq!(actions, ["hold", "resume"], "{engine}");
    }
}

#[tokio::test]
async fn a_probe_ends_a_rest_and_has_the_portal_checked() {
    for world in worlds().await {
        world.says("first").await;
        let (claim, _) = world.depart(world.portal).await;
        let (store, now) = (&world.state.store, world.now());
        fares(&world, &claim.unwrap(), 3, now + 60_000, Some("down")).await;
        let view = only(&world).await;
        assert_eq!(view.row.paused_until, now + 60_000);
        let probed = world.desk().probe(Scope::All, &actor(), view.row.id).await;
        assert_eq!(probed.unwrap(), Some(true));
        assert_eq!(
            only(&world).await.row.paused_until,
            0,
            "{}",
            world.test.engine
        );
        let check = store
            .errand_find("portal_check", world.portal)
            .await
            .unwrap();
        assert!(check.unwrap().due_at <= now, "{}", world.test.engine);
    }
}

#[tokio::test]
async fn its_owner_is_told_once_and_once_more_when_it_is_well() {
    for world in worlds().await {
        let engine = world.test.engine;
        world.says("first").await;
        let (claim, _) = world.depart(world.portal).await;
        let claim = claim.unwrap();
        let store = &world.state.store;
        let fails = async |failures: i32| {
            let reason = (failures > 0).then_some("no answer");
            fares(&world, &claim, failures, 0, reason).await;
            watch(&world.state).await.unwrap();
            let told = store.destinations_told(Scope::Owner(world.ann), 0);
            told.await.unwrap().len()
        };
        let told = async || {
            let audit = store
                .audits_of_destination(claim.destination)
                .await
                .unwrap();
            audit.into_iter().map(|one| one.action).collect::<Vec<_>>()
        };
        assert_eq!(fails(3).await, 0, "{engine}");
        world.pass(9 * 60_000);
        assert_eq!(fails(5).await, 0, "{engine}");
        world.pass(2 * 60_000);
        assert_eq!(fails(6).await, 1, "after ten minutes, on {engine}");
        assert_eq!(fails(7).await, 1, "{engine}");
        assert_eq!(fails(0).await, 1, "it says that it is well, on {engine}");
        assert_eq!(fails(0).await, 1, "{engine}");
        assert_eq!(told().await, ["failing", "well"], "{engine}");
        world.pass(60_000);
        assert_eq!(fails(19).await, 0, "a new trouble, on {engine}");
        assert_eq!(fails(20).await, 1, "after twenty in a row, on {engine}");
        assert_eq!(told().await, ["failing", "well", "failing"], "{engine}");
    }
}

#[tokio::test]
async fn what_a_person_holds_is_not_told_of_as_failing_and_its_reason_stands() {
    for world in worlds().await {
        let engine = world.test.engine;
        world.says("first").await;
        let (claim, _) = world.depart(world.portal).await;
        let claim = claim.unwrap();
        let store = &world.state.store;
        fares(&world, &claim, 1, 0, Some("no answer")).await;
        watch(&world.state).await.unwrap();
        // Too fast while it fails: why it fails is known still.
        fares(&world, &claim, 1, world.now() + 5, None).await;
        let view = only(&world).await;
        assert_eq!(view.row.pause_reason.as_deref(), Some("no answer"));
        let (desk, scope) = (world.desk(), Scope::Owner(world.ann));
        desk.hold(scope, &actor(), view.row.id, "lunch")
            .await
            .unwrap();
        world.pass(60 * 60_000);
        watch(&world.state).await.unwrap();
        let told = store.destinations_told(scope, 0).await.unwrap();
        assert!(told.is_empty(), "{engine}");
        desk.resume(scope, &actor(), view.row.id).await.unwrap();
        watch(&world.state).await.unwrap();
        let told = store.destinations_told(scope, 0).await.unwrap();
        assert_eq!(told.len(), 1, "{engine}");
        fares(&world, &claim, 0, 0, None).await;
        assert_eq!(only(&world).await.row.pause_reason, None, "{engine}");
    }
}

/// More than are counted one by one, and a short one in the same list.
#[tokio::test]
async fn a_long_queue_has_its_length_and_its_oldest() {
    for world in worlds().await {
        let engine = world.test.engine;
        let txn = world.state.store.begin().await.unwrap();
        for number in 0..1200_u128 {
            let new = world.new_in(Uuid::from_u128(1_000_000 + number % 40), "words");
            txn.delivery_enqueue(new, world.now());
        }
        txn.commit().await.unwrap();
        let old = "UPDATE delivery SET created_at = 5 WHERE id = (SELECT d.id FROM delivery d JOIN line l \
             ON l.id = d.line_id AND l.head = d.number ORDER BY l.due_at DESC, l.id DESC LIMIT 1)";
        world.test.run(old).await;
        let queue = only(&world).await.queue;
        assert_eq!((queue.waiting, queue.oldest), (1200, Some(5)), "{engine}");

        world.answers("a short queue").await;
        let store = &world.state.store;
        let all = store.destinations_view(Scope::Owner(world.ann), "", SLICE);
        let all = all.await.unwrap().0;
        let queues: Vec<_> = all
            .iter()
            .map(|one| (one.queue.waiting, one.queue.oldest))
            .filter(|(waiting, _)| *waiting > 0)
            .collect();
        assert_eq!(
            queues,
            [(1200, Some(5)), (1, Some(world.now()))],
            "{engine}"
        );
    }
}

#[tokio::test]
async fn what_a_destination_takes_is_counted_by_the_minute() {
    for world in worlds().await {
        world.says("first").await;
        let (claim, _) = world.depart(world.portal).await;
        let claim = claim.unwrap();
        let takes = async |taken: i64, at: i64| {
            let txn = world.state.store.begin().await.unwrap();
            txn.destination_answered_in_txn(&claim, taken, at)
                .await
                .unwrap();
            txn.commit().await.unwrap();
            let view = only(&world).await;
            (
                view.row.minute,
                view.row.minute_taken,
                view.row.minute_before,
            )
        };
        assert_eq!(takes(2, 60_000).await, (1, 2, 0), "{}", world.test.engine);
        assert_eq!(takes(3, 119_999).await, (1, 5, 0));
        assert_eq!(takes(1, 120_000).await, (2, 1, 5));
        assert_eq!(takes(4, 600_000).await, (10, 4, 0));
    }
}
