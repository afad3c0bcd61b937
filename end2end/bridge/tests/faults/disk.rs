//! The disk is full: the doors answer 503, nothing is acknowledged, and service resumes by itself.

use bridge::facts::PHONE;
use bridge::{Engine, Load, World, until};
use reqwest::StatusCode;
use serde_json::json;

#[test]
fn a_full_disk_is_said_at_the_door_and_service_resumes() {
    bridge::run(Engine::Sqlite, a_full_disk);
}

/// What the log may still grow by while the disk is full to the database, in bytes.
const ROOM: u64 = 100_000;

fn webhook(number: usize) -> Vec<u8> {
    let text = json!({ "from": "77015550101", "id": format!("wamid.disk-{number}"), "timestamp": "1700000000", "type": "text",
        "text": { "body": format!("on a full disk {number}") } });
    let value = json!({ "messaging_product": "whatsapp", "metadata": { "display_phone_number": "77272111000", "phone_number_id": PHONE },
        "contacts": [{ "profile": { "name": "Aigerim" }, "wa_id": "77015550101" }], "messages": [text] });
    let body = json!({ "object": "whatsapp_business_account",
        "entry": [{ "id": bridge::facts::WABA, "changes": [{ "field": "messages", "value": value }] }] });
    body.to_string().into_bytes()
}

async fn a_full_disk(world: &mut World) {
    world.thoth.limits_are_errors();
    let load = Load::new(400, 200, 10, 40.0);
    load.start(world).await;
    load.wait_for(world, 60).await;
    let end = world.thoth.log_length() + ROOM;
    world.thoth.files_end_at(Some(end));
    let mut number = 0;
    until("the door to say that it cannot take more", async || {
        number += 1;
        match world.webhook(&webhook(number)).await {
            StatusCode::SERVICE_UNAVAILABLE => Ok(()),
            other => Err(other.to_string()),
        }
    })
    .await;
    // What was refused is nowhere.
    let kept = world.database.receipts_of("meta").await;
    for again in 0..5 {
        let answer = world.webhook(&webhook(number + again)).await;
        assert_eq!(answer, StatusCode::SERVICE_UNAVAILABLE);
    }
    assert_eq!(world.database.receipts_of("meta").await, kept);
    assert!(world.thoth.lives(), "it does not fall over");
    world.thoth.files_end_at(None);
    world.sandbox.post("/api/webhook/retry", json!({})).await;
    load.check(world).await;
    // Meta brings the refused one again, as it does after a 503.
    assert_eq!(world.webhook(&webhook(number)).await, StatusCode::OK);
    let text = format!("on a full disk {number}");
    until("the text that was refused", async || {
        let chat = world.sandbox.chat("+77015550101").await;
        let texts = chat.map(|chat| chat.texts("in")).unwrap_or_default();
        match texts.iter().filter(|found| **found == text).count() {
            1 => Ok(()),
            count => Err(format!("{count} times")),
        }
    })
    .await;
}
