//! Accounts from a file, and the key of the vault.

use bridge::facts::{MEMBER, VERIFY_TOKEN};
use bridge::{World, on_both_engines};

on_both_engines!(
    a_wrong_value_names_its_line_and_changes_nothing,
    a_second_run_changes_nothing,
    a_secret_from_the_environment,
    a_wrong_vault_key_is_a_clear_refusal,
    help_names_every_variable,
);

/// The number of the line in which `words` stand.
fn line_of(text: &str, words: &str) -> usize {
    1 + text
        .lines()
        .position(|line| line.contains(words))
        .unwrap_or_else(|| panic!("{words} is not in the file"))
}

async fn rows(world: &World) -> Vec<String> {
    let mut rows = Vec::new();
    for sql in [
        "SELECT email || role || CAST(updated_at AS TEXT) FROM person ORDER BY email",
        "SELECT name || waba_id || CAST(updated_at AS TEXT) FROM waba ORDER BY waba_id",
        "SELECT domain || member_id || CAST(updated_at AS TEXT) FROM portal ORDER BY member_id",
        "SELECT phone || phone_id || COALESCE(CAST(line_id AS TEXT), '') || CAST(updated_at AS TEXT) FROM phone ORDER BY phone_id",
    ] {
        rows.extend(world.database.texts(sql).await);
    }
    rows
}

async fn a_wrong_value_names_its_line_and_changes_nothing(world: &mut World) {
    let good = world.setup();
    let before = rows(world).await;
    let cases = [
        ("role = \"admin\"", "role = \"king\"", "role"),
        ("line_id = 1\n", "line_id = \"one\"\n", "line_id"),
        ("protocol = \"http\"", "protocol = \"gopher\"", "protocol"),
        (
            "waba_id = \"200300400500600\"",
            "waba_id = \"not digits\"",
            "waba_id",
        ),
        ("sms_service = false", "sms_service = \"no\"", "sms_service"),
        ("app_id =", "app_idd =", "app_idd"),
        ("phone = \"+77272111000\"", "phone = \"call me\"", "phone"),
    ];
    for (right, wrong, key) in cases {
        // Something good is changed in the same file: it must not be written either.
        let setup = good
            .replacen("name = \"Bridge Flowers\"", "name = \"Renamed\"", 1)
            .replacen(right, wrong, 1);
        let line = line_of(&setup, wrong.trim_end());
        let ran = world.thoth.provision(&setup).await;
        assert!(!ran.good, "{wrong} was taken: {}", ran.said);
        assert!(
            ran.said.contains(&format!("line {line}")),
            "{wrong} is in line {line}: {}",
            ran.said
        );
        assert!(ran.said.contains(key), "{key}: {}", ran.said);
        assert!(ran.said.contains("othing was changed"), "{}", ran.said);
        assert_eq!(rows(world).await, before, "{wrong}");
    }
    // A reference to what is not there.
    let setup = good.replacen(
        &format!("portal = \"{MEMBER}\""),
        "portal = \"ffffffffffffffffffffffffffffffff\"",
        1,
    );
    let line = line_of(&setup, "ffffffffffffffffffffffffffffffff");
    let ran = world.thoth.provision(&setup).await;
    assert!(
        !ran.good && ran.said.contains(&format!("line {line}")),
        "{}",
        ran.said
    );
    // No TOML at all, and no file at all.
    let ran = world.thoth.provision("[[user\nemail = 1").await;
    assert!(!ran.good && ran.said.contains("line 1"), "{}", ran.said);
    let ran = world.thoth.run(&["provision", "absent.toml"]).await;
    assert!(
        !ran.good && ran.said.contains("absent.toml"),
        "{}",
        ran.said
    );
    assert_eq!(rows(world).await, before);
}

async fn a_second_run_changes_nothing(world: &mut World) {
    let before = rows(world).await;
    let ran = world.thoth.provision(&world.setup()).await;
    assert!(
        ran.good && ran.said.contains("nothing to change"),
        "{}",
        ran.said
    );
    assert_eq!(rows(world).await, before);
    // One value changed: it and no other is told.
    let setup = world
        .setup()
        .replacen("name = \"Bridge Flowers\"", "name = \"Bridge Roses\"", 1);
    let ran = world.thoth.provision(&setup).await;
    assert!(
        ran.good && ran.said.contains("Bridge Roses"),
        "{}",
        ran.said
    );
    assert!(
        !ran.said.contains("phone") && !ran.said.contains("portal"),
        "{}",
        ran.said
    );
    let ran = world.thoth.provision(&setup).await;
    assert!(ran.said.contains("nothing to change"), "{}", ran.said);
    for secret in [
        "bridge-app-secret",
        "EAAbridge",
        "bridge-client-secret",
        "a long bridge password",
    ] {
        assert!(!ran.said.contains(secret));
    }
}

async fn a_secret_from_the_environment(world: &mut World) {
    let setup = world.setup().replacen(
        &format!("verify_token = \"{VERIFY_TOKEN}\""),
        "verify_token = \"env:BRIDGE_VERIFY\"",
        1,
    );
    let line = line_of(&setup, "env:BRIDGE_VERIFY");
    let ran = world.thoth.provision(&setup).await;
    assert!(
        !ran.good
            && ran.said.contains(&format!("line {line}"))
            && ran.said.contains("BRIDGE_VERIFY"),
        "{}",
        ran.said
    );
    world.thoth.set("BRIDGE_VERIFY", "from-the-environment");
    let ran = world.thoth.provision(&setup).await;
    assert!(
        ran.good && !ran.said.contains("from-the-environment"),
        "{}",
        ran.said
    );
    let url = format!(
        "{}&hub.mode=subscribe&hub.verify_token=from-the-environment&hub.challenge=42",
        world.meta_door()
    );
    let answer = world.http.get(url).send().await.expect("THOTH answers");
    assert_eq!(
        (
            answer.status().as_u16(),
            answer.text().await.expect("a body").as_str()
        ),
        (200, "42")
    );
}

async fn a_wrong_vault_key_is_a_clear_refusal(world: &mut World) {
    world.thoth.kill_9();
    let wrong = "00".repeat(32);
    world.thoth.set("THOTH_VAULT_KEY", &wrong);
    for command in [&["serve"][..], &["provision", "setup.toml"][..]] {
        let ran = world.thoth.run(command).await;
        assert!(!ran.good, "{command:?} went on with a wrong key");
        assert!(
            ran.said.contains("THOTH_VAULT_KEY") && ran.said.contains("does not open"),
            "{}",
            ran.said
        );
        assert!(
            !ran.said.contains(&wrong) && !ran.said.contains("panicked"),
            "{}",
            ran.said
        );
    }
    world.thoth.set("THOTH_VAULT_KEY", "too short");
    let ran = world.thoth.run(&["serve"]).await;
    assert!(
        !ran.good && ran.said.contains("THOTH_VAULT_KEY") && !ran.said.contains("too short"),
        "{}",
        ran.said
    );
    // With the right key everything is as it was.
    world.thoth.set("THOTH_VAULT_KEY", "");
    world.thoth.serve().await;
    world.sandbox.says("aigerim", "still there?").await;
    world.sandbox.shown("+77015550101", &["still there?"]).await;
}

async fn help_names_every_variable(world: &mut World) {
    let ran = world.thoth.run(&["--help"]).await;
    assert!(ran.good);
    for name in [
        "THOTH_LISTEN",
        "THOTH_PUBLIC_URL",
        "DATABASE_URL",
        "THOTH_DATA_DIR",
        "THOTH_GRAPH_URL",
        "THOTH_GRAPH_VERSION",
        "THOTH_BITRIX_OAUTH_URL",
        "THOTH_ALLOW_PRIVATE_TARGETS",
        "THOTH_VAULT_KEY",
    ] {
        assert!(ran.said.contains(name), "{name} is not in:\n{}", ran.said);
    }
    for command in ["serve", "provision", "migrate", "user"] {
        assert!(
            ran.said.contains(command),
            "{command} is not in:\n{}",
            ran.said
        );
    }
}
