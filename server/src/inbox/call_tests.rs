//! Webhooks of calls, read in every order and twice, on both engines.

use super::call_shop::{calls, events, read, shop};
use crate::store::testing::engines;
use crate::store::views::{CallPermissionQuestion, Slice};
use crate::store::{Allowance, Scope};
use serde_json::json;
use uuid::Uuid;

const DAY: i64 = 86_400_000;

/// All orders of so many things.
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

#[tokio::test]
async fn whom_a_call_is_with_may_be_told_later() {
    for test in engines().await {
        let shop = shop(&test).await;
        let hidden = json!({ "id": "wacid.h", "event": "connect", "direction": "USER_INITIATED", "timestamp": "1000" });
        let body = json!({ "calls": [hidden] });
        super::call_shop::read_bare(&test, &shop, "calls", body).await;
        assert_eq!(calls(&test, Scope::All).await[0].customer, "");
        let end = json!({ "id": "wacid.h", "from": "KZ.2044", "event": "terminate", "timestamp": "1020" });
        super::call_shop::read_bare(&test, &shop, "calls", json!({ "calls": [end] })).await;
        let found = calls(&test, Scope::All).await;
        assert_eq!((found.len(), found[0].customer.as_str()), (1, "KZ.2044"));
        assert_eq!(found[0].outcome, "missed", "{}", test.engine);
    }
}
