//! Meta brings everything again: twice, in another order, in other company, days later.

use bridge::{Engine, Load, World, chance, on_both_engines, short_or_full};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use reqwest::StatusCode;
use serde_json::{Value, json};

on_both_engines!(everything_again_changes_nothing);

const EIGHT_DAYS: i64 = 8 * 24 * 60 * 60;

async fn everything_again_changes_nothing(world: &mut World) {
    let mut random = chance("everything_again_changes_nothing");
    let texts = short_or_full(80, 2000);
    let load = Load::new(texts, texts, 8, 60.0);
    load.start(world).await;
    load.check(world).await;
    let pieces = pieces(world).await;
    let before = rows(world).await;
    for _ in 0..2 {
        bring(world, &mut random, pieces.clone()).await;
        load.check(world).await;
        assert_eq!(rows(world).await, before, "nothing new is written");
    }
    grow_old(world).await;
    world.thoth.restart().await;
    bring(world, &mut random, pieces.clone()).await;
    load.check(world).await;
    assert_eq!(
        rows(world).await,
        before,
        "nothing new is written days later"
    );
    // What nobody knows yet is welcome, however late it comes.
    let late = pieces
        .iter()
        .find_map(late_text)
        .expect("a customer's text");
    let chat = late.0;
    bring(world, &mut random, vec![late.1]).await;
    world.settled().await;
    let texts = world.sandbox.chat(&chat).await.expect("a chat").texts("in");
    let late = texts.iter().filter(|text| *text == "eight days late");
    assert_eq!(late.count(), 1);
}

/// Every webhook Meta has sent, in parts that tell of one thing each: the WABA, and a change of it.
async fn pieces(world: &World) -> Vec<(Value, Value)> {
    let body = match world.engine {
        Engine::Sqlite => "CAST(body AS TEXT)",
        Engine::Postgres => "convert_from(body, 'UTF8')",
    };
    let sql = format!("SELECT {body} FROM receipt WHERE source = 'meta' ORDER BY id");
    let bodies = world.database.texts(&sql).await;
    let mut pieces = Vec::new();
    for body in bodies {
        let body: Value = serde_json::from_str(&body).expect("Meta writes JSON");
        for entry in body["entry"].as_array().into_iter().flatten() {
            for change in entry["changes"].as_array().into_iter().flatten() {
                for list in ["messages", "statuses"] {
                    for item in change["value"][list].as_array().into_iter().flatten() {
                        let mut one = change.clone();
                        one["value"][list] = json!([item]);
                        pieces.push((entry["id"].clone(), one));
                    }
                }
            }
        }
    }
    pieces
}

/// Each piece twice, in any order, in webhooks of one to seven, in two forms.
async fn bring(world: &World, random: &mut StdRng, pieces: Vec<(Value, Value)>) {
    let mut pieces = [pieces.clone(), pieces].concat();
    pieces.shuffle(random);
    while !pieces.is_empty() {
        let together = random.random_range(1..=7).min(pieces.len());
        let some = pieces.split_off(pieces.len() - together);
        let entries: Vec<Value> = if random.random() {
            some.into_iter()
                .map(|(waba, change)| json!({ "id": waba, "changes": [change] }))
                .collect()
        } else {
            let waba = some.first().map(|(waba, _)| waba.clone());
            let changes: Vec<Value> = some.into_iter().map(|(_, change)| change).collect();
            vec![json!({ "id": waba, "changes": changes })]
        };
        let body = json!({ "object": "whatsapp_business_account", "entry": entries });
        let taken = world.webhook(body.to_string().as_bytes()).await;
        assert_eq!(taken, StatusCode::OK);
    }
}

/// What a redelivery must not add to.
async fn rows(world: &World) -> Vec<String> {
    let sql = "SELECT 'message ' || direction || ' ' || status || ' ' || CAST(COUNT(*) AS TEXT) FROM message GROUP BY direction, status \
               UNION ALL SELECT 'delivery ' || kind || ' ' || state || ' ' || CAST(COUNT(*) AS TEXT) FROM delivery GROUP BY kind, state";
    let mut rows = world.database.texts(sql).await;
    rows.sort();
    rows
}

/// All that THOTH keeps becomes eight days older.
async fn grow_old(world: &World) {
    let age = EIGHT_DAYS * 1000;
    for (table, column) in [
        ("receipt", "received_at"),
        ("message", "created_at"),
        ("message", "status_at"),
        ("delivery", "created_at"),
        ("delivery", "done_at"),
    ] {
        let sql = format!("UPDATE {table} SET {column} = {column} - {age}");
        world.database.change(&sql).await;
    }
}

/// A text like one that came, of eight days ago, and its chat.
fn late_text((waba, change): &(Value, Value)) -> Option<(String, (Value, Value))> {
    let mut change = change.clone();
    let message = change.pointer_mut("/value/messages/0")?;
    let from = message["from"].as_str()?.to_string();
    let at: i64 = message["timestamp"].as_str()?.parse().ok()?;
    message["id"] = json!("wamid.eight-days-late");
    message["timestamp"] = json!((at - EIGHT_DAYS).to_string());
    message["text"] = json!({ "body": "eight days late" });
    Some((format!("+{from}"), (waba.clone(), change)))
}
