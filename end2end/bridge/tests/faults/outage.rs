//! PostgreSQL goes away under load, and comes back: its connections are taken away, or the server itself is stopped.

use bridge::{Engine, Load, Plan, Stop, World, chance, short_or_full};
use rand::RngExt;
use serde_json::json;
use std::time::Duration;

#[test]
fn the_database_goes_away_under_load() {
    bridge::run(Engine::Postgres, the_database_goes_away);
}

async fn the_database_goes_away(world: &mut World) {
    let mut random = chance("the_database_goes_away");
    let outages = short_or_full(2, 20);
    let load = Load::new(80 * outages, 60 * outages, 20, 25.0);
    load.start(world).await;
    for outage in 1..=outages {
        load.wait_for(world, load.total() * outage / (outages + 2))
            .await;
        world.database.outage(true).await;
        let gone = random.random_range(200..short_or_full(4000, 15_000));
        tokio::time::sleep(Duration::from_millis(gone)).await;
        world.database.outage(false).await;
        world.sandbox.post("/api/webhook/retry", json!({})).await;
    }
    assert!(world.thoth.lives(), "it waits and does not fall over");
    load.check(world).await;
}

#[test]
fn the_server_is_stopped_and_started_under_load() {
    bridge::run_as(&Plan::own_server(), the_server_is_stopped_and_started);
}

async fn the_server_is_stopped_and_started(world: &mut World) {
    let mut random = chance("the_server_is_stopped_and_started");
    let stops = short_or_full(2, 12);
    let load = Load::new(80 * stops, 60 * stops, 20, 25.0);
    load.start(world).await;
    for stop in 1..=stops {
        load.wait_for(world, load.total() * stop / (stops + 2))
            .await;
        let how = if stop % 2 == 0 {
            Stop::Fast
        } else {
            Stop::Immediate
        };
        world.database.server().stop(how);
        let gone = random.random_range(200..short_or_full(4000, 15_000));
        tokio::time::sleep(Duration::from_millis(gone)).await;
        world.database.server().start_again();
        world.sandbox.post("/api/webhook/retry", json!({})).await;
    }
    assert!(world.thoth.lives(), "it waits and does not fall over");
    load.check(world).await;
}
