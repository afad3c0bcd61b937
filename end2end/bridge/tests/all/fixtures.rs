//! Payloads as they are in the world: each is taken, none is lost, every text in them is shown.
//!
//! Ours lie in `fixtures/`, written from the contracts. A folder of recorded ones, with `meta` and
//! `bitrix` in it, is tried as well where THOTH_FIXTURES names one.

use bridge::facts::{APPLICATION_TOKEN, CONNECTOR, LINE, MEMBER, PHONE};
use bridge::{World, on_both_engines, skipped, until};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

on_both_engines!(
    every_webhook_is_taken_and_no_text_is_lost,
    every_event_is_read
);

/// Our own folder, and the one of recordings.
fn folders() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")];
    match std::env::var_os("THOTH_FIXTURES") {
        Some(folder) => folders.push(folder.into()),
        None => skipped("THOTH_FIXTURES names no folder: only our own payloads are tried"),
    }
    folders
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("a folder can be read").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Puts our phone's id wherever a payload names one.
fn to_our_phone(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                if key == "phone_number_id" && !inner.is_object() {
                    *inner = json!(PHONE);
                } else {
                    to_our_phone(inner);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(to_our_phone),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Every `text.body` of a message of type text.
fn bodies(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if map.get("type").is_some_and(|kind| kind == "text")
                && let Some(body) = value.pointer("/text/body").and_then(Value::as_str)
            {
                found.push(body.to_string());
            }
            map.values().for_each(|inner| bodies(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| bodies(inner, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The words of a text without markup and entities, in which the two sides differ.
fn bare(text: &str) -> String {
    let text = text.replace("&amp;", "&").replace("&quot;", "\"");
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            c if c.is_alphanumeric() && !inside => out.push(c),
            _ => {}
        }
    }
    out
}

async fn every_webhook_is_taken_and_no_text_is_lost(world: &mut World) {
    let paths: Vec<PathBuf> = folders()
        .iter()
        .flat_map(|folder| files(&folder.join("meta"), ".json"))
        .collect();
    assert!(paths.len() > 5, "our own payloads are there");
    let mut wanted: Vec<(PathBuf, String)> = Vec::new();
    for path in &paths {
        let bytes = std::fs::read(path).expect("a fixture can be read");
        let mut value: Value = serde_json::from_slice(&bytes)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        to_our_phone(&mut value);
        let status = world.webhook(value.to_string().as_bytes()).await;
        assert_eq!(status, StatusCode::OK, "{}", path.display());
        let mut found = Vec::new();
        bodies(&value, &mut found);
        wanted.extend(found.into_iter().map(|body| (path.clone(), body)));
    }
    world.settled().await;
    assert!(
        world.thoth.lives() && !world.thoth.log().contains("panicked"),
        "nothing panics"
    );
    assert_eq!(world.database.receipts().await, paths.len());
    let odd = world
        .database
        .texts(
            "SELECT state || ': ' || COALESCE(note, '') FROM receipt WHERE state <> 'understood'",
        )
        .await;
    assert!(odd.is_empty(), "receipts set aside: {odd:#?}");
    let shown: Vec<String> = world
        .sandbox
        .chats()
        .await
        .iter()
        .flat_map(|chat| chat.texts("in"))
        .map(|text| bare(&text))
        .collect();
    let missing: Vec<_> = wanted
        .iter()
        .filter(|(_, body)| !shown.iter().any(|text| text.contains(&bare(body))))
        .collect();
    assert!(
        missing.is_empty(),
        "texts that no operator sees: {missing:#?}"
    );
    let odd = world.database.texts("SELECT state || ' ' || COALESCE(error_text, '') FROM delivery WHERE state <> 'delivered'").await;
    assert!(odd.is_empty(), "{odd:#?}");
    // And the same again: nothing new.
    let said = async || {
        let chats = world.sandbox.chats().await;
        let mut texts: Vec<String> = chats.iter().flat_map(|chat| chat.texts("in")).collect();
        texts.sort();
        texts
    };
    let before = said().await;
    for path in &paths {
        let mut value: Value =
            serde_json::from_slice(&std::fs::read(path).expect("a fixture")).expect("JSON");
        to_our_phone(&mut value);
        assert_eq!(
            world.webhook(value.to_string().as_bytes()).await,
            StatusCode::OK
        );
    }
    world.settled().await;
    let mut after = said().await;
    for text in &before {
        let at = after.iter().position(|found| found == text);
        after.remove(at.unwrap_or_else(|| panic!("{text} is gone")));
    }
    assert_eq!(
        after,
        Vec::<String>::new(),
        "a webhook repeated shows something new"
    );
}

/// An event as it is posted, turned to our portal, line and customer.
struct Event {
    path: PathBuf,
    name: String,
    kind: &'static str,
    body: String,
    /// What the operator wrote in it.
    texts: Vec<String>,
}

const CUSTOMER: &str = "+77015550101";

fn event_of_form(path: &Path, text: &str) -> Option<Event> {
    let mut texts = Vec::new();
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (key, value) in url::form_urlencoded::parse(text.trim_end().as_bytes()) {
        let ours = match key.as_ref() {
            "auth[member_id]" | "auth[application_token]" => continue,
            "data[CONNECTOR]" | "data[connector]" => CONNECTOR.to_string(),
            "data[LINE]" | "data[line]" => LINE.to_string(),
            name if name.ends_with("[chat][id]") => CUSTOMER.to_string(),
            // Ids of the portal's messages are its own; two files may have the same.
            name if name.ends_with("[im][message_id]") => rand::random::<u32>().to_string(),
            name if name.ends_with("[message][text]") => {
                texts.push(value.to_string());
                value.to_string()
            }
            _ => value.to_string(),
        };
        pairs.push((key.to_string(), ours));
    }
    pairs.push(("auth[member_id]".to_string(), MEMBER.to_string()));
    pairs.push((
        "auth[application_token]".to_string(),
        APPLICATION_TOKEN.to_string(),
    ));
    let name = pairs
        .iter()
        .find(|(key, _)| key == "event")
        .map(|(_, value)| value.to_uppercase())?;
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    Some(Event {
        path: path.to_owned(),
        name,
        kind: "application/x-www-form-urlencoded",
        body,
        texts,
    })
}

fn event_of_json(path: &Path, text: &str) -> Option<Event> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    let name = value.get("event").and_then(Value::as_str)?.to_uppercase();
    let mut texts = Vec::new();
    let map = value.as_object_mut()?;
    let auth = map.entry("auth").or_insert_with(|| json!({}));
    auth["member_id"] = json!(MEMBER);
    auth["application_token"] = json!(APPLICATION_TOKEN);
    if let Some(data) = map.get_mut("data").and_then(Value::as_object_mut) {
        for (key, ours) in [
            ("CONNECTOR", json!(CONNECTOR)),
            ("connector", json!(CONNECTOR)),
            ("LINE", json!(LINE)),
            ("line", json!(LINE)),
        ] {
            data.entry(key).and_modify(|value| *value = ours);
        }
        for message in data
            .get_mut("MESSAGES")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if message.pointer("/chat/id").is_some() {
                message["chat"]["id"] = json!(CUSTOMER);
            }
            if message.pointer("/im/message_id").is_some() {
                message["im"]["message_id"] = json!(rand::random::<u32>());
            }
            texts.extend(
                message
                    .pointer("/message/text")
                    .and_then(Value::as_str)
                    .map(str::to_string),
            );
        }
    }
    Some(Event {
        path: path.to_owned(),
        name,
        kind: "application/json",
        body: value.to_string(),
        texts,
    })
}

async fn every_event_is_read(world: &mut World) {
    let mut events: Vec<Event> = Vec::new();
    for folder in folders() {
        let folder = folder.join("bitrix");
        for path in files(&folder, ".txt")
            .iter()
            .chain(&files(&folder, ".json"))
        {
            let bytes = std::fs::read(path).expect("a fixture can be read");
            let text = String::from_utf8_lossy(&bytes);
            let words = path.to_string_lossy();
            let event = if words.ends_with(".kv.txt") || words.contains("rest-answers") {
                None
            } else if words.ends_with(".json") {
                event_of_json(path, &text)
            } else {
                event_of_form(path, &text)
            };
            events.extend(event);
        }
    }
    world.sandbox.window("aigerim", true).await;
    // First what is said, then what switches things off.
    events.sort_by_key(|event| {
        (
            event.name != "ONIMCONNECTORMESSAGEADD",
            event.name == "ONAPPUNINSTALL",
        )
    });
    let (said, others): (Vec<_>, Vec<_>) = events
        .iter()
        .partition(|event| event.name == "ONIMCONNECTORMESSAGEADD");
    assert!(
        !said.is_empty() && !others.is_empty(),
        "our own events are there"
    );
    for event in &said {
        post(world, event).await;
    }
    let texts: Vec<&String> = said.iter().flat_map(|event| &event.texts).collect();
    until(
        &format!("{} answers on the telephone", texts.len()),
        async || {
            let got = world.sandbox.got("aigerim").await;
            if got.len() >= texts.len() {
                Ok(())
            } else {
                Err(format!("{got:#?}"))
            }
        },
    )
    .await;
    world.settled().await;
    let got: Vec<String> = world
        .sandbox
        .got("aigerim")
        .await
        .iter()
        .map(|text| bare(text))
        .collect();
    let wanted: Vec<String> = texts.iter().map(|text| bare(text)).collect();
    assert_eq!(got, wanted);
    for event in &others {
        post(world, event).await;
    }
    world.settled().await;
    assert!(
        world.thoth.lives() && !world.thoth.log().contains("panicked"),
        "nothing panics"
    );
    let failed = world
        .database
        .texts("SELECT COALESCE(note, '') FROM receipt WHERE state = 'failed'")
        .await;
    assert!(failed.is_empty(), "{failed:#?}");
    let kept = world
        .database
        .texts("SELECT state FROM receipt WHERE source = 'bitrix'")
        .await;
    // Installations are proven at the door and leave no receipt.
    let installs = ["ONAPPINSTALL", "ONAPPUPDATE"];
    let other = |event: &&Event| !installs.contains(&event.name.as_str());
    assert_eq!(kept.len(), events.iter().filter(other).count());
    assert_eq!(
        world.database.texts("SELECT state FROM portal").await,
        ["uninstalled"]
    );
}

async fn post(world: &World, event: &Event) {
    let request = world
        .http
        .post(world.bitrix_door())
        .header("content-type", event.kind)
        .body(event.body.clone());
    let status = request.send().await.expect("THOTH answers").status();
    assert_eq!(status, StatusCode::OK, "{}", event.path.display());
}
