//! What is written on one side is read on the other, in all the shapes it may come.

use bridge::facts::{MEMBER, NUMBER, PHONE};
use bridge::{World, on_both_engines, until};
use serde_json::json;

on_both_engines!(
    a_conversation_both_ways,
    ticks_are_truthful,
    a_closed_window_is_a_red_line,
    a_failure_found_later_is_a_red_line,
    a_number_meta_refuses_is_a_red_line,
    a_customer_without_a_number_is_answered,
    a_chat_from_before_is_answered,
    what_cannot_be_shown_is_said,
    a_long_text_goes_in_pieces,
    two_numbers_two_lines,
);

const AIGERIM: &str = "+77015550101";
const DANIEL: &str = "+491700000042";

/// The sandbox found nothing odd in what it was asked.
async fn nothing_odd(world: &World) {
    assert_eq!(world.sandbox.oddities().await, Vec::<String>::new());
}

async fn a_conversation_both_ways(world: &mut World) {
    let sandbox = &world.sandbox;
    sandbox
        .says("aigerim", "Сәлем! *Important*: are roses in? 🌹")
        .await;
    let chat = sandbox
        .shown(AIGERIM, &["Сәлем! [b]Important[/b]: are roses in? 🌹"])
        .await;
    assert_eq!(chat.name, "Aigerim Sadykova");
    sandbox
        .answers(chat.id, &["[b]Yes[/b]\nsince &quot;today&quot;"])
        .await;
    sandbox
        .reached("aigerim", &["*Yes*\nsince \"today\""])
        .await;
    sandbox.says("aigerim", "Then three, please").await;
    sandbox
        .shown(
            AIGERIM,
            &[
                "Сәлем! [b]Important[/b]: are roses in? 🌹",
                "Then three, please",
            ],
        )
        .await;
    sandbox.ticked(AIGERIM, "delivered").await;
    world.settled().await;
    nothing_odd(world).await;
}

async fn ticks_are_truthful(world: &mut World) {
    let sandbox = &world.sandbox;
    sandbox.says("aigerim", "hello").await;
    let chat = sandbox.shown(AIGERIM, &["hello"]).await;
    sandbox
        .post("/api/customers/aigerim", json!({ "offline": true }))
        .await;
    sandbox.answers(chat.id, &["one"]).await;
    until("the text to be sent and no further", async || {
        let heard = sandbox.telephone("aigerim").await;
        match heard.last() {
            Some(last) if last.tick == "sent" => Ok(()),
            other => Err(format!("{other:?}")),
        }
    })
    .await;
    world.settled().await;
    sandbox.ticked(AIGERIM, "undelivered").await;
    sandbox
        .post("/api/customers/aigerim", json!({ "offline": false }))
        .await;
    let chat = sandbox.ticked(AIGERIM, "delivered").await;
    let wamid = sandbox
        .telephone("aigerim")
        .await
        .last()
        .expect("a text")
        .wamid
        .clone();
    let answer = chat.messages.last().expect("an answer");
    assert_eq!(answer.external_ids, [wamid], "the tick carries Meta's id");
    sandbox
        .post("/api/customers/aigerim/read", json!({ "phone_id": PHONE }))
        .await;
    sandbox.ticked(AIGERIM, "read").await;
    world.settled().await;
    nothing_odd(world).await;
}

/// Waits for the one red line of a chat, and that it speaks of `code`.
async fn red_line(world: &World, external: &str, code: &str) {
    let line = until("a red line", async || {
        let chat = world.sandbox.chat(external).await.ok_or("no chat")?;
        let mut red = chat
            .messages
            .iter()
            .filter(|message| message.text.contains("[color=#ff0000]"));
        red.next()
            .cloned()
            .ok_or_else(|| format!("{:?}", chat.messages))
    })
    .await;
    assert!(line.text.contains(code), "{line:?}");
    world.settled().await;
    let chat = world.sandbox.chat(external).await.expect("a chat");
    let red = chat
        .messages
        .iter()
        .filter(|message| message.text.contains("[color=#ff0000]"))
        .count();
    assert_eq!(red, 1, "one red line for one failure");
    let answered = chat
        .messages
        .iter()
        .filter(|message| message.direction == "out" && !message.text.contains("[color="));
    assert!(
        answered.clone().count() > 0
            && answered
                .clone()
                .all(|message| message.status == "undelivered")
    );
}

async fn a_closed_window_is_a_red_line(world: &mut World) {
    world.sandbox.says("aigerim", "hello").await;
    let chat = world.sandbox.shown(AIGERIM, &["hello"]).await;
    world.sandbox.window("aigerim", false).await;
    world.sandbox.answers(chat.id, &["too late"]).await;
    red_line(world, AIGERIM, "131047").await;
    let failed = world
        .database
        .texts("SELECT CAST(error_code AS TEXT) FROM message WHERE status = 'failed'")
        .await;
    assert_eq!(failed, ["131047"]);
    // The conversation goes on.
    world.sandbox.window("aigerim", true).await;
    world.sandbox.answers(chat.id, &["in time"]).await;
    until("the next answer to be delivered", async || {
        let last = world.sandbox.telephone("aigerim").await.pop();
        match last {
            Some(last) if last.text == "in time" && last.tick == "delivered" => Ok(()),
            other => Err(format!("{other:?}")),
        }
    })
    .await;
}

async fn a_failure_found_later_is_a_red_line(world: &mut World) {
    world.sandbox.says("aigerim", "hello").await;
    let chat = world.sandbox.shown(AIGERIM, &["hello"]).await;
    world
        .sandbox
        .post("/api/customers/aigerim", json!({ "fails_with": 131026 }))
        .await;
    world.sandbox.answers(chat.id, &["nobody there"]).await;
    red_line(world, AIGERIM, "131026").await;
    assert_eq!(
        world.database.deliveries("outbound_text").await,
        ["refused 131026"]
    );
}

/// Meta refuses at once to send to the business's own number.
async fn a_number_meta_refuses_is_a_red_line(world: &mut World) {
    let own = format!("+{NUMBER}");
    let chat = world.sandbox.open_chat(&own).await;
    world.sandbox.answers(chat, &["to myself"]).await;
    red_line(world, &own, "131021").await;
    assert_eq!(
        world.database.deliveries("outbound_text").await,
        ["refused 131021"]
    );
    // Another conversation is not held up.
    world.sandbox.says("aigerim", "hello").await;
    let chat = world.sandbox.shown(AIGERIM, &["hello"]).await;
    world.sandbox.answers(chat.id, &["hi"]).await;
    world.sandbox.reached("aigerim", &["hi"]).await;
}

async fn a_customer_without_a_number_is_answered(world: &mut World) {
    let mira = "KZ.5519340028841177226";
    world.sandbox.says("mira", "no number here").await;
    let chat = world.sandbox.shown(mira, &["no number here"]).await;
    world.sandbox.answers(chat.id, &["and yet an answer"]).await;
    world.sandbox.reached("mira", &["and yet an answer"]).await;
    world.sandbox.ticked(mira, "delivered").await;
    world.settled().await;
    nothing_odd(world).await;
}

async fn a_chat_from_before_is_answered(world: &mut World) {
    let daniel = world.sandbox.open_chat(DANIEL).await;
    let mira = world.sandbox.open_chat("KZ.5519340028841177226").await;
    world.sandbox.window("daniel", true).await;
    world.sandbox.window("mira", true).await;
    world.sandbox.answers(daniel, &["remember us?"]).await;
    world.sandbox.answers(mira, &["and us?"]).await;
    world.sandbox.reached("daniel", &["remember us?"]).await;
    world.sandbox.reached("mira", &["and us?"]).await;
    world.sandbox.ticked(DANIEL, "delivered").await;
    // The answer comes back into the same chat.
    world.sandbox.says("daniel", "of course").await;
    let chat = world.sandbox.shown(DANIEL, &["of course"]).await;
    assert_eq!(chat.id, daniel);
    assert_eq!(world.sandbox.chats().await.len(), 2);
}

async fn what_cannot_be_shown_is_said(world: &mut World) {
    let sandbox = &world.sandbox;
    sandbox
        .sends(
            "aigerim",
            json!({ "type": "poem", "poem": { "lines": ["a", "b"] } }),
        )
        .await;
    sandbox.sends("aigerim", json!({ "type": "image", "image": { "id": "1", "mime_type": "image/jpeg", "sha256": "x", "caption": "our *garden*" } })).await;
    let details = json!([{ "code": 131051, "title": "Message type unknown", "message": "Message type unknown", "error_data": { "details": "Message type is currently not supported." } }]);
    sandbox
        .sends(
            "aigerim",
            json!({ "type": "unsupported", "errors": details }),
        )
        .await;
    sandbox
        .sends(
            "aigerim",
            json!({ "type": "button", "button": { "text": "Yes, please", "payload": "yes" } }),
        )
        .await;
    sandbox
        .sends(
            "aigerim",
            json!({ "type": "text", "text": "not an object" }),
        )
        .await;
    sandbox.says("aigerim", "and a plain one").await;
    let chat = until("all six in the chat", async || {
        let chat = sandbox.chat(AIGERIM).await.ok_or("no chat")?;
        if chat.texts("in").len() == 6 {
            Ok(chat)
        } else {
            Err(format!("{:?}", chat.texts("in")))
        }
    })
    .await;
    let texts = chat.texts("in");
    assert_eq!(
        texts[0],
        "A message of type poem that this version cannot show."
    );
    assert!(
        texts[1].contains("type image") && texts[1].contains("our [b]garden[/b]"),
        "{}",
        texts[1]
    );
    assert!(
        texts[2].contains("cannot show") && texts[2].contains("131051"),
        "{}",
        texts[2]
    );
    assert_eq!(texts[3], "Yes, please");
    assert!(!texts[4].is_empty());
    assert_eq!(texts[5], "and a plain one");
    let raw = world.database.texts("SELECT state FROM receipt").await;
    assert!(
        raw.len() == 6 && raw.iter().all(|state| state == "understood"),
        "{raw:?}"
    );
}

async fn a_long_text_goes_in_pieces(world: &mut World) {
    world.sandbox.says("aigerim", "tell me everything").await;
    let chat = world.sandbox.shown(AIGERIM, &["tell me everything"]).await;
    let words: Vec<String> = (0..1500).map(|number| format!("слово{number}")).collect();
    let long = words.join(" ");
    world.sandbox.answers(chat.id, &[&long, "the end"]).await;
    let got = until("all pieces and the end", async || {
        let got = world.sandbox.got("aigerim").await;
        if got.last().is_some_and(|last| last == "the end") {
            Ok(got)
        } else {
            Err(format!("{} pieces", got.len()))
        }
    })
    .await;
    let (_, pieces) = got.split_last().expect("the end");
    assert!(pieces.len() >= 3 && pieces.iter().all(|piece| piece.chars().count() <= 4096));
    assert_eq!(pieces.join(" "), long);
    let chat = world.sandbox.ticked(AIGERIM, "delivered").await;
    let ids = chat
        .messages
        .iter()
        .filter(|message| message.direction == "out")
        .map(|message| message.external_ids.len());
    assert_eq!(
        ids.collect::<Vec<_>>(),
        [pieces.len(), 1],
        "one tick for all pieces"
    );
}

/// The same customer writes to both numbers: two conversations on two lines.
async fn two_numbers_two_lines(world: &mut World) {
    let sandbox = &world.sandbox;
    let second = json!({ "to_phone_id": bridge::facts::SECOND_PHONE, "text": "to delivery" });
    sandbox.says("aigerim", "to flowers").await;
    sandbox.post("/api/customers/aigerim/send", second).await;
    sandbox.shown(AIGERIM, &["to flowers"]).await;
    let other = until("the chat on line 2", async || {
        let chats = sandbox.chats().await;
        chats
            .into_iter()
            .find(|chat| chat.line == 2)
            .ok_or_else(|| "none".to_string())
    })
    .await;
    assert_eq!(other.texts("in"), ["to delivery"]);
    sandbox.answers(other.id, &["from delivery"]).await;
    until("the answer from the second number", async || {
        let talks = sandbox
            .get(&format!(
                "/api/phone?customer=aigerim&phone={}",
                bridge::facts::SECOND_PHONE
            ))
            .await;
        let last = talks
            .pointer("/0/messages/1/text")
            .cloned()
            .unwrap_or_default();
        if last == "from delivery" {
            Ok(())
        } else {
            Err(talks.to_string())
        }
    })
    .await;
    assert_eq!(sandbox.got("aigerim").await, Vec::<String>::new());
    assert_eq!(
        sandbox
            .get(&format!("/api/chats?portal={MEMBER}"))
            .await
            .as_array()
            .map(Vec::len),
        Some(2)
    );
}
