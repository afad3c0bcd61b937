//! A number as SMS provider: cards and robots of the portal send through it and hear what became of it.

mod provider;

use bridge::facts::{ACCESS_TOKEN, APPLICATION_TOKEN, MEMBER, PHONE};
use bridge::{World, on_both_engines, until};
use provider::{
    AIGERIM, Provider, SENDER, card, handler, has, nothing_odd, post, provider, text, told,
};
use reqwest::StatusCode;
use serde_json::json;

on_both_engines!(
    a_sender_is_registered_changed_and_removed,
    a_card_sends_and_hears_what_became_of_it,
    robots_send_with_and_without_tokens,
    nothing_is_sent_twice,
    a_stranger_sends_nothing,
    numbers_are_read_as_they_are_written,
    what_cannot_be_sent_is_told_back,
    a_failure_is_told_back,
    a_template_is_sent_by_its_code,
    a_chat_is_opened_where_it_is_wanted,
    a_portal_that_refuses_is_named,
);

async fn a_sender_is_registered_changed_and_removed(world: &mut World) {
    let setup = world.setup();
    let setup = setup.replacen("sms_service = false", "sms_service = true", 1);
    let ran = world.thoth.provision(&setup).await;
    assert!(ran.good, "{}", ran.said);
    has(world, &[SENDER]).await;
    let all = world.sandbox.get(&format!("/api/senders/{MEMBER}")).await;
    assert_eq!(text(&all[0], "name"), "THOTH +77272111000");
    let first = handler(world).await;
    let begin = format!("{}/api/bitrix/sms/?key=", world.thoth.url);
    assert!(first.starts_with(&begin), "{first}");
    let provider = Provider::of(world).await;
    provider.says("check.sms_registered").await;
    // Another public address: the sender is given it at the start, and keeps its key.
    let elsewhere = world.thoth.url.replace("127.0.0.1", "localhost");
    world.thoth.set("THOTH_PUBLIC_URL", &elsewhere);
    world.thoth.restart().await;
    until("the new address at the portal", async || {
        let now = handler(world).await;
        if now == first.replace("127.0.0.1", "localhost") {
            Ok(())
        } else {
            Err(now)
        }
    })
    .await;
    world
        .thoth
        .set("THOTH_PUBLIC_URL", &world.thoth.url.clone());
    world.thoth.restart().await;
    let provider = Provider::of(world).await;
    provider.save(&[]).await;
    has(world, &[]).await;
    provider.save(&["sms_service"]).await;
    has(world, &[SENDER]).await;
    assert_ne!(handler(world).await, first, "a new sender has a new key");
    // The phone goes, and its sender with it.
    let gone = [("id", provider.phone.as_str()), ("typed", "+77272111000")];
    let gone = provider.panel.form("phone_delete", &gone).await;
    assert_eq!(gone.status, 302, "{}", gone.body);
    has(world, &[]).await;
}

async fn a_card_sends_and_hears_what_became_of_it(world: &mut World) {
    let _provider = provider(world, &["sms_service"]).await;
    let sandbox = &world.sandbox;
    let offline = async |is_offline: bool| {
        let change = json!({ "offline": is_offline });
        sandbox.post("/api/customers/aigerim", change).await;
    };
    offline(true).await;
    let id = card(world, "8 (701) 555-01-01", "Your *order* is ready").await;
    sandbox.reached("aigerim", &["Your *order* is ready"]).await;
    told(world, &id, &["sent"]).await;
    offline(false).await;
    told(world, &id, &["sent", "delivered"]).await;
    let read = json!({ "phone_id": PHONE });
    sandbox.post("/api/customers/aigerim/read", read).await;
    world.settled().await;
    told(world, &id, &["sent", "delivered"]).await;
    assert!(sandbox.chats().await.is_empty(), "nothing is shown");
    // The customer's answer opens the chat.
    sandbox.says("aigerim", "thank you").await;
    sandbox.shown(AIGERIM, &["thank you"]).await;
    nothing_odd(world).await;
}

async fn robots_send_with_and_without_tokens(world: &mut World) {
    let _provider = provider(world, &["sms_service"]).await;
    for (auth, words) in [
        ("whole", "with all"),
        ("bare", "without tokens"),
        ("none", "with nothing"),
    ] {
        let body = json!({ "sender": SENDER, "to": AIGERIM, "text": words, "auth": auth });
        let (status, id) = post(world, "/api/robot", body).await;
        assert_eq!(status, 200, "{auth}");
        told(world, &id, &["sent", "delivered"]).await;
    }
    let all = ["with all", "without tokens", "with nothing"];
    world.sandbox.reached("aigerim", &all).await;
    nothing_odd(world).await;
}

async fn nothing_is_sent_twice(world: &mut World) {
    let _provider = provider(world, &["sms_service"]).await;
    let id = card(world, AIGERIM, "once").await;
    let again = format!("/api/sms/{MEMBER}/{id}/again");
    world.sandbox.post(&again, json!({})).await;
    told(world, &id, &["sent", "delivered"]).await;
    world.sandbox.post(&again, json!({})).await;
    world.settled().await;
    world.sandbox.reached("aigerim", &["once"]).await;
    told(world, &id, &["sent", "delivered"]).await;
    assert_eq!(world.database.receipts_of("sms").await, 3);
}

async fn a_stranger_sends_nothing(world: &mut World) {
    let _provider = provider(world, &["sms_service"]).await;
    let door = format!("{}/api/bitrix/sms/", world.thoth.url);
    let key = handler(world).await;
    let key = key.split("key=").nth(1).expect("a key").to_owned();
    let (phone, _) = key.split_once('.').expect("a phone and a secret");
    let forged = format!("{phone}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    let knock = async |key: Option<&str>, more: &[(&str, &str)]| {
        let url = key.map_or_else(|| door.clone(), |key| format!("{door}?key={key}"));
        let mut form = vec![
            ("code", SENDER),
            ("message_id", "stranger-1"),
            ("message_to", AIGERIM),
            ("message_body", "from a stranger"),
        ];
        form.extend(more);
        let asked = world.http.post(url).form(&form).send().await;
        asked.expect("THOTH answers").status()
    };
    let member = ("auth[member_id]", MEMBER);
    let token = ("auth[application_token]", APPLICATION_TOKEN);
    let wrong = ("auth[application_token]", "wrong");
    for (key, more) in [
        (None, vec![]),
        (None, vec![member]),
        (None, vec![member, wrong]),
        (None, vec![token]),
        (Some(forged.as_str()), vec![]),
        (Some("x"), vec![]),
        (Some(forged.as_str()), vec![member, token]),
        (Some(key.as_str()), vec![member, wrong]),
        (Some(key.as_str()), vec![("auth[member_id]", "another")]),
        (Some(key.as_str()), vec![("code", "thoth_77272222000")]),
    ] {
        let status = knock(key, &more).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{more:?}");
    }
    let empty = world.http.post(&door).body("x=1").send().await;
    assert_eq!(empty.expect("an answer").status(), StatusCode::BAD_REQUEST);
    let head = world.http.head(door.trim_end_matches('/')).send().await;
    assert_eq!(head.expect("an answer").status(), StatusCode::OK);
    assert_eq!(world.database.receipts_of("sms").await, 0);
    // The token alone proves the sender, and the key alone does.
    assert_eq!(knock(None, &[member, token]).await, StatusCode::OK);
    assert_eq!(knock(Some(&key), &[]).await, StatusCode::OK);
    world.sandbox.reached("aigerim", &["from a stranger"]).await;
    let log = world.thoth.log();
    let secret = key.split('.').nth(1).expect("a secret");
    assert!(!log.contains(secret) && !log.contains(APPLICATION_TOKEN));
}

async fn numbers_are_read_as_they_are_written(world: &mut World) {
    let provider = provider(world, &["sms_service"]).await;
    world.sandbox.window("daniel", true).await;
    let forms = [
        "+77015550101",
        "77015550101",
        "8 701 555 01 01",
        "+7 (701) 555-01-01",
        "tel:+7-701-555-01-01",
        "7015550101",
    ];
    for (number, typed) in forms.iter().enumerate() {
        let id = card(world, typed, &format!("form {number}")).await;
        told(world, &id, &["sent", "delivered"]).await;
    }
    let got = world.sandbox.got("aigerim").await;
    assert_eq!(got.len(), forms.len());
    let contacts = world.database.texts("SELECT wa_id FROM contact").await;
    assert_eq!(contacts, ["77015550101"], "one customer, one contact");
    // The portal's own country counts before the business number's.
    let typed = [
        ("id", provider.portal.as_str()),
        ("client_id", bridge::facts::CLIENT),
        ("country", "de"),
    ];
    let shown = provider.panel.through("portal_save", &typed).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    let id = card(world, "01700 000042", "Guten Tag").await;
    told(world, &id, &["sent", "delivered"]).await;
    world.sandbox.reached("daniel", &["Guten Tag"]).await;
    nothing_odd(world).await;
}

async fn what_cannot_be_sent_is_told_back(world: &mut World) {
    let _provider = provider(world, &["sms_service"]).await;
    for (to, words, code) in [
        ("call me", "hello", "sms_number"),
        ("12", "hello", "sms_number"),
        (AIGERIM, "  ", "sms_empty"),
        (AIGERIM, "nothing_like_it+en_US", "sms_code"),
    ] {
        let id = card(world, to, words).await;
        told(world, &id, &["failed"]).await;
        let refused = world.database.deliveries_to_customers().await;
        let last = refused.last().cloned().unwrap_or_default();
        assert_eq!(last, format!("refused {code}"), "{to} {words}");
    }
    assert!(world.sandbox.got("aigerim").await.is_empty());
    let page = _provider.panel.page("/deliveries?state=all").await;
    assert!(page.body.contains("call me"), "what was typed is shown");
    nothing_odd(world).await;
}

async fn a_failure_is_told_back(world: &mut World) {
    let _provider = provider(world, &["sms_service"]).await;
    world.sandbox.window("aigerim", false).await;
    let id = card(world, AIGERIM, "too late").await;
    told(world, &id, &["sent", "failed"]).await;
    world.sandbox.window("aigerim", true).await;
    let fails = json!({ "fails_with": 131026 });
    world.sandbox.post("/api/customers/aigerim", fails).await;
    let id = card(world, AIGERIM, "nobody there").await;
    told(world, &id, &["sent", "undelivered"]).await;
    world.settled().await;
    assert!(world.sandbox.chats().await.is_empty(), "no red line");
}

async fn a_template_is_sent_by_its_code(world: &mut World) {
    let _provider = provider(world, &["sms_service"]).await;
    world.sandbox.window("aigerim", false).await;
    for code in ["hello_world+en_US", "template-hello_world+en_US"] {
        let id = card(world, AIGERIM, code).await;
        told(world, &id, &["sent", "delivered"]).await;
    }
    let got = world.sandbox.got("aigerim").await;
    assert_eq!(got.len(), 2);
    assert!(got.iter().all(|text| text.contains("This message shows")));
    nothing_odd(world).await;
}

async fn a_chat_is_opened_where_it_is_wanted(world: &mut World) {
    let _provider = provider(world, &["sms_service", "sms_opens_chat"]).await;
    let id = card(world, AIGERIM, "Your *order* is ready").await;
    told(world, &id, &["sent", "delivered"]).await;
    let line = "[b]Sent by SMS:[/b]\nYour [b]order[/b] is ready";
    let before = world.sandbox.shown(AIGERIM, &[line]).await;
    world.sandbox.says("aigerim", "on my way").await;
    let chat = world.sandbox.shown(AIGERIM, &[line, "on my way"]).await;
    assert_eq!(chat.id, before.id);
    world.sandbox.window("aigerim", false).await;
    let id = card(world, AIGERIM, "too late").await;
    told(world, &id, &["sent", "failed"]).await;
    until("a red line", async || {
        let chat = world.sandbox.chat(AIGERIM).await.ok_or("no chat")?;
        let mut red = chat.messages.iter();
        let is_there = red.any(|said| said.text.contains("131047"));
        is_there.then_some(()).ok_or(format!("{:?}", chat.messages))
    })
    .await;
}

async fn a_portal_that_refuses_is_named(world: &mut World) {
    let refuse = json!({ "refuse": { "sender": "ERROR_SENDER_ADD_FAILURE" } });
    world.sandbox.faults(refuse).await;
    let provider = Provider::of(world).await;
    provider.save(&["sms_service"]).await;
    provider.says("check.refused").await;
    world.sandbox.faults_clear().await;
    let id = [("id", provider.phone.as_str())];
    provider.panel.through("phone_check", &id).await;
    provider.says("check.sms_registered").await;
    has(world, &[SENDER]).await;
    assert!(!world.thoth.log().contains(ACCESS_TOKEN));
}
