//! Many in one, one twice, and in the wrong order: each still arrives once.

use bridge::facts::PHONE;
use bridge::{World, on_both_engines, until};
use serde_json::{Value, json};

const AIGERIM: &str = "+77015550101";
const DANIEL: &str = "+491700000042";

on_both_engines!(
    five_in_one_webhook_in_all_three_forms,
    three_in_one_event,
    everything_twice_arrives_once,
    statuses_before_the_sends_answer,
    out_of_order,
);

async fn five_in_one_webhook_in_all_three_forms(world: &mut World) {
    let sandbox = &world.sandbox;
    let mut wanted: Vec<String> = Vec::new();
    let mut wanted_of_daniel: Vec<String> = Vec::new();
    for form in ["entries", "changes", "messages"] {
        let texts: Vec<String> = (1..=3).map(|number| format!("{form} {number}")).collect();
        let mut items: Vec<Value> = texts
            .iter()
            .map(|text| json!({ "customer": "aigerim", "text": text }))
            .collect();
        // Two of another person among them: contacts are matched by id, not by position.
        items.insert(
            1,
            json!({ "customer": "daniel", "text": format!("{form} by daniel") }),
        );
        items.push(json!({ "customer": "daniel", "text": format!("{form} by daniel again") }));
        sandbox
            .post(
                "/api/webhook/batch",
                json!({ "form": form, "to_phone_id": PHONE, "items": items }),
            )
            .await;
        wanted.extend(texts);
        wanted_of_daniel.extend([
            format!("{form} by daniel"),
            format!("{form} by daniel again"),
        ]);
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let chat = sandbox.shown(AIGERIM, &wanted).await;
        assert_eq!(chat.name, "Aigerim Sadykova");
        let wanted: Vec<&str> = wanted_of_daniel.iter().map(String::as_str).collect();
        let chat = sandbox.shown(DANIEL, &wanted).await;
        assert_eq!(chat.name, "Daniel Weber");
    }
    assert_eq!(world.database.receipts().await, 3);
}

async fn three_in_one_event(world: &mut World) {
    world.sandbox.says("aigerim", "hello").await;
    let chat = world.sandbox.shown(AIGERIM, &["hello"]).await;
    world
        .sandbox
        .answers(chat.id, &["one", "two", "three"])
        .await;
    world
        .sandbox
        .reached("aigerim", &["one", "two", "three"])
        .await;
    let chat = world.sandbox.ticked(AIGERIM, "delivered").await;
    assert_eq!(chat.texts("out"), ["one", "two", "three"]);
}

async fn everything_twice_arrives_once(world: &mut World) {
    let sandbox = &world.sandbox;
    sandbox
        .faults(json!({ "webhooks": { "twice": true }, "events": { "twice": true } }))
        .await;
    let mut asked = Vec::new();
    let mut answered = Vec::new();
    for number in 0..10 {
        let text = format!("question {number}");
        sandbox.says("aigerim", &text).await;
        asked.push(text);
        let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        let chat = sandbox.shown(AIGERIM, &asked).await;
        let text = format!("answer {number}");
        sandbox.answers(chat.id, &[&text]).await;
        answered.push(text);
    }
    let answered: Vec<&str> = answered.iter().map(String::as_str).collect();
    sandbox.reached("aigerim", &answered).await;
    sandbox.ticked(AIGERIM, "delivered").await;
    until("the second copies to have been taken", async || {
        let (webhooks, events) = (
            sandbox.count("webhook.sent_twice").await,
            sandbox.count("event.sent_twice").await,
        );
        if webhooks >= 30 && events >= 10 {
            Ok(())
        } else {
            Err(format!("{webhooks} webhooks, {events} events"))
        }
    })
    .await;
    world.settled().await;
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    sandbox.shown(AIGERIM, &asked).await;
    sandbox.reached("aigerim", &answered).await;
    let ticks = world.database.deliveries("delivered_tick").await;
    assert_eq!(ticks.len(), 10, "one tick for each answer: {ticks:?}");
}

/// Meta's statuses may overtake the answer to the send they speak of.
async fn statuses_before_the_sends_answer(world: &mut World) {
    let sandbox = &world.sandbox;
    sandbox
        .behave(json!({ "status_delay_ms": 0, "auto_read": true }))
        .await;
    sandbox.says("aigerim", "hello").await;
    let chat = sandbox.shown(AIGERIM, &["hello"]).await;
    let texts: Vec<String> = (0..40).map(|number| format!("answer {number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (early, late) = texts.split_at(25);
    for text in early {
        sandbox.answers(chat.id, &[text]).await;
    }
    sandbox.reached("aigerim", early).await;
    // Now every answer comes after the statuses, for certain.
    sandbox
        .faults(json!({ "graph": { "answer_late_ms": 300 } }))
        .await;
    for text in late {
        sandbox.answers(chat.id, &[text]).await;
    }
    sandbox.reached("aigerim", &texts).await;
    sandbox.ticked(AIGERIM, "read").await;
    world.settled().await;
    sandbox.reached("aigerim", &texts).await;
    let kept = world.database.texts("SELECT wamid FROM early_status").await;
    assert_eq!(kept, Vec::<String>::new(), "what came early was applied");
}

/// Webhooks overtake each other: nothing is lost, nothing doubled, ticks only move forward.
async fn out_of_order(world: &mut World) {
    let sandbox = &world.sandbox;
    sandbox.says("aigerim", "hello").await;
    let chat = sandbox.shown(AIGERIM, &["hello"]).await;
    sandbox.behave(json!({ "auto_read": true })).await;
    sandbox
        .faults(json!({ "webhooks": { "reorder": true } }))
        .await;
    let mut asked = vec!["hello".to_string()];
    let texts: Vec<String> = (0..20).map(|number| format!("answer {number}")).collect();
    let answers: Vec<&str> = texts.iter().map(String::as_str).collect();
    for text in &answers {
        sandbox.answers(chat.id, &[text]).await;
        let question = format!("about {text}");
        sandbox.says("aigerim", &question).await;
        asked.push(question);
    }
    sandbox.reached("aigerim", &answers).await;
    sandbox.ticked(AIGERIM, "read").await;
    asked.sort();
    until("all questions", async || {
        let mut found = sandbox.chat(AIGERIM).await.ok_or("no chat")?.texts("in");
        found.sort();
        if found == asked {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        }
    })
    .await;
    world.settled().await;
    assert_eq!(
        sandbox
            .chat(AIGERIM)
            .await
            .expect("a chat")
            .texts("in")
            .len(),
        asked.len()
    );
}
