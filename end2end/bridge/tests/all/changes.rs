//! What changes at the portal under our feet: its address, the app, the channel.

use super::faults::People;
use bridge::facts::{ACCESS_TOKEN, CONNECTOR, LINE, MEMBER};
use bridge::{World, on_both_engines, until};
use serde_json::{Value, json};

on_both_engines!(
    the_portal_moves,
    the_app_is_uninstalled,
    the_channel_is_switched_off,
);

async fn the_portal_moves(world: &mut World) {
    let mut people = People::gather(world, 3).await;
    let moved = world
        .sandbox
        .post(&format!("/api/operator/{MEMBER}/rename"), json!({}))
        .await;
    people.talk(3).await;
    people.content().await;
    let domain = moved
        .get("domain")
        .and_then(Value::as_str)
        .expect("a new domain");
    assert_eq!(
        world.database.texts("SELECT domain FROM portal").await,
        [domain],
        "the new address is kept"
    );
    let redirected = world.sandbox.count("portal.moved").await;
    people.talk(1).await;
    people.content().await;
    assert_eq!(
        world.sandbox.count("portal.moved").await,
        redirected,
        "and the old one is not asked again"
    );
}

/// The app is gone from the portal: what customers write is kept, and the portal is left alone.
async fn the_app_is_uninstalled(world: &mut World) {
    let mut people = People::gather(world, 2).await;
    world.settled().await;
    world
        .sandbox
        .post(&format!("/api/operator/{MEMBER}/uninstall"), json!({}))
        .await;
    until("the portal to be known as uninstalled", async || {
        let state = world.database.texts("SELECT state FROM portal").await;
        if state == ["uninstalled"] {
            Ok(())
        } else {
            Err(format!("{state:?}"))
        }
    })
    .await;
    let tokens = world
        .database
        .texts("SELECT bitrix_user FROM portal_token")
        .await;
    assert!(tokens.is_empty(), "the tokens are dropped: {tokens:?}");
    let asked = world.sandbox.count("portal.refused").await;
    people.ask("is anybody there?").await;
    until("both questions to be kept", async || {
        let found = world.database.deliveries("inbound_text").await;
        let waiting = found.iter().filter(|state| state.starts_with("waiting"));
        if waiting.count() == 2 {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        }
    })
    .await;
    assert_eq!(
        world.sandbox.count("portal.refused").await,
        asked,
        "a portal without the app is not called"
    );
    world.thoth.restart().await;
    let found = world.database.deliveries("inbound_text").await;
    assert_eq!(found.len(), 4, "{found:?}");
}

/// The connector is switched off on the line: what customers write waits and arrives when it is on again.
async fn the_channel_is_switched_off(world: &mut World) {
    let mut people = People::gather(world, 2).await;
    world.settled().await;
    world
        .sandbox
        .post(
            &format!("/api/operator/{MEMBER}/lines/{LINE}/off"),
            json!({ "connector": CONNECTOR }),
        )
        .await;
    until("the phone to be known as off", async || {
        let found = world.database.texts("SELECT link_state || ' ' || COALESCE(link_reason, '-') FROM phone ORDER BY phone_id").await;
        if found[0].contains("channel_off") { Ok(()) } else { Err(format!("{found:?}")) }
    })
    .await;
    people.ask("while it was off").await;
    until("both questions to be kept", async || {
        let found = world.database.deliveries("inbound_text").await;
        let waiting = found
            .iter()
            .filter(|state| state.starts_with("waiting") || state.starts_with("sending"));
        if waiting.count() == 2 {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        }
    })
    .await;
    for (method, more) in [
        ("imconnector.activate", json!({ "ACTIVE": "1" })),
        (
            "imconnector.connector.data.set",
            json!({ "DATA": { "ID": "77272111000", "NAME": "WhatsApp" } }),
        ),
    ] {
        let mut call = json!({ "CONNECTOR": CONNECTOR, "LINE": LINE, "auth": ACCESS_TOKEN });
        call.as_object_mut()
            .expect("an object")
            .extend(more.as_object().expect("an object").clone());
        let url = format!("http://{}/rest/{method}", world.sandbox.portal);
        let answer = world
            .http
            .post(url)
            .json(&call)
            .send()
            .await
            .expect("the portal answers");
        assert!(
            answer.status().is_success(),
            "{method}: {}",
            answer.text().await.unwrap_or_default()
        );
    }
    let ran = world.thoth.provision(&world.setup()).await;
    assert!(ran.good, "{}", ran.said);
    people.talk(1).await;
    people.content().await;
}
