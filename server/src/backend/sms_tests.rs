//! A phone as SMS provider: registered in a portal, renamed, refused, removed; on both engines.

use super::Request;
use super::link_tests::ready;
use super::tests::caller;
use crate::connect::perform;
use crate::errands::{Errand, Outcome};
use crate::outside::testing::{Heard, Server, json_answer};
use crate::store::entities::phone;
use crate::store::testing::{TestStore, engines};
use app::backend::Phones;
use app::model::{PhoneForm, PhoneId, PortalId, Role, WabaId};
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// The senders of a pretend portal: name and address by code.
type Senders = Arc<Mutex<BTreeMap<String, (String, String)>>>;

/// Plays `messageservice.sender.*` as the documentation has it; says yes to everything else.
fn play(senders: &Senders, refusal: Option<&str>, heard: &Heard) -> Response {
    let path = heard.path.split('?').next().unwrap_or_default();
    let method = path.trim_end_matches(".json").rsplit('/').next();
    let method = method.unwrap_or_default();
    let mut senders = senders.lock().unwrap();
    let error = |code: &str| json_answer(400, json!({"error": code, "error_description": "no"}));
    if let (true, Some(code)) = (method.starts_with("messageservice."), refusal) {
        return json_answer(403, json!({"error": code, "error_description": "no"}));
    }
    let text = |key: &str| heard.json()[key].as_str().unwrap_or_default().to_owned();
    let result = match method {
        "messageservice.sender.list" => json!(senders.keys().collect::<Vec<_>>()),
        "messageservice.sender.add" if senders.contains_key(&text("CODE")) => {
            return error("ERROR_SENDER_ALREADY_INSTALLED");
        }
        "messageservice.sender.update" if !senders.contains_key(&text("CODE")) => {
            return error("ERROR_SENDER_NOT_FOUND");
        }
        "messageservice.sender.add" | "messageservice.sender.update" => {
            senders.insert(text("CODE"), (text("NAME"), text("HANDLER")));
            json!(true)
        }
        "messageservice.sender.delete" => match senders.remove(&text("CODE")) {
            Some(_) => json!(true),
            None => return error("ERROR_SENDER_NOT_FOUND"),
        },
        "imopenlines.config.list.get" => json!([]),
        _ => json!(true),
    };
    json_answer(200, json!({"result": result}))
}

async fn portal(senders: &Senders, refusal: Option<&'static str>) -> Server {
    let senders = senders.clone();
    Server::start(move |heard| play(&senders, refusal, heard)).await
}

/// Runs every errand about senders that is due.
async fn settle(request: &Request) {
    let due = request.state.store.errands_due(i64::MAX, 99).await.unwrap();
    for row in due {
        let errand: Errand = serde_json::from_str(&row.payload).unwrap();
        if !matches!(errand, Errand::SenderSync { .. } | Errand::SenderOff { .. }) {
            continue;
        }
        let outcome = perform(&request.state, &errand).await.unwrap();
        if outcome == Outcome::Done {
            request.state.store.errand_end(&row).await.unwrap();
        }
    }
}

fn form(phone: &phone::Model, number: &str, is_on: bool) -> PhoneForm {
    PhoneForm {
        waba: WabaId::new(phone.waba_id).to_string(),
        phone: number.to_owned(),
        phone_id: phone.phone_id.clone(),
        portal: phone
            .portal_id
            .map(|id| PortalId::new(id).to_string())
            .unwrap_or_default(),
        sms_service: is_on,
        ..PhoneForm::default()
    }
}

async fn save(request: &Request, phone: &phone::Model, form: PhoneForm) {
    let ann = caller(request, "ann@example.com", Role::User).await;
    let id = PhoneId::new(phone.id);
    let saved = request.save(ann.may().unwrap(), Some(id), form).await;
    saved.unwrap();
    settle(request).await;
}

async fn found(request: &Request, phone: Uuid) -> (String, String) {
    let all = request.state.store.checks_of(&[phone]).await.unwrap();
    let found = all.into_iter().find(|found| found.name == "sms");
    found.map_or_else(Default::default, |found| (found.state, found.code))
}

fn codes(senders: &Senders) -> Vec<String> {
    senders.lock().unwrap().keys().cloned().collect()
}

fn said(state: &str, code: &str) -> (String, String) {
    (state.to_owned(), code.to_owned())
}

async fn stage(
    test: &TestStore,
    refusal: Option<&'static str>,
) -> (Senders, Server, Request, phone::Model) {
    let senders = Senders::default();
    let portal = portal(&senders, refusal).await;
    let (request, phone) = ready(test, &portal).await;
    (senders, portal, request, phone)
}

#[tokio::test]
async fn a_sender_follows_its_phone() {
    for test in engines().await {
        let (senders, _portal, request, phone) = stage(&test, None).await;
        let number = phone.phone.clone();
        save(&request, &phone, form(&phone, &number, true)).await;
        assert_eq!(codes(&senders), ["thoth_77272000111"], "{}", test.engine);
        let (name, first) = senders.lock().unwrap()["thoth_77272000111"].clone();
        assert_eq!(name, "THOTH +77272000111");
        assert!(first.contains("/api/bitrix/sms/?key="), "{first}");
        assert_eq!(
            found(&request, phone.id).await,
            said("ok", "sms_registered")
        );
        // Asked for again it keeps its key; somebody who removed it there does not get rid of it.
        senders.lock().unwrap().clear();
        save(&request, &phone, form(&phone, &number, true)).await;
        assert_eq!(senders.lock().unwrap()["thoth_77272000111"].1, first);
        // Another number is another sender, with a key of its own.
        save(&request, &phone, form(&phone, "+77272000999", true)).await;
        settle(&request).await;
        assert_eq!(codes(&senders), ["thoth_77272000999"], "{}", test.engine);
        assert_ne!(senders.lock().unwrap()["thoth_77272000999"].1, first);
        save(&request, &phone, form(&phone, "+77272000999", false)).await;
        assert_eq!(codes(&senders), Vec::<String>::new(), "{}", test.engine);
        assert_eq!(found(&request, phone.id).await, said("", ""));
        let kept = request.state.store.phone_sender(phone.id).await.unwrap();
        assert_eq!(kept, None);
    }
}

#[tokio::test]
async fn a_phone_that_leaves_takes_its_sender_along() {
    for test in engines().await {
        let (senders, _portal, request, phone) = stage(&test, None).await;
        let number = phone.phone.clone();
        save(&request, &phone, form(&phone, &number, true)).await;
        let mut elsewhere = form(&phone, &number, true);
        elsewhere.portal = String::new();
        save(&request, &phone, elsewhere).await;
        assert_eq!(codes(&senders), Vec::<String>::new(), "{}", test.engine);
        save(&request, &phone, form(&phone, &number, true)).await;
        assert_eq!(codes(&senders).len(), 1, "{}", test.engine);
        let ann = caller(&request, "ann@example.com", Role::User).await;
        let id = PhoneId::new(phone.id);
        request.delete(ann.may().unwrap(), id).await.unwrap();
        settle(&request).await;
        assert_eq!(codes(&senders), Vec::<String>::new(), "{}", test.engine);
    }
}

#[tokio::test]
async fn a_right_that_is_missing_is_said() {
    for (refusal, code) in [
        ("insufficient_scope", "sms_scope"),
        ("ACCESS_DENIED", "sms_denied"),
    ] {
        let test = engines().await.remove(0);
        let (_, _portal, request, phone) = stage(&test, Some(refusal)).await;
        let number = phone.phone.clone();
        save(&request, &phone, form(&phone, &number, true)).await;
        assert_eq!(found(&request, phone.id).await, said("bad", code));
    }
}

#[tokio::test]
async fn a_sender_that_stands_is_asked_for_and_not_written_again() {
    let test = engines().await.remove(0);
    let (_, portal, request, phone) = stage(&test, None).await;
    let number = phone.phone.clone();
    save(&request, &phone, form(&phone, &number, true)).await;
    let changes = |portal: &Server| -> Vec<Value> {
        let heard = portal.heard().into_iter();
        heard
            .filter(|heard| {
                heard.path.contains("sender.add") || heard.path.contains("sender.update")
            })
            .map(|heard| heard.json())
            .collect()
    };
    assert_eq!(changes(&portal).len(), 1);
    settle(&request).await;
    assert_eq!(changes(&portal).len(), 1);
}
