//! Templates: read from Meta, sent by an operator's code, refused here where Meta would refuse them, and changed by
//! Meta's webhooks.

use bridge::facts::{APPLICATION_TOKEN, CONNECTOR, MEMBER, PHONE, WABA};
use bridge::{Chat, Engine, Said, World, on_both_engines, until};
use serde_json::{Value, json};

on_both_engines!(
    all_pages_are_read,
    the_guides_code_reaches_the_customer,
    values_by_number_and_by_name,
    a_wrong_code_is_answered_in_the_chat,
    marketing_goes_its_own_way,
    marketing_goes_the_usual_way_where_it_must,
    a_closed_window_offers_the_default_template,
    a_closed_window_sends_the_default_template,
    metas_word_counts_at_once,
    a_template_nobody_knew_is_read,
    an_interactive_message_goes_by_hashtag_and_by_code,
    a_file_fills_the_header,
);

const AIGERIM: &str = "+77015550101";

/// A chat with a customer who has just written.
async fn chat(world: &World) -> Chat {
    world.sandbox.says("aigerim", "hello").await;
    world.sandbox.shown(AIGERIM, &["hello"]).await
}

/// The message the sandbox's telephone shows last, with everything about it.
async fn last(world: &World) -> Value {
    let path = format!("/api/phone?customer=aigerim&phone={PHONE}");
    let talks = world.sandbox.get(&path).await;
    let last = talks.pointer("/0/messages").and_then(Value::as_array);
    last.and_then(|messages| messages.last())
        .cloned()
        .unwrap_or_default()
}

/// Waits until the customer's telephone shows a template of this name; answers the message.
async fn template_came(world: &World, name: &str) -> Value {
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
async fn line(world: &World, words: &str) -> Said {
    until(&format!("{words:?} in the chat"), async || {
        let chat = world.sandbox.chat(AIGERIM).await.ok_or("no chat")?;
        let found = chat.messages.iter().find(|one| one.text.contains(words));
        found.cloned().ok_or_else(|| format!("{:?}", chat.messages))
    })
    .await
}

/// How many messages the business has sent to Meta, taken or refused.
async fn asked(world: &World) -> usize {
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

async fn row(world: &World, column: &str, name: &str) -> String {
    let sql = format!("SELECT {column} FROM template WHERE name = '{name}'");
    let found = world.database.texts(&sql).await;
    found
        .first()
        .cloned()
        .unwrap_or_else(|| "(gone)".to_string())
}

/// Waits until a column of a template holds this.
async fn became(world: &World, column: &str, name: &str, wanted: &str) {
    until(&format!("{column} of {name} to be {wanted}"), async || {
        let found = row(world, column, name).await;
        if found == wanted { Ok(()) } else { Err(found) }
    })
    .await;
}

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

async fn the_guides_code_reaches_the_customer(world: &mut World) {
    let chat = chat(world).await;
    world.sandbox.window("aigerim", false).await;
    let code = "[b]Svetlana Ivanova:[/b] [br]template-hello_world+en_US";
    world.sandbox.answers(chat.id, &[code]).await;
    let sent = template_came(world, "hello_world").await;
    assert_eq!(sent["template"]["through"], "messages");
    // What was typed is not what was sent: the chat says what was.
    let shown = line(world, "Sent template hello_world (en_US):").await;
    assert!(
        shown.text.contains("begin a conversation with you"),
        "{shown:?}"
    );
    world.sandbox.ticked(AIGERIM, "delivered").await;
    world.settled().await;
    assert_eq!(
        world.database.deliveries("outbound_content").await,
        ["delivered -"]
    );
    assert_eq!(
        world.database.deliveries("sent_line").await,
        ["delivered -"]
    );
}

async fn values_by_number_and_by_name(world: &mut World) {
    let chat = chat(world).await;
    let sends = [
        (
            "template-appointment_reminder+en+4 May|10:30",
            "appointment_reminder",
            "4 May at 10:30",
        ),
        (
            "template-order_ready+en+client:Aigerim|order:118|button_param:118",
            "order_ready",
            "Aigerim! The order 118",
        ),
        (
            "template-photo+en+118|file_link:https://shop.example/118.jpg",
            "photo",
            "your order 118 looks",
        ),
    ];
    for (code, name, words) in sends {
        world.sandbox.answers(chat.id, &[code]).await;
        let sent = template_came(world, name).await;
        let text = sent["text"].as_str().unwrap_or_default().to_string();
        assert!(text.contains(words), "{code}: {sent}");
        line(world, words).await;
    }
    let id = row(world, "template_id", "parcel_sent").await;
    world
        .sandbox
        .answers(chat.id, &[&format!("template+{id}+KZ7")])
        .await;
    template_came(world, "parcel_sent").await;
    world.settled().await;
    assert_eq!(world.sandbox.oddities().await, Vec::<String>::new());
}

async fn a_wrong_code_is_answered_in_the_chat(world: &mut World) {
    let chat = chat(world).await;
    world.settled().await;
    let before = asked(world).await;
    let wrong = [
        (
            "template-appointment_reminder+en+4 May",
            "template-appointment_reminder+en+",
        ),
        ("template-no_such_thing+en", "no_such_thing"),
        ("template-hello_world+ru", "en_US"),
        ("template-feedback+en+118", "feedback"),
        ("template-photo+en+118", "file_link"),
    ];
    for (code, answer) in wrong {
        world.sandbox.answers(chat.id, &[code]).await;
        until(&format!("a red line for {code}"), async || {
            let chat = world.sandbox.chat(AIGERIM).await.ok_or("no chat")?;
            let mut red = chat.messages.iter().filter(|one| {
                one.text.contains("[color=#ff0000]Not delivered.") && one.text.contains(answer)
            });
            red.next()
                .map(|_| ())
                .ok_or_else(|| format!("{:?}", chat.messages))
        })
        .await;
    }
    world.settled().await;
    assert_eq!(
        asked(world).await,
        before,
        "nothing of it was asked of Meta"
    );
    let failed = "SELECT status FROM message WHERE kind = 'template'";
    assert_eq!(world.database.texts(failed).await, ["failed"; 5]);
}

const PROMO: &str = "template-promo+en+31 May|header:Dostyk 5|copy_code:SPRING25";

async fn marketing_goes_its_own_way(world: &mut World) {
    let chat = chat(world).await;
    world.sandbox.answers(chat.id, &[PROMO]).await;
    let sent = template_came(world, "promo").await;
    assert_eq!(sent["template"]["through"], "marketing_messages", "{sent}");
    world.settled().await;
    assert_eq!(
        world.database.texts("SELECT marketing FROM waba").await,
        ["yes"]
    );
    assert_eq!(world.sandbox.oddities().await, Vec::<String>::new());
}

async fn marketing_goes_the_usual_way_where_it_must(world: &mut World) {
    let chat = chat(world).await;
    let path = format!("/api/wabas/{WABA}");
    world
        .sandbox
        .post(&path, json!({ "marketing": false }))
        .await;
    for _ in 0..2 {
        world.sandbox.answers(chat.id, &[PROMO]).await;
    }
    until("both on the telephone", async || {
        let count = world.sandbox.got("aigerim").await.len();
        if count == 2 {
            Ok(())
        } else {
            Err(count.to_string())
        }
    })
    .await;
    assert_eq!(last(world).await["template"]["through"], "messages");
    world.settled().await;
    assert_eq!(
        world.database.texts("SELECT marketing FROM waba").await,
        ["no"]
    );
    // The marketing way was tried once, and its refusal is nothing anybody sees.
    assert_eq!(asked(world).await, 3);
    assert_eq!(
        world.database.deliveries("outbound_content").await,
        ["delivered -"; 2]
    );
}

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
    let planted = json!({ "waba": WABA, "template": fresh });
    let planted = world.sandbox.post("/api/templates", planted).await;
    let id = planted["id"].as_str().expect("an id").to_string();
    world
        .sandbox
        .post(
            &format!("/api/templates/{id}/review"),
            json!({ "event": "APPROVED" }),
        )
        .await;
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

/// An interactive message with two buttons and one variable, as the page keeps it.
const MENU: &str = r##"{"header":{"type":"none"},"body":"Which day, {{name}}?","footer":"","action":{"kind":"reply_buttons","buttons":[{"id":"mon","title":"Monday"},{"id":"tue","title":"Tuesday"}]}}"##;

async fn an_interactive_message_goes_by_hashtag_and_by_code(world: &mut World) {
    let chat = chat(world).await;
    let id = "0199aaaa-bbbb-7ccc-8ddd-eeeeffff0001";
    let key = match world.engine {
        Engine::Sqlite => format!("X'{}'", id.replace('-', "")),
        Engine::Postgres => format!("'{id}'"),
    };
    let sql = format!(
        "INSERT INTO interactive (id, owner_id, name, kind, content, hashtag, created_at, updated_at) \
         SELECT {key}, id, 'Days', 'reply_buttons', '{MENU}', '#days', 1, 1 FROM person"
    );
    world.database.change(&sql).await;
    for code in [
        "#Days name:Aigerim",
        &format!("interactive+{id}+name:Daniel"),
    ] {
        world.sandbox.answers(chat.id, &[code]).await;
    }
    until("both on the telephone", async || {
        let got = world.sandbox.got("aigerim").await;
        let all = got.join(" | ");
        let both = all.contains("Which day, Aigerim?") && all.contains("Which day, Daniel?");
        if both { Ok(()) } else { Err(all) }
    })
    .await;
    line(world, "Which day, Daniel?").await;
    // A value is missing: the chat says how it is written. A hashtag of nothing is words.
    world
        .sandbox
        .answers(chat.id, &["#days", "#hello there"])
        .await;
    let red = line(world, "[color=#ff0000]Not delivered.").await;
    assert!(red.text.contains("interactive+"), "{red:?}");
    until("the words on the telephone", async || {
        let last = world.sandbox.got("aigerim").await.pop();
        if last.as_deref() == Some("#hello there") {
            Ok(())
        } else {
            Err(format!("{last:?}"))
        }
    })
    .await;
    world.settled().await;
    assert_eq!(world.sandbox.oddities().await, Vec::<String>::new());
}

/// The operator attaches a file, and the template wants one.
async fn a_file_fills_the_header(world: &mut World) {
    let chat = chat(world).await;
    let link = "https://portal.example/files/118.pdf";
    let form = [
        ("event", "ONIMCONNECTORMESSAGEADD"),
        ("data[CONNECTOR]", CONNECTOR),
        ("data[LINE]", "1"),
        ("data[MESSAGES][0][im][chat_id]", &chat.id.to_string()),
        ("data[MESSAGES][0][im][message_id]", "990118"),
        (
            "data[MESSAGES][0][message][text]",
            "template-invoice+en+2026-118|ten days",
        ),
        ("data[MESSAGES][0][message][files][0][name]", "118.pdf"),
        ("data[MESSAGES][0][message][files][0][downloadLink]", link),
        ("data[MESSAGES][0][chat][id]", AIGERIM),
        ("auth[member_id]", MEMBER),
        ("auth[application_token]", APPLICATION_TOKEN),
    ];
    let answer = world.event(&form).await;
    assert!(answer.is_success(), "{answer}");
    template_came(world, "invoice").await;
    world.settled().await;
    let sent = "SELECT payload FROM delivery WHERE kind = 'outbound_content'";
    let sent = world.database.texts(sent).await.join("");
    assert!(sent.contains(link) && sent.contains("118.pdf"), "{sent}");
    assert_eq!(
        world.database.deliveries("outbound_text").await,
        Vec::<String>::new()
    );
}
