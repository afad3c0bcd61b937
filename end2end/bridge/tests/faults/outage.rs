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
    let outages = short_or_full(2, 20);
    outages_under_load(world, "the_database_goes_away", Away::Connections, outages).await;
}

#[test]
fn the_server_is_stopped_and_started_under_load() {
    bridge::run_as(&Plan::own_server(), the_server_is_stopped_and_started);
}

async fn the_server_is_stopped_and_started(world: &mut World) {
    let stops = short_or_full(2, 12);
    outages_under_load(
        world,
        "the_server_is_stopped_and_started",
        Away::Server,
        stops,
    )
    .await;
}

/// What goes away.
#[derive(Clone, Copy)]
enum Away {
    /// THOTH's connections, and no new ones are let in.
    Connections,
    /// The server, in turns by a crash and as one that is told to stop.
    Server,
}

/// Takes the database away again and again while messages go both ways, and gives it back.
async fn outages_under_load(world: &mut World, name: &str, away: Away, outages: usize) {
    let mut random = chance(name);
    let load = Load::new(80 * outages, 60 * outages, 20, 25.0);
    load.start(world).await;
    for outage in 1..=outages {
        load.wait_for(world, load.total() * outage / (outages + 2))
            .await;
        match away {
            Away::Connections => world.database.outage(true).await,
            Away::Server if outage % 2 == 0 => world.database.server().stop(Stop::Fast),
            Away::Server => world.database.server().stop(Stop::Immediate),
        }
        let gone = random.random_range(200..short_or_full(4000, 15_000));
        tokio::time::sleep(Duration::from_millis(gone)).await;
        match away {
            Away::Connections => world.database.outage(false).await,
            Away::Server => world.database.server().start_again(),
        }
        world.sandbox.post("/api/webhook/retry", json!({})).await;
    }
    assert!(world.thoth.lives(), "it waits and does not fall over");
    load.check(world).await;
}
