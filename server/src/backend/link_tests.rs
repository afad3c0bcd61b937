//! Linking phones to a portal that answers, and to one that takes things away; on both engines.

use super::Request;
use super::tests::{caller, request_with};
use crate::bus::Topic;
use crate::clock::Clock;
use crate::config::Config;
use crate::connect::perform;
use crate::connect::phone::{app_lost_in_txn, line_lost_in_txn};
use crate::errands::Errand;
use crate::inbox::reader;
use crate::outside::testing::{Server, json_answer};
use crate::store::entities::phone;
use crate::store::testing::{TestStore, engines};
use crate::store::{NewReceipt, Scope};
use app::backend::{Overviews, Phones};
use app::model::{
    CheckState, LinkState, PhoneForm, PhoneId, ProblemCode, Proof, Role, Subject, Verdict,
};
use serde_json::json;
use std::collections::BTreeSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// A portal that has these lines and says yes to everything else.
async fn portal(lines: &'static [i64]) -> Server {
    Server::start(move |heard| {
        let path = heard.path.split('?').next().unwrap_or_default();
        let method = path.trim_end_matches(".json").rsplit('/').next();
        let result = match method.unwrap_or_default() {
            "imopenlines.config.get" => {
                let asked = heard.json()["CONFIG_ID"].as_i64().unwrap();
                if lines.contains(&asked) {
                    json!({"ID": asked.to_string(), "LINE_NAME": "Sales"})
                } else {
                    json!(false)
                }
            }
            "imopenlines.config.list.get" => json!([]),
            "imopenlines.config.add" => json!(40),
            "imconnector.status" => json!({"STATUS": true, "CONFIGURED": true, "ERROR": false}),
            _ => json!(true),
        };
        json_answer(200, json!({"result": result}))
    })
    .await
}

/// Ann's phone on line 17 of a portal that is this server.
pub(super) async fn ready(test: &TestStore, portal: &Server) -> (Request, phone::Model) {
    let mut config = Config::for_tests(test.folder());
    config.allow_private_targets = true;
    let request = request_with(test, config).await;
    let phone = phone_of(&request).await;
    let address = portal.address.to_string();
    let store = &request.state.store;
    store
        .portal_set_address(phone.portal_id.unwrap(), "http", &address)
        .await
        .unwrap();
    (request, phone)
}

async fn phone_of(request: &Request) -> phone::Model {
    let all = request.state.store.phones(Scope::All).await.unwrap();
    let mut all = all.into_iter();
    all.find(|phone| phone.phone == "+77272000111").unwrap()
}

async fn run(request: &Request, errand: Errand) {
    perform(&request.state, &errand).await.unwrap();
}

/// The lines that wait to be switched off.
async fn left(request: &Request) -> Vec<i64> {
    let due = request.state.store.errands_due(i64::MAX, 99).await.unwrap();
    let mut lines: Vec<i64> = due
        .iter()
        .filter_map(|row| match serde_json::from_str(&row.payload) {
            Ok(Errand::LineOff { line, .. }) => Some(line),
            _ => None,
        })
        .collect();
    lines.sort_unstable();
    lines
}

async fn code_of(request: &Request, subject: Uuid, name: &str) -> (String, String) {
    let all = request.state.store.checks_of(&[subject]).await.unwrap();
    let found = all.into_iter().find(|found| found.name == name);
    found.map_or_else(Default::default, |found| (found.state, found.code))
}

#[tokio::test]
async fn linking_again_keeps_the_line_the_phone_has() {
    for test in engines().await {
        let portal = portal(&[17]).await;
        let (request, phone) = ready(&test, &portal).await;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        let id = PhoneId::new(phone.id);
        request.link(ann.may().unwrap(), id, None).await.unwrap();
        assert_eq!(phone_of(&request).await.line_id, Some(17));
        run(&request, Errand::PhoneLink { phone: phone.id }).await;
        let linked = phone_of(&request).await;
        assert_eq!(
            (linked.line_id, linked.link_state.as_str()),
            (Some(17), "linked"),
            "{}",
            test.engine
        );
        assert!(left(&request).await.is_empty());
        let heard = portal.heard();
        assert!(!heard.iter().any(|call| call.path.contains("config.add")));
    }
}

#[tokio::test]
async fn a_phone_whose_line_is_gone_gets_another() {
    for test in engines().await {
        let portal = portal(&[]).await;
        let (request, phone) = ready(&test, &portal).await;
        run(&request, Errand::PhoneLink { phone: phone.id }).await;
        assert_eq!(phone_of(&request).await.line_id, Some(40));
        assert_eq!(left(&request).await, [17], "{}", test.engine);
    }
}

#[tokio::test]
async fn every_line_that_is_left_is_switched_off() {
    for test in engines().await {
        let portal = portal(&[17, 20]).await;
        let (request, phone) = ready(&test, &portal).await;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        let id = PhoneId::new(phone.id);
        let take = async |line| request.link(ann.may().unwrap(), id, Some(line)).await;
        take(20).await.unwrap();
        run(&request, Errand::PhoneLink { phone: phone.id }).await;
        assert_eq!(phone_of(&request).await.line_id, Some(20));
        Phones::delete(&request, ann.may().unwrap(), id)
            .await
            .unwrap();
        assert_eq!(left(&request).await, [17, 20], "{}", test.engine);
        let off = Errand::LineOff {
            portal: phone.portal_id.unwrap(),
            line: 20,
            connector: "thoth_whatsapp".to_owned(),
        };
        run(&request, off).await;
        let last = portal.heard().pop().unwrap().json();
        assert_eq!((&last["LINE"], &last["ACTIVE"]), (&json!(20), &json!("0")));
    }
}

#[tokio::test]
async fn a_line_that_a_phone_wants_stays_on() {
    for test in engines().await {
        let portal = portal(&[17, 20]).await;
        let (request, phone) = ready(&test, &portal).await;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        let id = PhoneId::new(phone.id);
        for line in [20, 17] {
            let asked = request.link(ann.may().unwrap(), id, Some(line)).await;
            asked.unwrap();
        }
        let off = Errand::LineOff {
            portal: phone.portal_id.unwrap(),
            line: 17,
            connector: "thoth_whatsapp".to_owned(),
        };
        run(&request, off).await;
        assert!(portal.heard().is_empty(), "{}", test.engine);
    }
}

#[tokio::test]
async fn what_changed_while_the_portal_was_asked_is_not_written_over() {
    for test in engines().await {
        let portal = portal(&[17]).await;
        let (request, before) = ready(&test, &portal).await;
        let store = &request.state.store;
        let txn = store.begin().await.unwrap();
        txn.phone_move_in_txn(before.id, None, "not_linked")
            .await
            .unwrap();
        let linked = txn.phone_linked_in_txn(&before, 17, "thoth_whatsapp", 5);
        assert!(!linked.await.unwrap(), "{}", test.engine);
        let noted = txn.phone_note_link_in_txn(&before, "linked", None, 5).await;
        assert!(!noted.unwrap());
        let failed = txn.phone_link_failed_in_txn(before.id, before.portal_id.unwrap(), "{}", 5);
        assert!(!failed.await.unwrap());
        txn.commit().await.unwrap();
        let now = phone_of(&request).await;
        assert_eq!((now.line_id, now.link_state.as_str()), (None, "not_linked"));
    }
}

#[tokio::test]
async fn an_unready_portal_leaves_nothing_linking() {
    for test in engines().await {
        let portal = portal(&[17]).await;
        let (request, phone) = ready(&test, &portal).await;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        let store = &request.state.store;
        let portal_id = phone.portal_id.unwrap();
        store
            .portal_set_state(portal_id, "needs_tokens", None)
            .await
            .unwrap();
        let id = PhoneId::new(phone.id);
        request.link(ann.may().unwrap(), id, None).await.unwrap();
        run(&request, Errand::PhoneLink { phone: phone.id }).await;
        let detail = request.find(ann.may().unwrap(), id).await.unwrap();
        assert!(!detail.is_linking, "{}", test.engine);
        assert_eq!(detail.row.line_id, Some(17));
    }
}

#[tokio::test]
async fn what_a_portal_takes_away_is_bad_at_once() {
    for test in engines().await {
        let portal = portal(&[17]).await;
        let (request, phone) = ready(&test, &portal).await;
        let admin = caller(&request, "ann@example.com", Role::Admin).await;
        run(&request, Errand::PhoneLink { phone: phone.id }).await;
        let store = &request.state.store;
        let now = request.state.clock.now();
        let portal_id = phone.portal_id.unwrap();

        let txn = store.begin().await.unwrap();
        app_lost_in_txn(&txn, portal_id, now).await.unwrap();
        txn.portal_set_state_in_txn(portal_id, "uninstalled", None)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let bad = |code: &str| ("bad".to_owned(), code.to_owned());
        let connector = code_of(&request, phone.id, "connector").await;
        assert_eq!(connector, bad("app_uninstalled"), "{}", test.engine);
        let token = code_of(&request, portal_id, "portal_token").await;
        assert_eq!(token, bad("app_uninstalled"));
        assert_eq!(code_of(&request, portal_id, "events").await.0, "unknown");
        run(&request, Errand::PhoneCheck { phone: phone.id }).await;
        let connector = code_of(&request, phone.id, "connector").await;
        assert_eq!(
            connector,
            bad("app_uninstalled"),
            "asked again it is no better"
        );
        let overview = request.read(admin.may().unwrap()).await.unwrap();
        let shown = overview.connections.iter();
        let mut shown = shown.filter(|one| one.subject == Subject::Phone);
        let shown = shown.find(|one| one.name == "+77272000111").unwrap();
        assert_eq!(shown.verdict, Verdict::Failed);
        assert!(matches!(&shown.proof, Proof::Found { check } if check.code == "app_uninstalled"));

        let txn = store.begin().await.unwrap();
        let lost = phone_of(&request).await;
        line_lost_in_txn(&txn, &lost, "line_deleted", now)
            .await
            .unwrap();
        txn.phones_link_again_in_txn(portal_id, now).await.unwrap();
        txn.commit().await.unwrap();
        let connector = code_of(&request, phone.id, "connector").await;
        assert_eq!(connector, bad("line_deleted"));
        assert_eq!(phone_of(&request).await.link_state, "not_linked");
        let link = store.errand_find("phone_link", phone.id).await.unwrap();
        assert!(link.is_some(), "installed again it is linked again");
    }
}

#[tokio::test]
async fn open_pages_hear_of_a_line_that_is_deleted() {
    for test in engines().await {
        let portal = portal(&[17]).await;
        let (request, phone) = ready(&test, &portal).await;
        let state = &request.state;
        let mut news = state.bus.listen();
        let stop = CancellationToken::new();
        let reader = reader::run(state.clone(), "node".to_owned(), stop.clone());
        let reader = tokio::spawn(reader);
        let deleted = NewReceipt {
            source: "bitrix",
            owner: phone.owner_id,
            portal: phone.portal_id,
            body: b"event=ONIMCONNECTORLINEDELETE&data=17".to_vec(),
            received_at: state.clock.now(),
        };
        state.receipts.write(deleted).await.unwrap();
        let mut heard = BTreeSet::new();
        let awaited = BTreeSet::from([Topic::Phones, Topic::Portals, Topic::Overview]);
        while !heard.is_superset(&awaited) {
            let change = news.recv().await.unwrap();
            assert_eq!(change.owner, phone.owner_id, "{}", test.engine);
            heard.insert(change.topic);
        }
        let connector = code_of(&request, phone.id, "connector").await;
        assert_eq!(connector, ("bad".to_owned(), "line_deleted".to_owned()));
        stop.cancel();
        reader.await.unwrap();
    }
}

#[tokio::test]
async fn old_findings_count_as_unknown() {
    for test in engines().await {
        let portal = portal(&[17]).await;
        let (mut request, phone) = ready(&test, &portal).await;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        run(&request, Errand::PhoneLink { phone: phone.id }).await;
        let (id, checked) = (PhoneId::new(phone.id), request.state.clock.now());
        let seen = request.find(ann.may().unwrap(), id).await.unwrap();
        assert_eq!(seen.row.link, LinkState::Linked);
        request.state = request
            .state
            .with(|parts| parts.clock = Clock::fixed(checked + 60 * 60 * 1000));
        let seen = request.find(ann.may().unwrap(), id).await.unwrap();
        assert_eq!(seen.row.link, LinkState::Unchecked, "{}", test.engine);
        let found = seen.checks.iter().find(|check| check.name == "connector");
        let found = found.unwrap();
        assert_eq!(
            (found.state, found.code.as_str()),
            (CheckState::Unknown, "stale")
        );
        assert!(found.at.unwrap().0 <= checked, "the time is kept");
    }
}

#[tokio::test]
async fn a_number_is_one_phone_however_it_is_typed() {
    for test in engines().await {
        let portal = portal(&[17]).await;
        let (request, phone) = ready(&test, &portal).await;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        let form = |number: &str, phone_id: &str| PhoneForm {
            waba: app::model::WabaId::new(phone.waba_id).to_string(),
            phone: number.to_owned(),
            phone_id: phone_id.to_owned(),
            ..PhoneForm::default()
        };
        let twice = form("7 (727) 200-01-11", "777000999");
        let twice = request.save(ann.may().unwrap(), None, twice).await;
        let twice = twice.unwrap_err();
        assert_eq!(twice.code, ProblemCode::PhoneTaken, "{}", test.engine);
        assert!(twice.is_at("phone"));
        let same_id = form("+77272000999", "777000222");
        let same_id = request.save(ann.may().unwrap(), None, same_id).await;
        assert!(same_id.unwrap_err().is_at("phone_id"));
        let store = &request.state.store;
        let txn = store.begin().await.unwrap();
        let copy = phone::Model {
            id: Uuid::now_v7(),
            phone: "77272000111".to_owned(),
            phone_id: "777000998".to_owned(),
            line_id: None,
            ..phone.clone()
        };
        let inserted = txn.phone_insert_in_txn(copy).await;
        assert!(inserted.unwrap_err().is_duplicate());
    }
}
