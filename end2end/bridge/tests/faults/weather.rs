//! The other sides in all weathers, one after another in the middle of talks: every text still arrives once and in order.

use bridge::facts::MEMBER;
use bridge::{Engine, Load, World, chance, is_soak, short_or_full, until};
use rand::seq::SliceRandom;
use serde_json::{Value, json};
use std::time::Duration;

/// The other sides' weather is the same whatever database is below: one of them does for every day. In full both are
/// played at the same time, for they mostly wait.
fn on_engines(play: impl Fn(Engine) + Sync) {
    let engines = short_or_full(&[Engine::Postgres][..], &[Engine::Postgres, Engine::Sqlite]);
    std::thread::scope(|scope| {
        for engine in engines {
            scope.spawn(|| play(*engine));
        }
    });
}

#[test]
fn no_weather_of_the_portal_loses_a_text() {
    on_engines(|engine| bridge::run(engine, the_portal_in_all_weathers));
}

#[test]
fn no_weather_of_meta_loses_a_text() {
    on_engines(|engine| bridge::run(engine, meta_in_all_weathers));
}

/// Texts a second, each way.
const PACE: f64 = 6.0;

/// What goes wrong for a while.
struct Spell {
    seconds: u64,
    kind: Kind,
}

enum Kind {
    /// The target's switches, and what the sandbox says of a call that meets them, where it says anything.
    Fault(Value, &'static str),
    /// Access tokens end in the middle, twice.
    TokensExpire,
    /// The portal gets another address.
    Moves,
}

fn spells(
    seconds: u64,
    faults: impl IntoIterator<Item = (Value, &'static str)>,
) -> impl Iterator<Item = Spell> {
    faults.into_iter().map(move |(switches, said)| Spell {
        seconds,
        kind: Kind::Fault(switches, said),
    })
}

/// Every so many calls fail with this status and body and these seconds of `Retry-After`.
fn failing(status: u16, body: &str, after: u64) -> (Value, &'static str) {
    let every = short_or_full(3, 5);
    let switches = json!({ "fail_every": every, "fail_status": status, "fail_body": body, "retry_after": after });
    (switches, "failed on purpose")
}

/// What both sides can do.
fn common(seconds: u64) -> Vec<Spell> {
    let every = short_or_full(3, 5);
    let faults = [
        (json!({ "latency_ms": 1500 }), ""),
        (json!({ "answer_late_ms": 1500 }), ""),
        failing(500, "own", 0),
        failing(503, "own", 0),
        failing(503, "own", 2),
        failing(503, "html", 0),
        failing(429, "html", 0),
        failing(429, "html", 2),
        (json!({ "lose_every": every }), "answer lost"),
        (json!({ "garble_every": every }), "answer garbled"),
        (json!({ "cut_every": every }), "answer cut"),
        (json!({ "reset_every": every }), "connection reset"),
    ];
    spells(seconds, faults).collect()
}

/// Talks through all spells, one after another in any order.
async fn talk_through(world: &mut World, target: &str, mut spells: Vec<Spell>) {
    let mut random = chance(&format!("{target} in all weathers"));
    spells.shuffle(&mut random);
    let seconds: u64 = spells.iter().map(|spell| spell.seconds).sum();
    // A spell lasts until somebody has met it.
    let load = Load::lasting(seconds * 3 / 2, 10, PACE).within(seconds);
    load.start(world).await;
    for spell in &spells {
        play(world, &load, target, spell).await;
    }
    load.check(world).await;
    for spell in &spells {
        if let Kind::Fault(_, said) = &spell.kind
            && !said.is_empty()
            && is_soak()
        {
            let count = world.sandbox.count(&format!("{target}.{said}")).await;
            assert!(count > 0, "{said} was played");
        }
    }
}

fn switches(target: &str, value: Value) -> Value {
    Value::Object([(target.to_string(), value)].into_iter().collect())
}

async fn play(world: &World, load: &Load, target: &str, spell: &Spell) {
    let wait = Duration::from_secs(spell.seconds);
    match &spell.kind {
        Kind::Fault(fault, said) => {
            let said = format!("{target}.{said}");
            let before = world.sandbox.count(&said).await;
            world.sandbox.faults(switches(target, fault.clone())).await;
            tokio::time::sleep(wait).await;
            until(&format!("{said} to be met"), async || {
                let is_met = said.ends_with('.') || world.sandbox.count(&said).await > before;
                if is_met || load.arrived(world).await >= load.total() {
                    Ok(())
                } else {
                    Err("nobody has met it".to_string())
                }
            })
            .await;
            world.sandbox.faults(switches(target, Value::Null)).await;
        }
        Kind::TokensExpire => {
            for _ in 0..2 {
                let portal = json!({ "portal": MEMBER });
                world.sandbox.post("/api/tokens/expire", portal).await;
                tokio::time::sleep(wait / 2).await;
            }
        }
        Kind::Moves => {
            let path = format!("/api/operator/{MEMBER}/rename");
            world.sandbox.post(&path, json!({})).await;
            tokio::time::sleep(wait).await;
        }
    }
}

async fn the_portal_in_all_weathers(world: &mut World) {
    let seconds = short_or_full(2, 10);
    let mut all = common(seconds);
    let gone = [(json!({ "down": true }), "down")];
    all.extend(spells(short_or_full(5, 600), gone));
    if is_soak() {
        // The portal says that the method's time is used up and not for how long: a minute is waited each time.
        all.extend(spells(seconds, [failing(429, "limit", 0)]));
    }
    for kind in [Kind::TokensExpire, Kind::Moves] {
        all.push(Spell { seconds, kind });
    }
    talk_through(world, "portal", all).await;
}

async fn meta_in_all_weathers(world: &mut World) {
    let seconds = short_or_full(2, 10);
    let mut all = common(seconds);
    let faults = [
        (json!({ "down": true }), "down"),
        failing(429, "limit", 0),
        failing(429, "limit", 2),
    ];
    all.extend(spells(seconds, faults));
    if is_soak() {
        // A number whose token is not taken is left alone for a minute.
        all.extend(spells(seconds, [failing(401, "own", 0)]));
    }
    for spell in &mut all {
        if let Kind::Fault(Value::Object(switches), _) = &mut spell.kind {
            switches.insert("only".to_string(), json!("/messages"));
        }
    }
    talk_through(world, "graph", all).await;
}
