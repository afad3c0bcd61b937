//! Interactive messages go by their code or hashtag.

use super::{chat, line};
use bridge::{Engine, World, on_both_engines, until};

on_both_engines!(an_interactive_message_goes_by_hashtag_and_by_code,);

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
