//! Templates and interactive messages: read from Meta, sent by an operator's code, refused here where Meta would refuse
//! them, and changed by Meta's webhooks.

mod codes;
mod interactive;
mod marketing;
mod news;
mod real;
mod windows;

use bridge::{Chat, Said, World, until};
use serde_json::Value;

/// The customer's number.
pub(super) const AIGERIM: &str = "+77015550101";

/// A chat with a customer who has just written.
pub(super) async fn chat(world: &World) -> Chat {
    world.sandbox.says("aigerim", "hello").await;
    world.sandbox.shown(AIGERIM, &["hello"]).await
}

/// The message the sandbox's telephone shows last, with everything about it.
pub(super) async fn last(world: &World) -> Value {
    let mut heard = world.sandbox.telephone_whole("aigerim").await;
    heard.pop().unwrap_or_default()
}

/// Waits until the customer's telephone shows a template of this name; answers the message.
pub(super) async fn template_came(world: &World, name: &str) -> Value {
    until(
        &format!("the template {name} on the telephone"),
        async || {
            let last = last(world).await;
            match last.pointer("/template/name").and_then(Value::as_str) {
                Some(found) if found == name => Ok(last),
                Some(_) | None => Err(last.to_string()),
            }
        },
    )
    .await
}

/// Waits for a line in the chat that contains these words.
pub(super) async fn line(world: &World, words: &str) -> Said {
    until(&format!("{words:?} in the chat"), async || {
        let chat = world.sandbox.chat(AIGERIM).await.ok_or("no chat")?;
        let found = chat.messages.iter().find(|one| one.text.contains(words));
        found.cloned().ok_or_else(|| format!("{:?}", chat.messages))
    })
    .await
}

/// How many messages the business has sent to Meta, taken or refused.
pub(super) async fn asked(world: &World) -> usize {
    let log = world.sandbox.get("/api/log?target=graph&limit=500").await;
    let entries = log.get("entries").and_then(Value::as_array).cloned();
    let sends = entries.unwrap_or_default().into_iter();
    sends
        .filter(|entry| {
            let what = entry.get("what").and_then(Value::as_str);
            what.is_some_and(|what| {
                what.contains("messages") && !what.contains("message_templates")
            })
        })
        .count()
}

/// A column of a template.
pub(super) async fn row(world: &World, column: &str, name: &str) -> String {
    let sql = format!("SELECT {column} FROM template WHERE name = '{name}'");
    let found = world.database.texts(&sql).await;
    found
        .first()
        .cloned()
        .unwrap_or_else(|| "(gone)".to_string())
}

/// Waits until a column of a template holds this.
pub(super) async fn became(world: &World, column: &str, name: &str, wanted: &str) {
    until(&format!("{column} of {name} to be {wanted}"), async || {
        let found = row(world, column, name).await;
        if found == wanted { Ok(()) } else { Err(found) }
    })
    .await;
}
