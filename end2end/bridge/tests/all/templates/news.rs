//! Templates are read from Meta, and change as its webhooks say.

use super::{asked, became, chat, line, row, template_came};
use bridge::facts::WABA;
use bridge::{World, on_both_engines, until};
use serde_json::{Value, json};

on_both_engines!(
    all_pages_are_read,
    metas_word_counts_at_once,
    a_template_nobody_knew_is_read,
);

async fn all_pages_are_read(world: &mut World) {
    let known = world.database.texts("SELECT name FROM template").await;
    assert!(
        known.len() > 25,
        "more than a page of the sandbox's: {}",
        known.len()
    );
    assert_eq!(row(world, "status", "feedback").await, "PAUSED");
    assert_eq!(row(world, "rejected_reason", "old_offer").await, "SCAM");
    assert_eq!(row(world, "quality", "hello_world").await, "GREEN");
    let found = world
        .database
        .texts("SELECT state || ' ' || code FROM check_result WHERE name = 'templates'")
        .await;
    assert_eq!(found, ["ok templates_read"]);
}

/// A webhook of Meta's about the first template.
async fn webhook(world: &World, field: &str, time: i64, value: Value) {
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": WABA, "time": time,
        "changes": [{ "field": field, "value": value }] }] });
    let answer = world.webhook(body.to_string().as_bytes()).await;
    assert!(answer.is_success(), "{answer}");
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(since.expect("after 1970").as_secs()).expect("before the end of time")
}

async fn metas_word_counts_at_once(world: &mut World) {
    let id = row(world, "template_id", "hello_world").await;
    let named = json!({ "message_template_id": id, "message_template_name": "hello_world",
        "message_template_language": "en_US" });
    let with = |more: Value| {
        let mut value = named.clone();
        let fields = value.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        value
    };
    let status = "message_template_status_update";
    let paused = with(json!({ "event": "PAUSED", "other_info": { "title": "FIRST_PAUSE" } }));
    let at = now() + 5;
    for _ in 0..2 {
        webhook(world, status, at, paused.clone()).await;
    }
    became(world, "status", "hello_world", "PAUSED").await;
    let notice = row(world, "notice", "hello_world").await;
    assert!(
        notice.contains("paused") && notice.contains("FIRST_PAUSE"),
        "{notice}"
    );
    // Where the operator sends it now, nobody is asked.
    let chat = chat(world).await;
    let before = asked(world).await;
    world
        .sandbox
        .answers(chat.id, &["template-hello_world+en_US"])
        .await;
    line(world, "[color=#ff0000]Not delivered.").await;
    assert_eq!(asked(world).await, before);

    webhook(
        world,
        "message_template_quality_update",
        at,
        with(json!({ "new_quality_score": "RED" })),
    )
    .await;
    became(world, "quality", "hello_world", "RED").await;
    let category = "template_category_update";
    let coming = with(json!({ "correct_category": "MARKETING", "new_category": "UTILITY" }));
    webhook(world, category, at, coming).await;
    world.settled().await;
    assert_eq!(row(world, "category", "hello_world").await, "UTILITY");
    assert!(
        row(world, "notice", "hello_world")
            .await
            .contains("category_coming")
    );
    let come = with(json!({ "previous_category": "UTILITY", "new_category": "MARKETING" }));
    webhook(world, category, at, come).await;
    became(world, "category", "hello_world", "MARKETING").await;
    // Nobody knows this word: Meta is asked, and says what the template is.
    webhook(world, status, at, with(json!({ "event": "MELTED" }))).await;
    became(world, "status", "hello_world", "APPROVED").await;
}

async fn a_template_nobody_knew_is_read(world: &mut World) {
    let fresh = json!({ "name": "fresh", "language": "en", "category": "UTILITY",
        "components": [{ "type": "BODY", "text": "Fresh from the oven." }] });
    let id = world.sandbox.plant_template(fresh).await;
    world.sandbox.review_template(&id, "APPROVED").await;
    // A crash between the news and the reading loses nothing.
    until("the errand to be asked for", async || {
        let sql = "SELECT 'asked' FROM errand WHERE kind = 'templates_sync' AND due_at < \
                   (SELECT templates_at + 3600000 FROM waba)";
        let found = world.database.texts(sql).await;
        if found.is_empty() {
            Err("none".to_string())
        } else {
            Ok(())
        }
    })
    .await;
    world.thoth.restart().await;
    became(world, "status", "fresh", "APPROVED").await;
    let chat = chat(world).await;
    world.sandbox.answers(chat.id, &["template-fresh+en"]).await;
    template_came(world, "fresh").await;
}
