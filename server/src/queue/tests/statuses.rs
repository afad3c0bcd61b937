//! What Meta says of messages that were given up or replayed.

use super::{Act, DeliveryState, Scope, World, worlds};
use crate::inbox::chat;
use crate::inbox::statuses;
use crate::whatsapp::wire::Status;
use serde_json::json;
use uuid::Uuid;

/// A status of Meta's with our mark.
async fn status(world: &World, message: Uuid, wamid: &str, word: &str) {
    let mut body = json!({
        "id": wamid, "status": word, "timestamp": "1000", "recipient_id": "77015550101",
        "biz_opaque_callback_data": statuses::opaque_of(message),
    });
    if word == "failed" {
        body["errors"] = json!([{ "code": 131_026, "title": "Message undeliverable" }]);
    }
    let status = Status::from_json(body).unwrap();
    let txn = world.state.store.begin().await.unwrap();
    statuses::read_in_txn(&txn, world.first.id, &status, world.now())
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

async fn message(world: &World, id: Uuid) -> (String, Option<String>, Option<String>) {
    let txn = world.state.store.begin().await.unwrap();
    let found = txn.message_out_by_id_in_txn(world.first.id, id).await;
    let found = found.unwrap().unwrap();
    (found.status, found.wamid, found.past_wamids)
}

/// The delivery of a message dies, and the operator is told.
async fn dies(world: &World, id: Uuid, attempt: &str) {
    world
        .ends(world.first.id, DeliveryState::Dead, Some(attempt))
        .await;
    let txn = world.state.store.begin().await.unwrap();
    let found = txn.message_out_by_id_in_txn(world.first.id, id).await;
    let found = found.unwrap().unwrap();
    chat::fail_in_txn(&txn, &found, None, "It is broken.", world.now())
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

fn words(message: &(String, Option<String>, Option<String>)) -> (&str, Option<&str>, Option<&str>) {
    (&message.0, message.1.as_deref(), message.2.as_deref())
}

#[tokio::test]
async fn a_message_that_failed_is_queued_again_and_old_news_of_it_change_nothing() {
    for world in worlds().await {
        let engine = world.test.engine;
        let (id, delivery) = world.answers("hello").await;
        world
            .ends(world.first.id, DeliveryState::Delivered, None)
            .await;
        status(&world, id, "wamid.old", "sent").await;
        status(&world, id, "wamid.old", "failed").await;
        assert_eq!(world.state_of(delivery).await, "refused", "{engine}");
        world.pass(10);
        assert_eq!(world.replays(&[delivery]).await, 1, "{engine}");
        let again = message(&world, id).await;
        assert_eq!(
            words(&again),
            ("queued", None, Some("wamid.old")),
            "{engine}"
        );

        // Meta tells the old failure once more: the new try is not concerned.
        status(&world, id, "wamid.old", "failed").await;
        assert_eq!(world.state_of(delivery).await, "waiting", "{engine}");
        assert_eq!(message(&world, id).await.0, "queued", "{engine}");

        world
            .ends(world.first.id, DeliveryState::Delivered, None)
            .await;
        status(&world, id, "wamid.new", "delivered").await;
        let arrived = message(&world, id).await;
        assert_eq!(
            words(&arrived),
            ("delivered", Some("wamid.new"), Some("wamid.old")),
            "{engine}"
        );
        let ticks = "SELECT CAST(COUNT(*) AS TEXT) FROM delivery WHERE kind = 'delivered_tick'";
        assert_eq!(world.value(ticks).await, "1", "{engine}");
    }
}

#[tokio::test]
async fn each_failure_is_a_red_line_of_its_own() {
    for world in worlds().await {
        let (id, delivery) = world.answers("hello").await;
        dies(&world, id, "later").await;
        world.pass(10);
        world.replays(&[delivery]).await;
        dies(&world, id, "later").await;
        let lines =
            "SELECT CAST(COUNT(DISTINCT payload) AS TEXT) FROM delivery WHERE kind = 'error_line'";
        assert_eq!(world.value(lines).await, "2", "{}", world.test.engine);
    }
}

#[tokio::test]
async fn what_was_given_up_and_arrived_after_all_is_no_dead_letter() {
    for world in worlds().await {
        let engine = world.test.engine;
        let (id, delivery) = world.answers("hello").await;
        dies(&world, id, "unknown").await;
        assert_eq!(message(&world, id).await.0, "failed", "{engine}");
        status(&world, id, "wamid.1", "delivered").await;
        assert_eq!(world.state_of(delivery).await, "delivered", "{engine}");
        let arrived = message(&world, id).await;
        assert_eq!(
            words(&arrived),
            ("delivered", Some("wamid.1"), None),
            "{engine}"
        );
        assert_eq!(world.replays(&[delivery]).await, 0, "{engine}");
    }
}

#[tokio::test]
async fn what_was_put_away_and_arrived_after_all_is_told() {
    for world in worlds().await {
        let engine = world.test.engine;
        let (id, delivery) = world.answers("hello").await;
        dies(&world, id, "unknown").await;
        let scope = Scope::Owner(world.ann);
        let done = world.act(scope, Act::Discard, &[delivery]).await;
        assert_eq!(done.done, 1, "{engine}");
        status(&world, id, "wamid.1", "delivered").await;
        assert_eq!(world.state_of(delivery).await, "delivered", "{engine}");
        assert_eq!(message(&world, id).await.0, "delivered", "{engine}");
        let ticks = "SELECT CAST(COUNT(*) AS TEXT) FROM delivery WHERE kind = 'delivered_tick'";
        assert_eq!(world.value(ticks).await, "1", "{engine}");
    }
}
