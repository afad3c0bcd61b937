//! Strangers at the doors: each wrong knock gets its right 4xx and leaves nothing behind.

use bridge::facts::{API_KEY, APP_SECRET, APPLICATION_TOKEN, MEMBER, PHONE, VERIFY_TOKEN};
use bridge::{World, on_both_engines, signature};
use reqwest::{Method, StatusCode};
use serde_json::json;

on_both_engines!(
    handshake,
    meta_refuses_what_is_wrong,
    bitrix_refuses_what_is_wrong,
    other_methods_are_not_allowed,
);

/// A webhook with one text of aigerim.
pub(super) fn one_text(wamid: &str, text: &str) -> Vec<u8> {
    let message = json!({ "from": "77015550101", "id": wamid, "timestamp": "1790000000", "type": "text", "text": { "body": text } });
    let value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "77272111000", "phone_number_id": PHONE },
        "contacts": [{ "profile": { "name": "Aigerim" }, "wa_id": "77015550101" }],
        "messages": [message],
    });
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "200300400500600", "changes": [{ "field": "messages", "value": value }] }] });
    body.to_string().into_bytes()
}

pub(super) fn an_event<'a>(
    name: &'a str,
    member: &'a str,
    token: &'a str,
) -> Vec<(&'a str, &'a str)> {
    vec![
        ("event", name),
        ("data[CONNECTOR]", "thoth_whatsapp"),
        ("data[LINE]", "1"),
        ("data[MESSAGES][0][im][chat_id]", "11"),
        ("data[MESSAGES][0][im][message_id]", "12"),
        ("data[MESSAGES][0][message][user_id]", "27"),
        ("data[MESSAGES][0][message][text]", "must not arrive"),
        ("data[MESSAGES][0][chat][id]", "+77015550101"),
        ("ts", "1790000000"),
        ("auth[member_id]", member),
        ("auth[application_token]", token),
    ]
}

/// A good message arrives, and it is the only thing that ever did.
async fn only_good_things_are_stored(world: &World) {
    assert_eq!(
        world.database.receipts().await,
        0,
        "something refused was stored"
    );
    assert_eq!(
        world
            .webhook(&one_text("wamid.good", "this one arrives"))
            .await,
        StatusCode::OK
    );
    world
        .sandbox
        .shown("+77015550101", &["this one arrives"])
        .await;
    world.settled().await;
    assert_eq!(world.sandbox.chats().await.len(), 1);
    assert_eq!(world.sandbox.got("aigerim").await, Vec::<String>::new());
}

async fn handshake(world: &mut World) {
    let ask = async |path: &str, query: &str| {
        let url = format!("{}{path}?{query}", world.thoth.url);
        let answer = world.http.get(url).send().await.expect("THOTH answers");
        (
            answer.status().as_u16(),
            answer.text().await.expect("a whole answer"),
        )
    };
    let right = format!(
        "api-key={API_KEY}&hub.mode=subscribe&hub.verify_token={VERIFY_TOKEN}&hub.challenge=1158201444"
    );
    for path in ["/api/waba", "/api/waba/"] {
        assert_eq!(
            ask(path, &right).await,
            (200, "1158201444".to_string()),
            "{path}"
        );
        for wrong in [
            right.replace(VERIFY_TOKEN, "another"),
            right.replace(API_KEY, "another"),
            right.replace(VERIFY_TOKEN, ""),
        ] {
            let (status, body) = ask(path, &wrong).await;
            assert_eq!(status, 403, "{path}?{wrong}");
            assert!(!body.contains("1158201444"), "{path}?{wrong}");
        }
    }
    for odd in [
        "hub.mode=unsubscribe&hub.verify_token=a&hub.challenge=1",
        "",
        "hub.mode=subscribe",
    ] {
        let (status, _) = ask("/api/waba/", odd).await;
        assert!((400..500).contains(&status), "{odd}: {status}");
    }
    // As the dashboard's button does it.
    let app = format!("/api/apps/{}/callback", bridge::facts::APP);
    let verify =
        json!({ "callback_url": world.meta_door(), "verify_token": VERIFY_TOKEN, "verify": true });
    let saved = world.sandbox.post(&app, verify).await;
    assert_eq!(saved["saved"], true, "{saved}");
}

async fn meta_refuses_what_is_wrong(world: &mut World) {
    let body = one_text("wamid.bad", "must not arrive");
    let right = signature(APP_SECRET, &body);
    let post = async |url: String, signature: Option<&str>, body: Vec<u8>| {
        let mut request = world
            .http
            .post(url)
            .header("content-type", "application/json")
            .body(body);
        if let Some(signature) = signature {
            request = request.header("x-hub-signature-256", signature);
        }
        request
            .send()
            .await
            .expect("THOTH answers")
            .status()
            .as_u16()
    };
    let door = format!("{}/api/waba/", world.thoth.url);
    assert_eq!(
        post(door.clone(), Some(&right), body.clone()).await,
        403,
        "no key"
    );
    assert_eq!(
        post(format!("{door}?api-key=wrong"), Some(&right), body.clone()).await,
        403,
        "a wrong key"
    );
    assert_eq!(
        post(format!("{door}?api-key="), Some(&right), body.clone()).await,
        403,
        "an empty key"
    );

    let door = world.meta_door();
    let upper = right.to_uppercase();
    let wrong = signature("not the secret", &body);
    let old = right.replace("sha256=", "sha1=");
    let longer = format!("{right}00");
    for (what, signature) in [
        ("none", None),
        ("an empty one", Some("")),
        ("another secret's", Some(wrong.as_str())),
        ("the old scheme", Some(old.as_str())),
        ("no scheme", Some(&right[7..])),
        ("too long", Some(longer.as_str())),
        ("not hex", Some("sha256=zz")),
        ("upper case", Some(upper.as_str())),
    ] {
        assert_eq!(
            post(door.clone(), signature, body.clone()).await,
            403,
            "{what}"
        );
    }
    let mut other = body.clone();
    other.push(b' ');
    assert_eq!(
        post(door.clone(), Some(&right), other).await,
        403,
        "a blank more than was signed"
    );

    for odd in [
        b"".to_vec(),
        b"{".to_vec(),
        b"[]".to_vec(),
        b"null".to_vec(),
        b"\"text\"".to_vec(),
        b"{\"entry\":[}".to_vec(),
        b"entry=1".to_vec(),
        b"{\"a\":\"\xff\xfe\"}".to_vec(),
        [body.as_slice(), b"x"].concat(),
    ] {
        let words = String::from_utf8_lossy(&odd).into_owned();
        assert_eq!(
            world.webhook(&odd).await,
            StatusCode::BAD_REQUEST,
            "{words:?}"
        );
    }

    let mut large = br#"{"entry":[],"pad":""#.to_vec();
    large.resize(3 * 1024 * 1024 + 1, b'a');
    large.extend_from_slice(b"\"}");
    // The server may hang up before it has read everything; what counts is that it says no.
    let sent = world
        .http
        .post(world.meta_door())
        .header("x-hub-signature-256", signature(APP_SECRET, &large))
        .body(large)
        .send()
        .await;
    if let Ok(answer) = sent {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert!(world.thoth.lives());
    only_good_things_are_stored(world).await;

    // Just small enough, and concerning nobody: kept.
    let mut large = br#"{"object":"whatsapp_business_account","entry":[],"pad":""#.to_vec();
    large.resize(3 * 1024 * 1024 - 2, b'a');
    large.extend_from_slice(b"\"}");
    assert_eq!(world.webhook(&large).await, StatusCode::OK);
}

async fn bitrix_refuses_what_is_wrong(world: &mut World) {
    let event = "ONIMCONNECTORMESSAGEADD";
    assert_eq!(
        world.event(&an_event(event, MEMBER, "another token")).await,
        403
    );
    assert_eq!(world.event(&an_event(event, MEMBER, "")).await, 403);
    assert_eq!(
        world
            .event(&an_event(
                event,
                "ffffffffffffffffffffffffffffffff",
                APPLICATION_TOKEN
            ))
            .await,
        403
    );
    assert_eq!(
        world.event(&an_event(event, "", APPLICATION_TOKEN)).await,
        403
    );
    let without: Vec<_> = an_event(event, MEMBER, APPLICATION_TOKEN)
        .into_iter()
        .filter(|(key, _)| !key.starts_with("auth"))
        .collect();
    assert_eq!(world.event(&without).await, 403);
    let nameless: Vec<_> = an_event(event, MEMBER, APPLICATION_TOKEN)
        .into_iter()
        .skip(1)
        .collect();
    assert_eq!(world.event(&nameless).await, 400);
    assert_eq!(world.event(&[]).await, 400);

    let post = async |kind: &str, body: Vec<u8>| {
        let request = world
            .http
            .post(world.bitrix_door())
            .header("content-type", kind)
            .body(body);
        request
            .send()
            .await
            .expect("THOTH answers")
            .status()
            .as_u16()
    };
    for (kind, body) in [
        ("application/json", b"{".to_vec()),
        ("application/json", b"[]".to_vec()),
        ("application/octet-stream", vec![0, 159, 146, 150]),
        (
            "application/x-www-form-urlencoded",
            b"event[=1&&&=%zz".to_vec(),
        ),
    ] {
        let status = post(kind, body.clone()).await;
        assert!(
            (400..500).contains(&status),
            "{kind} {:?}: {status}",
            String::from_utf8_lossy(&body)
        );
    }
    let large = vec![b'a'; 3 * 1024 * 1024 + 1];
    let sent = world
        .http
        .post(world.bitrix_door())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(large)
        .send()
        .await;
    if let Ok(answer) = sent {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert!(world.thoth.lives());
    only_good_things_are_stored(world).await;
}

async fn other_methods_are_not_allowed(world: &mut World) {
    let ask = async |method: Method, path: &str| {
        let url = format!("{}{path}", world.thoth.url);
        world
            .http
            .request(method, url)
            .send()
            .await
            .expect("THOTH answers")
            .status()
            .as_u16()
    };
    for path in ["/api/waba", "/api/waba/"] {
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            assert_eq!(ask(method.clone(), path).await, 405, "{method} {path}");
        }
    }
    for path in ["/api/bitrix", "/api/bitrix/"] {
        assert_eq!(ask(Method::HEAD, path).await, 200, "HEAD {path}");
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH] {
            assert_eq!(ask(method.clone(), path).await, 405, "{method} {path}");
        }
    }
    assert_eq!(ask(Method::GET, "/healthz").await, 200);
    assert_eq!(ask(Method::GET, "/readyz").await, 200);
    assert_eq!(world.database.receipts().await, 0);
}
