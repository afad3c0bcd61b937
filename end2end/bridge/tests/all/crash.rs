//! The plug is pulled: every text is there exactly once afterwards, and in order.

use bridge::{Load, World, on_both_engines, until};
use serde_json::json;

on_both_engines!(
    killed_with_a_line_on_its_way_that_arrived,
    killed_with_a_line_on_its_way_that_did_not_arrive,
    killed_with_a_send_on_its_way_that_arrived,
    killed_with_a_send_on_its_way_that_did_not_arrive,
    killed_in_the_middle_of_three_thousand,
    stopped_politely,
);

const AIGERIM: &str = "+77015550101";

async fn a_conversation(world: &World) -> i64 {
    world.sandbox.says("aigerim", "hello").await;
    let chat = world.sandbox.shown(AIGERIM, &["hello"]).await;
    world.settled().await;
    chat.id
}

async fn killed_with_a_line_on_its_way_that_arrived(world: &mut World) {
    a_conversation(world).await;
    world
        .sandbox
        .faults(
            json!({ "portal": { "answer_late_ms": 600_000, "only": "imconnector.send.messages" } }),
        )
        .await;
    world.sandbox.says("aigerim", "arrived").await;
    world.sandbox.shown(AIGERIM, &["hello", "arrived"]).await;
    world.thoth.kill_9();
    world.sandbox.faults_clear().await;
    world.thoth.restart().await;
    world.settled().await;
    world.sandbox.says("aigerim", "after").await;
    world
        .sandbox
        .shown(AIGERIM, &["hello", "arrived", "after"])
        .await;
}

async fn killed_with_a_line_on_its_way_that_did_not_arrive(world: &mut World) {
    a_conversation(world).await;
    world
        .sandbox
        .faults(json!({ "portal": { "latency_ms": 600_000 } }))
        .await;
    world.sandbox.says("aigerim", "did not arrive").await;
    sending(world, "inbound_text").await;
    world.thoth.kill_9();
    world.sandbox.faults_clear().await;
    world.thoth.restart().await;
    world.sandbox.says("aigerim", "after").await;
    world
        .sandbox
        .shown(AIGERIM, &["hello", "did not arrive", "after"])
        .await;
    world.settled().await;
    world
        .sandbox
        .shown(AIGERIM, &["hello", "did not arrive", "after"])
        .await;
}

async fn sending(world: &World, kind: &str) {
    until("it to be on its way", async || {
        let found = world.database.deliveries(kind).await;
        if found.iter().any(|state| state.starts_with("sending")) {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        }
    })
    .await;
}

async fn killed_with_a_send_on_its_way_that_arrived(world: &mut World) {
    let chat = a_conversation(world).await;
    world
        .sandbox
        .faults(json!({ "graph": { "answer_late_ms": 600_000 }, "webhooks": { "held": true } }))
        .await;
    world.sandbox.answers(chat, &["arrived"]).await;
    world.sandbox.reached("aigerim", &["arrived"]).await;
    world.thoth.kill_9();
    world.sandbox.faults_clear().await;
    world.thoth.restart().await;
    world.sandbox.post("/api/webhook/retry", json!({})).await;
    world.sandbox.ticked(AIGERIM, "delivered").await;
    world.settled().await;
    world.sandbox.answers(chat, &["after"]).await;
    world
        .sandbox
        .reached("aigerim", &["arrived", "after"])
        .await;
}

async fn killed_with_a_send_on_its_way_that_did_not_arrive(world: &mut World) {
    let chat = a_conversation(world).await;
    world
        .sandbox
        .faults(json!({ "graph": { "latency_ms": 600_000 } }))
        .await;
    world
        .sandbox
        .answers(chat, &["did not arrive", "nor this"])
        .await;
    sending(world, "outbound_text").await;
    world.thoth.kill_9();
    world.sandbox.faults_clear().await;
    world.thoth.restart().await;
    world
        .sandbox
        .reached("aigerim", &["did not arrive", "nor this"])
        .await;
    world.sandbox.ticked(AIGERIM, "delivered").await;
    world.settled().await;
    world
        .sandbox
        .reached("aigerim", &["did not arrive", "nor this"])
        .await;
}

/// Starts THOTH again; whoever waits before a retry tries now.
async fn restart(world: &mut World) {
    world.thoth.restart().await;
    world.sandbox.post("/api/webhook/retry", json!({})).await;
}

async fn killed_in_the_middle_of_three_thousand(world: &mut World) {
    let load = Load::new(2000, 1000, 100, 300.0);
    load.start(world).await;
    load.wait_for(world, 1200).await;
    world.thoth.kill_9();
    restart(world).await;
    load.check(world).await;
}

/// SIGTERM: what is under way is finished, and the next start has nothing to look up.
async fn stopped_politely(world: &mut World) {
    let load = Load::new(300, 200, 20, 200.0);
    load.start(world).await;
    load.wait_for(world, 150).await;
    assert!(
        world.thoth.stop().await,
        "it ends with success:\n{}",
        world.thoth.log()
    );
    let open = world
        .database
        .texts("SELECT kind FROM delivery WHERE state = 'sending'")
        .await;
    assert!(open.is_empty(), "nothing is left on its way: {open:?}");
    restart(world).await;
    load.check(world).await;
}
