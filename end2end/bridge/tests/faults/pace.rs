//! Two nodes take turns at a portal with a bucket that one node alone does not fill: together they are no faster.

use bridge::{Load, Plan, World, short_or_full};
use serde_json::json;

#[test]
fn two_nodes_keep_one_pace() {
    bridge::run_as(&Plan::nodes(2), two_nodes_take_turns);
}

/// Refusals by which THOTH learns that there is a bucket, and what couriers under way meet meanwhile.
const LESSONS: u64 = 4;

async fn two_nodes_take_turns(world: &mut World) {
    let turns = short_or_full(2, 10);
    let load = Load::new(120 * turns + 200, 40 * turns, 30, 25.0).within(120);
    load.start(world).await;
    let bucket = json!({ "limits": { "bucket": true, "depth": 10.0, "per_second": 2.6 } });
    world.sandbox.faults(bucket).await;
    for turn in 1..=turns {
        load.wait_for(world, load.total() * turn / (turns + 1))
            .await;
        let mut nodes = world.nodes();
        let node = &mut nodes[turn % 2];
        node.kill_9();
        node.restart().await;
        world.sandbox.post("/api/webhook/retry", json!({})).await;
    }
    load.check(world).await;
    let refused = world.sandbox.count("portal.refused").await;
    assert!(refused > 0, "the bucket was full once");
    assert!(
        refused <= LESSONS + turns as u64,
        "{refused} calls were one too many: {:?}",
        world.sandbox.oddities().await
    );
}
