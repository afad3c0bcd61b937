//! Calling switched from the command line, as the form switches it.

use bridge::facts::PHONE;
use bridge::{World, on_both_engines};
use serde_json::{Value, json};

on_both_engines!(
    the_command_line_does_what_the_form_does,
    a_refusal_ends_with_metas_code,
);

const ON: [&str; 13] = [
    "calling",
    "set",
    "--phone-id",
    PHONE,
    "--calling",
    "on",
    "--sip",
    "on",
    "--host",
    "sip.example.kz",
    "--port",
    "5063",
    "--json",
];

/// What Meta has for the number.
async fn at_meta(world: &World) -> Value {
    world.sandbox.get(&format!("/api/calling/{PHONE}")).await
}

async fn the_command_line_does_what_the_form_does(world: &mut World) {
    let ran = world.thoth.run(&ON).await;
    assert!(ran.good, "{}", ran.said);
    let meta = at_meta(world).await;
    assert_eq!(meta["status"], "ENABLED", "{meta}");
    assert_eq!(meta["sip"]["status"], "ENABLED", "{meta}");
    let server = &meta["sip"]["servers"][0];
    assert_eq!(server["hostname"], "sip.example.kz", "{meta}");
    assert_eq!(server["port"], 5063, "{meta}");
    // Meta resets it when the server is written; it was written again.
    assert_eq!(meta["srtp_key_exchange_protocol"], "SDES", "{meta}");
    let kept = world.database.texts("SELECT actual FROM calling").await;
    assert!(kept[0].contains("sip.example.kz"), "{kept:?}");
    assert!(!kept[0].contains("sip_user_password"), "{kept:?}");

    let off = ["calling", "set", "--phone-id", PHONE, "--sip", "off"];
    let ran = world.thoth.run(&off).await;
    assert!(ran.good, "{}", ran.said);
    let meta = at_meta(world).await;
    assert_eq!(meta["sip"]["status"], "DISABLED", "{meta}");
    assert_eq!(meta["status"], "ENABLED", "what is not named stays: {meta}");
}

async fn a_refusal_ends_with_metas_code(world: &mut World) {
    let limit = json!({ "limit": "TIER_250" });
    let path = format!("/api/calling/{PHONE}");
    world.sandbox.post(&path, limit).await;
    let ran = world.thoth.run(&ON).await;
    assert!(!ran.good && ran.said.contains("138015"), "{}", ran.said);
    let meta = at_meta(world).await;
    assert_ne!(meta["status"], "ENABLED", "{meta}");
    let kept = world.database.texts("SELECT error FROM calling").await;
    assert!(kept[0].contains("138015"), "{kept:?}");
    let unknown = ["calling", "set", "--phone-id", "1", "--calling", "on"];
    let ran = world.thoth.run(&unknown).await;
    assert!(!ran.good, "{}", ran.said);
}
