//! The plug is pulled at random points, again and again, under load both ways.

use bridge::{Load, World, chance, on_both_engines, short_or_full};
use rand::RngExt;
use serde_json::json;
use std::time::Duration;

on_both_engines!(killed_at_random_points,);

async fn killed_at_random_points(world: &mut World) {
    let mut random = chance("killed_at_random_points");
    let kills = short_or_full(4, 50);
    let load = Load::new(60 * kills, 40 * kills, 25, 40.0);
    load.start(world).await;
    let most = load.total() * 9 / 10;
    let mut at: Vec<usize> = (0..kills).map(|_| random.random_range(10..most)).collect();
    at.sort_unstable();
    for at in at {
        load.wait_for(world, at).await;
        // Not just after something has arrived: anywhere.
        tokio::time::sleep(Duration::from_millis(random.random_range(0..200))).await;
        world.thoth.kill_9();
        world.thoth.restart().await;
        world.sandbox.post("/api/webhook/retry", json!({})).await;
    }
    load.check(world).await;
}
