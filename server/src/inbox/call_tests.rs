//! Webhooks of calls, read in every order and twice, on both engines.

use super::batch::Batch;
use super::from_meta;
use crate::store::entities::{person, phone, portal, receipt, waba};
use crate::store::testing::{TestStore, engines};
use crate::store::views::{CallOrder, CallPermissionQuestion, CallQuestion, CallView, Slice};
use crate::store::{Allowance, Scope};
use crate::whatsapp::wire;
use serde_json::{Value, json};
use uuid::Uuid;

const DAY: i64 = 86_400_000;

/// An owner whose phone is linked to a portal that shows calls.
struct Shop {
    owner: Uuid,
    phone: Uuid,
    waba: Uuid,
}

async fn shop(test: &TestStore) -> Shop {
    let (owner, waba_id, portal_id, phone_id) = (
        Uuid::now_v7(),
        Uuid::now_v7(),
        Uuid::now_v7(),
        Uuid::now_v7(),
    );
    let txn = test.store.begin().await.unwrap();
    txn.person_insert_in_txn(person::Model {
        id: owner,
        email: "ann@example.com".to_owned(),
        password_hash: String::new(),
        role: "user".to_owned(),
        webhook_key_hash: vec![1],
        webhook_key: Vec::new(),
        old_key_hash: None,
        key_rotated_at: None,
        created_at: 1,
        updated_at: 1,
    })
    .await
    .unwrap();
    txn.waba_insert_in_txn(waba::Model {
        id: waba_id,
        owner_id: owner,
        waba_id: "100".to_owned(),
        name: "Shop".to_owned(),
        access_token: vec![1],
        verify_token: vec![2],
        verify_token_hash: vec![3],
        app_id: None,
        app_secret: None,
        token_kind: None,
        token_scopes: None,
        token_expires_at: None,
        verified_at: None,
        heard_at: None,
        created_at: 1,
        updated_at: 1,
    })
    .await
    .unwrap();
    txn.portal_insert_in_txn(portal::Model {
        id: portal_id,
        owner_id: owner,
        protocol: "https".to_owned(),
        domain: "shop.bitrix24.kz".to_owned(),
        member_id: "m".to_owned(),
        client_id: "c".to_owned(),
        client_secret: vec![1],
        application_token: vec![1],
        server_endpoint: String::new(),
        state: "installed".to_owned(),
        state_reason: None,
        name: None,
        kind: None,
        scopes: Some("imopenlines,telephony".to_owned()),
        installed_at: None,
        created_at: 1,
        updated_at: 1,
    })
    .await
    .unwrap();
    txn.phone_insert_in_txn(phone::Model {
        id: phone_id,
        owner_id: owner,
        waba_id,
        portal_id: Some(portal_id),
        phone: "77272000111".to_owned(),
        phone_id: "777".to_owned(),
        line_id: Some(1),
        connector: Some("thoth_whatsapp".to_owned()),
        sms_service: false,
        link_state: "linked".to_owned(),
        link_reason: None,
        link_checked_at: None,
        name: None,
        pin: None,
        line_wanted: None,
        heard_at: None,
        created_at: 1,
        updated_at: 1,
    })
    .await
    .unwrap();
    txn.calling_for_tests_in_txn(phone_id).await.unwrap();
    txn.commit().await.unwrap();
    Shop {
        owner,
        phone: phone_id,
        waba: waba_id,
    }
}

async fn read(test: &TestStore, shop: &Shop, field: &str, mut value: Value) {
    value["metadata"] = json!({ "phone_number_id": "777", "display_phone_number": "77272000111" });
    value["contacts"] = json!([{ "wa_id": "77015550101", "profile": { "name": "Aigerim" } }]);
    let body = json!({ "object": "whatsapp_business_account", "entry": [
        { "id": "100", "changes": [{ "field": field, "value": value }] }] });
    let receipt = receipt::Model {
        id: 1,
        source: "meta".to_owned(),
        owner_id: shop.owner,
        portal_id: None,
        body: body.to_string().into_bytes(),
        received_at: 1,
        state: "new".to_owned(),
        attempts: 0,
        note: None,
    };
    let txn = test.store.begin().await.unwrap();
    let envelope = wire::read(&receipt.body);
    let mut batch = Batch::open(&txn, 5_000_000_000, &[]).await.unwrap();
    from_meta::read_in_txn(&mut batch, &receipt, &envelope, 5_000_000_000)
        .await
        .unwrap();
    batch.flush().await.unwrap();
    txn.commit().await.unwrap();
}

/// The events of one call, each in a webhook of its own.
fn events(id: &str, direction: &str, end: Value) -> Vec<Value> {
    let call = |event: &str, at: &str| {
        let (from, to) = match direction {
            "USER_INITIATED" => ("77015550101", "77272000111"),
            _ => ("77272000111", "77015550101"),
        };
        json!({ "id": id, "from": from, "to": to, "event": event, "direction": direction, "timestamp": at })
    };
    let status = |word: &str, at: &str| json!({ "statuses": [{ "id": id, "type": "call", "status": word, "timestamp": at }] });
    let mut over = call("terminate", "1020");
    for (key, value) in end.as_object().unwrap() {
        over[key] = value.clone();
    }
    vec![
        json!({ "calls": [call("connect", "1000")] }),
        status("RINGING", "1001"),
        status("ACCEPTED", "1005"),
        json!({ "calls": [over] }),
    ]
}

fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(count - 1);
    let with = |order: &Vec<usize>, place: usize| {
        let mut order = order.clone();
        order.insert(place, count - 1);
        order
    };
    shorter
        .iter()
        .flat_map(|order| (0..count).map(move |place| with(order, place)))
        .collect()
}

async fn calls(test: &TestStore, scope: Scope) -> Vec<CallView> {
    let question = CallQuestion {
        scope,
        direction: None,
        outcome: None,
        search: "",
        order: CallOrder::Started,
        descending: false,
        slice: Slice {
            limit: 100,
            offset: 0,
        },
    };
    test.store.calls_view(&question).await.unwrap().0
}

#[tokio::test]
async fn a_call_is_one_row_whatever_order_its_events_come_in() {
    for test in engines().await {
        let shop = shop(&test).await;
        let answered = json!({ "status": "COMPLETED", "duration": 12, "start_time": "1006", "end_time": "1018" });
        for (number, order) in orders(4).into_iter().enumerate() {
            let id = format!("wacid.{number}");
            let events = events(&id, "BUSINESS_INITIATED", answered.clone());
            for at in order.iter().chain(&order) {
                read(&test, &shop, "calls", events[*at].clone()).await;
            }
            let txn = test.store.begin().await.unwrap();
            let row = txn
                .call_find_in_txn(shop.phone, &id)
                .await
                .unwrap()
                .unwrap();
            txn.commit().await.unwrap();
            assert_eq!(
                (row.outcome.as_str(), row.duration),
                ("answered", Some(12)),
                "{order:?}"
            );
            let times = (row.started_at, row.answered_at, row.ended_at);
            assert_eq!(
                times,
                (1_000_000, Some(1_005_000), Some(1_018_000)),
                "{order:?}"
            );
            assert_eq!(row.portal_state.as_deref(), Some("ending"));
        }
        assert_eq!(
            calls(&test, Scope::Owner(shop.owner)).await.len(),
            24,
            "{}",
            test.engine
        );
        assert!(calls(&test, Scope::Owner(Uuid::now_v7())).await.is_empty());
        let days = test.store.calls_by_day(Scope::All, 0).await.unwrap();
        assert_eq!((days[0].day, days[0].count), (0, 24));
    }
}

#[tokio::test]
async fn a_missed_call_is_one_line_and_told_once() {
    for test in engines().await {
        let shop = shop(&test).await;
        let mut missed = events("wacid.m", "USER_INITIATED", json!({ "status": "FAILED" }));
        missed.retain(|event| event.get("calls").is_some());
        missed.reverse();
        for event in missed.iter().chain(&missed) {
            read(&test, &shop, "calls", event.clone()).await;
        }
        let found = calls(&test, Scope::All).await;
        assert_eq!((found.len(), found[0].outcome.as_str()), (1, "missed"));
        assert_eq!(found[0].customer, "+77015550101");
        let txn = test.store.begin().await.unwrap();
        let taken = txn
            .message_fingerprints_in_txn(shop.phone, &["wacid.m"])
            .await;
        assert_eq!(taken.unwrap().len(), 1, "the line is a message");
        txn.commit().await.unwrap();
    }
}

#[tokio::test]
async fn recordings_and_events_without_a_side_make_no_call() {
    for test in engines().await {
        let shop = shop(&test).await;
        let recording =
            json!({ "id": "wacid.r", "from": "77015550101", "event": "call_recording_available" });
        read(&test, &shop, "calls", json!({ "calls": [recording] })).await;
        assert!(calls(&test, Scope::All).await.is_empty());
        let created = json!({ "id": "wacid.c", "from": "77015550101", "event": "call_created", "direction": "USER_INITIATED" });
        read(&test, &shop, "calls", json!({ "calls": [created] })).await;
        assert_eq!(calls(&test, Scope::All).await[0].outcome, "ringing");
    }
}

#[tokio::test]
async fn permissions_are_given_end_by_time_and_are_used_up() {
    for test in engines().await {
        let shop = shop(&test).await;
        let reply = |id: &str, expires: i64| {
            json!({ "messages": [{ "from": "77015550101", "id": id, "timestamp": "1000", "type": "interactive",
                "interactive": { "type": "call_permission_reply", "call_permission_reply": {
                    "response": "accept", "expiration_timestamp": expires.to_string() } } }] })
        };
        read(&test, &shop, "messages", reply("wamid.1", 700_000)).await;
        let view = async |now: i64, status: Option<&str>| {
            let question = CallPermissionQuestion {
                scope: Scope::Owner(shop.owner),
                status,
                search: "",
                descending: true,
                slice: Slice {
                    limit: 10,
                    offset: 0,
                },
                now,
            };
            test.store.call_permissions_view(&question).await.unwrap().0
        };
        let given = view(600_000_000, Some("temporary")).await;
        assert_eq!(given.len(), 1, "{}", test.engine);
        let id = given[0].row.id;
        assert_eq!(view(700_000_000, None).await[0].row.status, "none");
        assert!(view(700_000_000, Some("temporary")).await.is_empty());
        for number in 0..4 {
            let id = format!("wacid.o{number}");
            let mut lost = events(&id, "BUSINESS_INITIATED", json!({ "status": "FAILED" }));
            lost.retain(|event| event.get("calls").is_some());
            for event in lost.iter().chain(&lost) {
                read(&test, &shop, "calls", event.clone()).await;
            }
        }
        let used = view(600_000_000, None).await;
        assert_eq!(
            (used[0].row.unanswered, used[0].row.status.as_str()),
            (4, "none")
        );
        let said = Allowance {
            status: Some("permanent"),
            requests_left: Some(0),
            calls_left: Some(98),
            again_at: Some(9 * DAY),
            expires_at: None,
        };
        test.store.call_permission_note(id, &said, 7).await.unwrap();
        let row = test.store.call_permission_find(id).await.unwrap().unwrap();
        assert_eq!(
            (row.status.as_str(), row.requests_left, row.calls_left),
            ("permanent", Some(0), Some(98))
        );
        let nobody = test
            .store
            .call_permission_view(Scope::Owner(shop.waba), id, 0)
            .await;
        assert!(nobody.unwrap().is_none());
    }
}
