//! Codes of operators.

use super::{AIGERIM, asked, chat, line, row, template_came};
use bridge::facts::{APPLICATION_TOKEN, CONNECTOR, MEMBER};
use bridge::{World, on_both_engines, until};

on_both_engines!(
    the_guides_code_reaches_the_customer,
    values_by_number_and_by_name,
    a_wrong_code_is_answered_in_the_chat,
    a_file_fills_the_header,
);

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
