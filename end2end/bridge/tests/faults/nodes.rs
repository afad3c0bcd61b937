//! Several nodes on one PostgreSQL behind a balancer: one is killed, or held for longer than its lease.

use bridge::{Load, Plan, World, chance, short_or_full, until};
use rand::RngExt;
use serde_json::json;
use std::time::Duration;

#[test]
fn a_killed_node_is_replaced_by_another() {
    bridge::run_as(&Plan::nodes(2), a_killed_node_is_replaced);
}

#[test]
fn a_held_node_does_nothing_late() {
    bridge::run_as(&Plan::nodes(3), a_node_is_held);
}

#[test]
fn a_node_that_wakes_up_late_sends_nothing() {
    bridge::run_as(&Plan::nodes(2), a_node_that_wakes_up_late);
}

/// The lease of the harness and what a slow machine adds, in seconds.
const LONGER_THAN_A_LEASE: u64 = 8;

/// What a balancer's caller waits for an answer, in milliseconds: a held node is silent.
const SILENCE: u64 = 3000;

async fn a_killed_node_is_replaced(world: &mut World) {
    let mut random = chance("a_killed_node_is_replaced");
    let kills = short_or_full(2, 20);
    let load = Load::new(80 * kills, 60 * kills, 20, 20.0).within(60);
    load.start(world).await;
    for kill in 1..=kills {
        load.wait_for(world, load.total() * kill / (kills + 2))
            .await;
        let which = random.random_range(0..2);
        let mut nodes = world.nodes();
        nodes[which].kill_9();
        if random.random() {
            // Long enough for the other to take over, or not.
            let pause = random.random_range(0..LONGER_THAN_A_LEASE * 1500);
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        nodes[which].restart().await;
        world.sandbox.post("/api/webhook/retry", json!({})).await;
    }
    load.check(world).await;
    let given = world.proxy.as_ref().expect("several nodes").given();
    assert!(
        given.iter().all(|count| *count > 0),
        "both were asked: {given:?}"
    );
}

/// Who holds the lease of a `portal` or of a `phone`.
async fn holder(world: &World, kind: &str) -> String {
    let sql = format!(
        "SELECT lease_owner FROM destination WHERE kind = '{kind}' AND lease_owner IS NOT NULL"
    );
    until(&format!("somebody to carry for the {kind}"), async || {
        let holders = world.database.texts(&sql).await;
        holders.last().cloned().ok_or("nobody".to_string())
    })
    .await
}

async fn a_node_is_held(world: &mut World) {
    let mut random = chance("a_held_node_does_nothing_late");
    world
        .sandbox
        .behave(json!({ "webhook_timeout_ms": SILENCE }))
        .await;
    let times = short_or_full(2, 20);
    let load = Load::new(150 * times, 100 * times, 20, 12.0).within(120);
    load.start(world).await;
    for time in 1..=times {
        load.wait_for(world, load.total() * time / (times + 2))
            .await;
        tokio::time::sleep(Duration::from_millis(random.random_range(0..300))).await;
        let holder = holder(world, "portal").await;
        let mut nodes = world.nodes();
        let held = nodes.iter_mut().find(|node| node.node() == holder);
        let held = held.expect("a node of ours");
        held.pause();
        tokio::time::sleep(Duration::from_secs(LONGER_THAN_A_LEASE)).await;
        held.resume();
        world.sandbox.post("/api/webhook/retry", json!({})).await;
    }
    load.check(world).await;
}

/// A node is held after it has marked a text as on its way and before it has called: by the time it goes on, another
/// one has found that the text did not arrive, and has sent it.
async fn a_node_that_wakes_up_late(world: &mut World) {
    world.sandbox.says("aigerim", "hello").await;
    let chat = world.sandbox.shown("+77015550101", &["hello"]).await;
    world.settled().await;
    // The token is read last before the call.
    let table = world.database.hold("waba").await;
    world.sandbox.answers(chat.id, &["once"]).await;
    until("the text to be on its way", async || {
        let found = world.database.deliveries("outbound_text").await;
        if found.iter().any(|state| state.starts_with("sending")) {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        }
    })
    .await;
    let holder = holder(world, "phone").await;
    let mut nodes = world.nodes();
    let held = nodes.iter_mut().find(|node| node.node() == holder);
    held.expect("a node of ours").pause();
    table.let_go().await;
    world.sandbox.reached("aigerim", &["once"]).await;
    // The node does not get to see that its lease is lost before what it had begun goes on.
    let leases = world.database.hold("destination").await;
    for node in world.nodes() {
        if node.node() == holder {
            node.resume();
        }
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    leases.let_go().await;
    // When these have arrived, it has done what it does when it wakes up.
    let texts = ["once", "and", "only", "once"];
    for text in texts.iter().skip(1) {
        world.sandbox.answers(chat.id, &[text]).await;
    }
    world.sandbox.reached("aigerim", &texts).await;
    world.settled().await;
    world.sandbox.reached("aigerim", &texts).await;
}
