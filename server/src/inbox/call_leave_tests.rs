//! The ledger of who may be called, on both engines.

use super::call_shop::{Shop, events, read, shop};
use super::chat;
use crate::connect::waba::templates::facts_of;
use crate::outbox::{CustomerContent, DeliveryKind, DestinationKind, NewDelivery};
use crate::store::NewMessage;
use crate::store::entities::message;
use crate::store::testing::{TestStore, engines};
use serde_json::{Value, json};

const STATUS: &str = "SELECT status FROM call_permission";
const ASKS_META: &str = "SELECT kind FROM errand";

/// A message of this kind that Meta has taken, and what it carried.
async fn taken(
    test: &TestStore,
    shop: &Shop,
    kind: &str,
    content: Value,
) -> (message::Model, String) {
    let sent = CustomerContent {
        kind: kind.to_owned(),
        content,
        marketing: false,
    };
    let payload = serde_json::to_string(&sent).unwrap();
    let txn = test.store.begin().await.unwrap();
    let contact = txn.contact_resolve_in_txn(shop.waba, Some("77015550101"), None, None, 1);
    let contact = contact.await.unwrap();
    let conversation = txn.conversation_ensure_in_txn(shop.phone, contact.id, 1);
    let conversation = conversation.await.unwrap();
    let new = NewMessage {
        owner: shop.owner,
        phone: shop.phone,
        conversation: conversation.id,
        direction: "out",
        wamid: Some("wamid.1"),
        fingerprint: 0,
        kind,
        text: "",
        origin: None,
        part: 0,
        status: "accepted",
    };
    let id = txn.message_insert_in_txn(&new, 1).await.unwrap().unwrap();
    let delivery = NewDelivery {
        owner: shop.owner,
        destination: DestinationKind::Phone,
        target: shop.phone,
        kind: DeliveryKind::OutboundContent,
        phone: shop.phone,
        conversation: conversation.id,
        message: Some(id),
        payload: payload.clone(),
    };
    txn.delivery_enqueue(delivery.clone(), 1);
    let message = txn.message_out_by_id_in_txn(shop.phone, id).await.unwrap();
    txn.commit().await.unwrap();
    (message.unwrap(), payload)
}

async fn sent(test: &TestStore, message: &message::Model, payload: &str) {
    let txn = test.store.begin().await.unwrap();
    chat::sent_in_txn(&txn, message, payload, 9).await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn a_template_that_asks_is_a_request() {
    for test in engines().await {
        let shop = shop(&test).await;
        for (name, part) in [
            ("may_we_call", "CALL_PERMISSION_REQUEST"),
            ("hello", "FOOTER"),
        ] {
            let raw = json!({ "id": name, "name": name, "language": "ru", "status": "APPROVED", "category": "UTILITY",
                "components": [{ "type": "BODY", "text": "Hello" }, { "type": part, "text": "x" }] });
            let txn = test.store.begin().await.unwrap();
            let kept = txn.template_keep_in_txn(shop.waba, facts_of(0, &raw), 1);
            kept.await.unwrap();
            txn.commit().await.unwrap();
        }
        let content = |name: &str| json!({ "name": name, "language": { "code": "ru" } });
        let (message, payload) = taken(&test, &shop, "template", content("may_we_call")).await;
        for other in ["hello", "gone"] {
            let plain = CustomerContent {
                kind: "template".to_owned(),
                content: content(other),
                marketing: false,
            };
            sent(&test, &message, &serde_json::to_string(&plain).unwrap()).await;
        }
        assert!(test.texts(STATUS).await.is_empty(), "{}", test.engine);
        sent(&test, &message, &payload).await;
        assert_eq!(test.texts(STATUS).await, ["asked"], "{}", test.engine);
        assert_eq!(test.texts(ASKS_META).await, ["call_permission"]);
    }
}

#[tokio::test]
async fn a_request_that_never_arrived_asked_nobody() {
    for test in engines().await {
        let shop = shop(&test).await;
        let content = json!({ "type": "call_permission_request" });
        let (message, payload) = taken(&test, &shop, "interactive", content).await;
        sent(&test, &message, &payload).await;
        assert_eq!(test.texts(STATUS).await, ["asked"]);
        let failed = json!({ "statuses": [{ "id": "wamid.1", "status": "failed", "timestamp": "1000",
            "errors": [{ "code": 138_009, "title": "Limit" }] }] });
        for _ in 0..2 {
            read(&test, &shop, "messages", failed.clone()).await;
        }
        assert_eq!(test.texts(STATUS).await, ["none"], "{}", test.engine);
    }
}

#[tokio::test]
async fn only_calls_that_reached_the_customer_count_as_unanswered() {
    for test in engines().await {
        let shop = shop(&test).await;
        let calls = [
            ("wacid.1", json!({ "status": "FAILED" }), "1"),
            // Meta says why: it never rang.
            (
                "wacid.2",
                json!({ "status": "FAILED", "errors": [{ "code": 138_001 }] }),
                "1",
            ),
            ("wacid.3", json!({ "status": "FAILED" }), "2"),
            (
                "wacid.4",
                json!({ "status": "COMPLETED", "duration": 5 }),
                "0",
            ),
        ];
        for (id, end, unanswered) in calls {
            let mut end = end;
            let errors = end.as_object_mut().unwrap().remove("errors");
            let mut told = events(id, "BUSINESS_INITIATED", end);
            if let Some(errors) = errors {
                told[3]["errors"] = errors;
            }
            // Nobody accepted it.
            for event in [&told[0], &told[3], &told[3]] {
                read(&test, &shop, "calls", event.clone()).await;
            }
            let counted = "SELECT CAST(unanswered AS TEXT) FROM call_permission";
            let found = test.texts(counted).await;
            assert_eq!(found, [unanswered], "{id} on {}", test.engine);
        }
        assert_eq!(test.texts(ASKS_META).await, ["call_permission"]);
    }
}

#[tokio::test]
async fn an_answer_counts_for_a_phone_without_a_portal() {
    for test in engines().await {
        let shop = shop(&test).await;
        test.run("UPDATE phone SET portal_id = NULL").await;
        let reply = json!({ "messages": [{ "from": "77015550101", "id": "wamid.9", "timestamp": "1000",
            "type": "interactive", "interactive": { "type": "call_permission_reply",
                "call_permission_reply": { "response": "accept", "is_permanent": true } } }] });
        for _ in 0..2 {
            read(&test, &shop, "messages", reply.clone()).await;
        }
        assert_eq!(test.texts(STATUS).await, ["permanent"], "{}", test.engine);
    }
}
