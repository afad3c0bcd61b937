//! A customer's window is closed.

use super::{AIGERIM, chat, line, template_came};
use bridge::facts::PHONE;
use bridge::{World, on_both_engines};

on_both_engines!(
    a_closed_window_offers_the_default_template,
    a_closed_window_sends_the_default_template,
);

/// Chooses a template for the first number, as the page does.
async fn choose(world: &World, name: &str, at_once: bool) {
    let sql = format!(
        "UPDATE phone SET template_when_closed = {at_once}, default_template = \
         (SELECT id FROM template WHERE name = '{name}' AND language = 'en') WHERE phone_id = '{PHONE}'"
    );
    world.database.change(&sql).await;
}

async fn a_closed_window_offers_the_default_template(world: &mut World) {
    let chat = chat(world).await;
    choose(world, "parcel_sent", false).await;
    world.sandbox.window("aigerim", false).await;
    let text = "[b]Svetlana Ivanova:[/b] [br]KZ|118: on its way";
    world.sandbox.answers(chat.id, &[text]).await;
    let red = line(world, "131047").await;
    let code = red.text.lines().last().unwrap_or_default().to_string();
    assert!(code.starts_with("template-parcel_sent+en+"), "{red:?}");
    // The code works as it stands.
    world.sandbox.answers(chat.id, &[&code]).await;
    let sent = template_came(world, "parcel_sent").await;
    let said = sent["text"].as_str().unwrap_or_default();
    assert!(said.contains("KZ|118: on its way"), "{sent}");
}

async fn a_closed_window_sends_the_default_template(world: &mut World) {
    let chat = chat(world).await;
    choose(world, "parcel_sent", true).await;
    world.sandbox.window("aigerim", false).await;
    world.sandbox.answers(chat.id, &["KZ118\non its way"]).await;
    let sent = template_came(world, "parcel_sent").await;
    let said = sent["text"].as_str().unwrap_or_default();
    assert!(said.contains("KZ118 on its way"), "{sent}");
    line(world, "Sent template parcel_sent (en):").await;
    world.settled().await;
    let chat = world.sandbox.chat(AIGERIM).await.expect("a chat");
    let red = chat
        .messages
        .iter()
        .filter(|one| one.text.contains("[color="));
    assert_eq!(red.count(), 0, "the text went, so nothing is red: {chat:?}");
    // One that needs more than a text is no rescue.
    choose(world, "appointment_reminder", true).await;
    world.sandbox.answers(chat.id, &["another"]).await;
    line(world, "131047").await;
}
