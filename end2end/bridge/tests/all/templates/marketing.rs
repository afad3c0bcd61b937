//! Which way marketing templates go.

use super::{asked, chat, last, template_came};
use bridge::{World, on_both_engines, until};

on_both_engines!(
    marketing_goes_its_own_way,
    marketing_goes_the_usual_way_where_it_must,
);

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

/// Meta's answer to a WABA that was not let in comes with one of several codes.
async fn marketing_goes_the_usual_way_where_it_must(world: &mut World) {
    let chat = chat(world).await;
    for (round, refusal) in (1..).zip([134_100, 131_055, 134_102]) {
        world
            .database
            .change("UPDATE waba SET marketing = NULL")
            .await;
        world.sandbox.marketing(refusal).await;
        let before = asked(world).await;
        for _ in 0..2 {
            world.sandbox.answers(chat.id, &[PROMO]).await;
        }
        until("both on the telephone", async || {
            let count = world.sandbox.got("aigerim").await.len();
            if count == 2 * round {
                Ok(())
            } else {
                Err(count.to_string())
            }
        })
        .await;
        assert_eq!(last(world).await["template"]["through"], "messages");
        world.settled().await;
        let known = world.database.texts("SELECT marketing FROM waba").await;
        assert_eq!(known, ["no"], "{refusal}");
        // The way is tried once; one send was on it before its end was known, at the most.
        let tries = asked(world).await - before;
        assert!((3..=4).contains(&tries), "{refusal}: {tries}");
    }
    // Its refusal is nothing anybody sees.
    assert_eq!(
        world.database.deliveries("outbound_content").await,
        ["delivered -"; 6]
    );
}
