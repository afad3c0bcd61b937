//! Calls: what Meta tells of them becomes a call in the portal's CRM, a line in the chat, and leave to call back.

use bridge::facts::{MEMBER, PHONE};
use bridge::{Engine, World, on_both_engines, until};
use serde_json::{Value, json};

on_both_engines!(
    a_call_nobody_takes_is_a_line_and_a_missed_call,
    a_call_that_is_answered_is_finished_with_its_length,
    whatever_comes_twice_and_in_any_order_is_one_call,
    a_portal_that_was_down_hears_of_it_later_and_once,
    answers_that_are_lost_make_no_second_call,
    a_phone_that_shows_no_calls_only_keeps_them,
    leave_to_call_is_asked_for_given_and_known,
);

/// The customer's number.
const AIGERIM: &str = "+77015550101";

/// Calling is on at Meta, and calls are shown in the CRM.
async fn ready(world: &World) {
    switched_on(world).await;
    let sql = format!(
        "INSERT INTO calling (phone_id, in_crm, updated_at) SELECT id, TRUE, 1 FROM phone WHERE phone_id = '{PHONE}'"
    );
    world.database.change(&sql).await;
}

async fn switched_on(world: &World) {
    let path = format!("/api/calling/{PHONE}");
    world.sandbox.post(&path, json!({ "on": true })).await;
}

/// The customer calls, and this is how it ends.
async fn calls(world: &World, end: &str, seconds: i64) {
    let body = json!({ "phone_id": PHONE, "end": end, "seconds": seconds });
    world
        .sandbox
        .post("/api/customers/aigerim/call", body)
        .await;
}

/// The customer calls, and somebody in the portal sees it; tells the call's id.
async fn rings(world: &World) -> String {
    let body = json!({ "phone_id": PHONE });
    let begun = world
        .sandbox
        .post("/api/customers/aigerim/call", body)
        .await;
    until("the call on somebody's screen, noted", async || {
        let calls = in_portal(world).await;
        let shown = calls.iter().any(|call| call["shown"] == true);
        let done = world.database.deliveries("call_show").await;
        if shown && done == ["delivered -"] {
            Ok(())
        } else {
            Err(format!("{calls:?} {done:?}"))
        }
    })
    .await;
    begun["id"].as_str().unwrap_or_default().to_string()
}

/// They have talked for twelve seconds.
async fn answered(world: &World, id: &str) {
    let end = json!({ "end": "answered", "seconds": 12 });
    world
        .sandbox
        .post(&format!("/api/calls/{id}/end"), end)
        .await;
}

/// The calls the portal's telephony knows.
async fn in_portal(world: &World) -> Vec<Value> {
    let path = format!("/api/portal-calls/{MEMBER}");
    let list = world.sandbox.get(&path).await;
    list.as_array().cloned().unwrap_or_default()
}

/// Waits until all is done; then exactly one call is in the CRM, and ended like this.
async fn one_call(world: &World, status: &str, seconds: i64) -> Value {
    until(&format!("a call finished with {status}"), async || {
        let calls = in_portal(world).await;
        let is_done = calls.iter().any(|call| call["finished"] == true);
        if is_done {
            Ok(())
        } else {
            Err(format!("{calls:?}"))
        }
    })
    .await;
    world.settled().await;
    let calls = in_portal(world).await;
    assert_eq!(calls.len(), 1, "{calls:?}");
    let call = calls[0].clone();
    assert_eq!(call["status"], status, "{call}");
    assert_eq!(call["duration"], seconds, "{call}");
    call
}

/// How many lines of the chat speak of a missed call.
async fn missed_lines(world: &World) -> usize {
    let chat = world.sandbox.chat(AIGERIM).await;
    let messages = chat.map(|chat| chat.messages).unwrap_or_default();
    let missed = messages
        .iter()
        .filter(|it| it.text.contains("Missed WhatsApp call"));
    missed.count()
}

async fn a_call_nobody_takes_is_a_line_and_a_missed_call(world: &mut World) {
    ready(world).await;
    calls(world, "missed", 0).await;
    let call = one_call(world, "304", 0).await;
    assert_eq!(call["kind"], 2, "{call}");
    assert_eq!(call["user"], 27, "whoever answers for the customer: {call}");
    assert_eq!(call["number"], AIGERIM, "{call}");
    assert_eq!(call["line"], "+77272111000", "{call}");
    assert_eq!(missed_lines(world).await, 1);
    assert_eq!(world.sandbox.oddities().await, Vec::<String>::new());
}

async fn a_call_that_is_answered_is_finished_with_its_length(world: &mut World) {
    ready(world).await;
    let id = rings(world).await;
    answered(world, &id).await;
    one_call(world, "200", 12).await;
    assert_eq!(missed_lines(world).await, 0);
    assert_eq!(world.sandbox.oddities().await, Vec::<String>::new());
}

async fn whatever_comes_twice_and_in_any_order_is_one_call(world: &mut World) {
    ready(world).await;
    let faults = json!({ "webhooks": { "twice": true }, "calling": { "end_first": true } });
    world.sandbox.faults(faults).await;
    calls(world, "missed", 0).await;
    let call = one_call(world, "304", 0).await;
    assert_eq!(call["registered"], 1, "{call}");
    assert_eq!(missed_lines(world).await, 1);
    let outcomes = world.database.texts("SELECT outcome FROM call").await;
    assert_eq!(outcomes, ["missed"]);
}

async fn a_portal_that_was_down_hears_of_it_later_and_once(world: &mut World) {
    ready(world).await;
    world
        .sandbox
        .faults(json!({ "portal": { "down": true } }))
        .await;
    calls(world, "missed", 0).await;
    until("the portal to be asked in vain", async || {
        let asked = world.sandbox.count("portal.down").await;
        if asked > 0 {
            Ok(())
        } else {
            Err("not yet".to_string())
        }
    })
    .await;
    world.sandbox.faults_clear().await;
    one_call(world, "304", 0).await;
    assert_eq!(missed_lines(world).await, 1);
}

async fn answers_that_are_lost_make_no_second_call(world: &mut World) {
    ready(world).await;
    let lost = |method: &str| json!({ "portal": { "lose_next": 1, "only": method } });
    world.sandbox.faults(lost("externalCall.register")).await;
    let id = rings(world).await;
    world.sandbox.faults(lost("externalCall.finish")).await;
    answered(world, &id).await;
    let call = one_call(world, "200", 12).await;
    assert_eq!(call["registered"], 2, "{call}");
}

async fn a_phone_that_shows_no_calls_only_keeps_them(world: &mut World) {
    switched_on(world).await;
    calls(world, "missed", 0).await;
    until("the line in the chat", async || {
        let lines = missed_lines(world).await;
        if lines == 1 {
            Ok(())
        } else {
            Err(lines.to_string())
        }
    })
    .await;
    world.settled().await;
    assert!(in_portal(world).await.is_empty());
    let outcomes = world.database.texts("SELECT outcome FROM call").await;
    assert_eq!(outcomes, ["missed"]);
}

/// A request for leave to call, as the page of interactive messages keeps it.
const REQUEST: &str = r#"{"header":{"type":"none"},"body":"May we call you?","footer":"","action":{"kind":"call_permission"}}"#;

async fn leave_to_call_is_asked_for_given_and_known(world: &mut World) {
    switched_on(world).await;
    world.sandbox.says("aigerim", "hello").await;
    let chat = world.sandbox.shown(AIGERIM, &["hello"]).await;
    let id = "0199aaaa-bbbb-7ccc-8ddd-eeeeffff0002";
    let key = match world.engine {
        Engine::Sqlite => format!("X'{}'", id.replace('-', "")),
        Engine::Postgres => format!("'{id}'"),
    };
    let sql = format!(
        "INSERT INTO interactive (id, owner_id, name, kind, content, hashtag, created_at, updated_at) \
         SELECT {key}, id, 'Calls', 'call_permission', '{REQUEST}', '#maycall', 1, 1 FROM person"
    );
    world.database.change(&sql).await;
    world.sandbox.answers(chat.id, &["#maycall"]).await;
    let became = async |wanted: &str| {
        until(&format!("the permission to be {wanted}"), async || {
            let sql = "SELECT status || ' ' || COALESCE(CAST(requests_left AS TEXT), '-') FROM call_permission";
            let found = world.database.texts(sql).await.join(", ");
            if found == wanted { Ok(()) } else { Err(found) }
        })
        .await;
    };
    // Meta is asked at once what is left.
    became("asked 0").await;
    world.sandbox.presses("aigerim", "Allow").await;
    became("temporary 0").await;
    // Four calls of the business that nobody takes end it.
    for _ in 0..4 {
        let call = json!({ "phone_id": PHONE, "caller": "business", "end": "missed" });
        world
            .sandbox
            .post("/api/customers/aigerim/call", call)
            .await;
    }
    became("none 0").await;
}
