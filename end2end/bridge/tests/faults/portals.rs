//! One dead portal beside good ones: they do not feel it.

use bridge::facts;
use bridge::{Engine, Load, Plan, World, is_soak, short_or_full, until};
use serde_json::{Value, json};

#[test]
fn one_dead_portal_is_not_felt_by_the_others_sqlite() {
    let plan = Plan::of(Engine::Sqlite).with_portals(short_or_full(3, 50));
    bridge::run_as(&plan, one_dead_portal_is_not_felt_by_the_others);
}

#[test]
fn one_dead_portal_is_not_felt_by_the_others_postgres() {
    let plan = Plan::of(Engine::Postgres).with_portals(short_or_full(3, 50));
    bridge::run_as(&plan, one_dead_portal_is_not_felt_by_the_others);
}

async fn one_dead_portal_is_not_felt_by_the_others(world: &mut World) {
    let good: Vec<usize> = (1..world.sandbox.portals.len()).collect();
    let mut faults = vec![
        ("gone", json!({ "down": true })),
        ("broken", json!({ "fail_every": 1, "fail_status": 500 })),
    ];
    if is_soak() {
        // Each call to it takes a minute to be given up.
        faults.push(("silent", json!({ "latency_ms": 600_000 })));
    }
    for (name, fault) in faults {
        let Value::Object(mut fault) = fault else {
            continue;
        };
        fault.insert("member".to_string(), json!(facts::MEMBER));
        world.sandbox.faults(json!({ "portal": fault })).await;
        let load = Load::new(24, 24, 4, 8.0).named(name);
        load.begin(world).await;
        until("the dead portal to be tried", async || {
            let tried = "SELECT state FROM delivery WHERE direction = 'to_bitrix' AND attempts > 0 AND state <> 'delivered'";
            if world.database.texts(tried).await.is_empty() {
                Err("nothing waits".to_string())
            } else {
                Ok(())
            }
        })
        .await;
        for portal in &good {
            load.clone().at_portal(*portal).begin(world).await;
        }
        for portal in &good {
            load.clone().at_portal(*portal).arrive(world).await;
        }
        assert!(
            load.is_unseen(world).await,
            "the dead portal has nothing of {name}"
        );
        world.sandbox.faults(json!({ "portal": null })).await;
        load.check(world).await;
    }
}
