//! What operators read, from payloads written here; and from real ones where `THOTH_FIXTURES` names a folder.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::*;
use crate::whatsapp::errors::{GraphError, explain};
use crate::whatsapp::wire::{Change, read};

fn shown(message: Value, quoted: Option<&str>, language: Language) -> String {
    let body = json!({"entry": [{"changes": [{"value": {"messages": [message]}}]}]}).to_string();
    let change = read(body.as_bytes()).unwrap().changes.remove(0);
    operator_text(&change.messages[0], quoted, language)
}

fn english(message: Value) -> String {
    shown(message, None, Language::English)
}

#[test]
fn a_text_is_the_text() {
    assert_eq!(
        english(json!({"text": {"body": "Salem *all*"}})),
        "Salem [b]all[/b]"
    );
    assert_eq!(english(json!({"text": {"body": " "}})), "An empty message.");
}

#[test]
fn a_reply_shows_what_it_answers() {
    let reply = json!({"text": {"body": "yes"}, "context": {"id": "w", "from": "1"}});
    assert_eq!(
        shown(
            reply.clone(),
            Some("Come\n\n[b]today[/b]?"),
            Language::English
        ),
        ">> Come\n>> [\u{200b}b]today[\u{200b}/b]?\nyes"
    );
    assert_eq!(english(reply), "In reply to an earlier message:\nyes");
    let forwarded = json!({"text": {"body": "x"}, "context": {"forwarded": true}});
    assert_eq!(shown(forwarded, None, Language::Russian), "Переслано:\nx");
}

#[test]
fn what_cannot_be_shown_keeps_its_caption() {
    let image = json!({"type": "image", "image": {"id": "1", "caption": "our _door_"}});
    assert_eq!(
        english(image.clone()),
        "A message of type image that this version cannot show.\nour [i]door[/i]"
    );
    assert!(shown(image, None, Language::Russian).starts_with("Сообщение типа image"));
    assert_eq!(
        english(json!({"type": "hologram"})),
        "A message of type hologram that this version cannot show."
    );
    assert!(
        english(json!({"type": "document", "document": {"filename": "a.pdf"}}))
            .ends_with("show. a.pdf")
    );
}

#[test]
fn choices_and_forms_are_words() {
    let list = json!({"interactive": {"list_reply": {"id": "x", "title": "Express", "description": "1 day"}}});
    assert_eq!(english(list), "Express\n1 day");
    let form = json!({"interactive": {"nfm_reply": {"name": "survey", "body": "Sent",
        "response_json": "{\"flow_token\":\"t\",\"rate\":5,\"when\":[\"a\",\"b\"]}"}}});
    assert_eq!(
        english(form),
        "The customer filled in a form: survey\nSent\nrate: 5\nwhen: a, b"
    );
    let broken = json!({"interactive": {"nfm_reply": {"response_json": "{broken"}}});
    assert_eq!(english(broken), "The customer filled in a form.\n{broken");
    assert_eq!(
        english(json!({"button": {"text": "Yes", "payload": "p"}})),
        "Yes"
    );
}

#[test]
fn what_meta_withholds_is_explained() {
    let hidden = json!({"type": "unsupported", "unsupported": {"type": "gif"}, "errors": [{"code": 131060}]});
    let text = english(hidden);
    assert!(text.starts_with("A message of type gif that this version cannot show.\n"));
    assert!(text.contains("on the phone"));
}

#[test]
fn an_advertisement_is_named() {
    let text = english(
        json!({"text": {"body": "hi"}, "referral": {"source_type": "ad", "headline": "Sale",
        "source_url": "https://fb.me/x"}}),
    );
    assert_eq!(
        text,
        "Came from an advertisement: Sale | https://fb.me/x\nhi"
    );
}

/// The folder with real payloads, where the developer has one.
fn fixtures(folder: &str, ending: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let Some(root) = std::env::var_os("THOTH_FIXTURES") else {
        return Vec::new();
    };
    let mut files = Vec::new();
    let mut folders = vec![Path::new(&root).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                files.push((path.clone(), std::fs::read(path).unwrap()));
            }
        }
    }
    files
}

/// Every text a customer wrote in a message: bodies, captions, titles.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let is_text = matches!(
                    key.as_str(),
                    "body" | "caption" | "title" | "description" | "text"
                );
                match inner {
                    Value::String(text) if is_text && !text.is_empty() => found.push(text.clone()),
                    _ if matches!(key.as_str(), "errors" | "referral" | "org") => {}
                    _ => texts(inner, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn check_texts(path: &Path, change: &Change) {
    let echoes = change.echoes.iter().map(|echo| &echo.message);
    for message in change.messages.iter().chain(echoes) {
        let text = operator_text(message, None, Language::English);
        let mut wanted = Vec::new();
        texts(&message.raw, &mut wanted);
        for words in wanted {
            let found = text.contains(&bb_of_markup(&words)) || text.contains(&literal(&words));
            assert!(found, "{}: {words:?} is not in {text:?}", path.display());
        }
    }
}

#[test]
fn real_webhooks_are_read_and_no_text_is_lost() {
    for (path, body) in fixtures("meta", ".json") {
        let envelope = read(&body).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let odd = path.to_string_lossy().contains("malformed");
        assert_eq!(
            envelope.oddities.is_empty(),
            !odd,
            "{}: {:?}",
            path.display(),
            envelope.oddities
        );
        assert_eq!(envelope.changes.is_empty(), odd, "{}", path.display());
        envelope
            .changes
            .iter()
            .for_each(|change| check_texts(&path, change));
    }
}

#[test]
fn real_errors_are_read_and_explained() {
    for (path, body) in fixtures("graph", ".json") {
        if !path
            .file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("error__")
        {
            continue;
        }
        let value: Value = serde_json::from_slice(&body).unwrap();
        let error =
            GraphError::of_answer(400, &value).unwrap_or_else(|| panic!("{}", path.display()));
        assert!(error.own_words().is_some(), "{}", path.display());
        assert!(
            error_line(&explain(&error, Language::Russian), Language::Russian)
                .ends_with("[/color]")
        );
    }
}
