//! What people do to the queue, from the command line beside a running server.

use bridge::{World, on_both_engines, until};
use serde_json::{Value, json};

on_both_engines!(
    what_died_is_replayed_here_or_elsewhere_and_arrives_once,
    a_pause_holds_a_portal_and_a_resume_lets_it_go_on_in_order,
    what_meta_failed_late_is_sent_again_and_its_ticks_come,
);

/// Runs `thoth queue` and reads its JSON.
async fn queue(world: &World, arguments: &[&str]) -> Value {
    let mut all = vec!["queue"];
    all.extend(arguments);
    all.push("--json");
    let ran = world.thoth.run(&all).await;
    assert!(ran.good, "{arguments:?}: {}", ran.said);
    let line = ran.said.lines().find(|line| line.starts_with('{'));
    let line = line.unwrap_or_else(|| panic!("{}", ran.said));
    serde_json::from_str(line).expect("the command prints JSON")
}

/// The lines on which a text stands in the portal.
async fn lines(world: &World, text: &str) -> Vec<i64> {
    let mut found = Vec::new();
    for chat in world.sandbox.chats().await {
        let texts = chat.texts("in");
        let times = texts.iter().filter(|one| one.as_str() == text).count();
        found.extend(std::iter::repeat_n(chat.line, times));
    }
    found
}

/// A text of a new customer that the portal refuses.
async fn refused(world: &World, name: &str, number: &str, text: &str) {
    world.sandbox.customer(name, number).await;
    world
        .sandbox
        .faults(json!({ "limits": { "refuse_item_every": 1 } }))
        .await;
    world.sandbox.says(name, text).await;
    world.settled().await;
    world.sandbox.faults_clear().await;
}

async fn what_died_is_replayed_here_or_elsewhere_and_arrives_once(world: &mut World) {
    refused(world, "p0", "+77000000001", "one").await;
    refused(world, "p1", "+77000000002", "two").await;
    refused(world, "p2", "+77000000003", "three").await;
    let listed = queue(world, &["list"]).await;
    let dead = &listed["dead"][0];
    assert_eq!(
        (&dead["count"], &dead["doubles"]),
        (&json!(3), &json!(0)),
        "{listed}"
    );
    let first = dead["example"].as_str().expect("one of them").to_owned();

    let moved = queue(world, &["replay", &first, "--to", "77272222000"]).await;
    assert_eq!(
        (&moved["done"], &moved["left"]),
        (&json!(1), &json!(0)),
        "{moved}"
    );
    let again = queue(world, &["replay", &first, "--to", "77272222000"]).await;
    assert_eq!(again["done"], json!(0), "{again}");
    world.settled().await;
    let mut on_second = 0;
    for text in ["one", "two", "three"] {
        on_second += lines(world, text)
            .await
            .iter()
            .filter(|line| **line == 2)
            .count();
    }
    assert_eq!(on_second, 1);

    let listed = queue(world, &["list"]).await;
    let next = listed["dead"][0]["example"]
        .as_str()
        .expect("one of them")
        .to_owned();
    let rest = queue(world, &["replay", &next, "--all"]).await;
    assert_eq!(rest["done"], json!(2), "{rest}");
    world.settled().await;
    for text in ["one", "two", "three"] {
        assert_eq!(lines(world, text).await.len(), 1, "{text}");
    }
    let listed = queue(world, &["list"]).await;
    assert_eq!(listed["dead"], json!([]), "{listed}");

    refused(world, "p3", "+77000000004", "four").await;
    let listed = queue(world, &["list"]).await;
    let last = listed["dead"][0]["example"]
        .as_str()
        .expect("one of them")
        .to_owned();
    let gone = queue(world, &["discard", &last, "--reason", "too old"]).await;
    assert_eq!(gone["done"], json!(1), "{gone}");
    assert_eq!(queue(world, &["replay", &last]).await["done"], json!(0));
    world.settled().await;
    assert_eq!(lines(world, "four").await, Vec::<i64>::new());
    let audit = "SELECT action || ' ' || person FROM audit ORDER BY at, id";
    let audit = world.database.texts(audit).await;
    let wanted =
        ["redirect", "replay", "replay", "discard"].map(|word| format!("{word} thoth queue"));
    assert_eq!(audit, wanted);
}

async fn a_pause_holds_a_portal_and_a_resume_lets_it_go_on_in_order(world: &mut World) {
    world.sandbox.customer("p0", "+77000000001").await;
    world.sandbox.says("p0", "before").await;
    world.sandbox.shown("+77000000001", &["before"]).await;
    world.settled().await;
    let listed = queue(world, &["list"]).await;
    let portals = listed["destinations"].as_array().expect("destinations");
    let portal = portals.iter().find(|one| one["kind"] == "portal");
    let name = portal.expect("the portal")["name"]
        .as_str()
        .expect("a name")
        .to_owned();
    let held = queue(world, &["pause", &name, "--reason", "moving"]).await;
    assert_eq!(held["changed"], json!(true), "{held}");

    world.sandbox.says("p0", "first").await;
    world.sandbox.says("p0", "second").await;
    until("both to wait", async || {
        let found = world.database.deliveries("inbound_text").await;
        let waiting = found
            .iter()
            .filter(|state| state.starts_with("waiting"))
            .count();
        if waiting == 2 {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        }
    })
    .await;
    // What is to be carried wakes the dispatcher at once: it has looked by the time a command has run.
    let listed = queue(world, &["list"]).await;
    assert!(
        listed.to_string().contains("\"state\":\"paused\""),
        "{listed}"
    );
    assert!(lines(world, "first").await.is_empty());

    let resumed = queue(world, &["resume", &name]).await;
    assert_eq!(resumed["changed"], json!(true), "{resumed}");
    world
        .sandbox
        .shown("+77000000001", &["before", "first", "second"])
        .await;
}

async fn what_meta_failed_late_is_sent_again_and_its_ticks_come(world: &mut World) {
    world.sandbox.customer("p0", "+77000000001").await;
    world.sandbox.says("p0", "hello").await;
    let chat = world.sandbox.shown("+77000000001", &["hello"]).await;
    fails_with(world, 131_026).await;
    world.sandbox.answers(chat.id, &["the answer"]).await;
    message_is(world, "failed").await;
    world.settled().await;
    fails_with(world, 0).await;
    let listed = queue(world, &["list"]).await;
    let dead = &listed["dead"][0];
    assert_eq!(dead["doubles"], json!(0), "{listed}");
    let example = dead["example"].as_str().expect("one of them").to_owned();
    let done = queue(world, &["replay", &example]).await;
    assert_eq!(done["done"], json!(1), "{done}");
    message_is(world, "delivered").await;
    world.settled().await;
    // The sandbox's telephone shows what Meta failed, too.
    let got = world.sandbox.got("p0").await;
    assert_eq!(got, ["the answer", "the answer"]);
    world.sandbox.ticked("+77000000001", "delivered").await;
}

/// What becomes of everything that is sent to the customer: a code of Meta's, 0 for nothing.
async fn fails_with(world: &World, code: u32) {
    let change = json!({ "fails_with": code });
    world.sandbox.post("/api/customers/p0", change).await;
}

/// Waits until the operator's message has come this far.
async fn message_is(world: &World, status: &str) {
    until(&format!("the message to be {status}"), async || {
        let messages = "SELECT status FROM message WHERE direction = 'out'";
        let found = world.database.texts(messages).await;
        if found.len() == 1 && found.iter().all(|one| one == status) {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        }
    })
    .await;
}
