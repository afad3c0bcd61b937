//! A shop whose phone is linked to a portal that shows calls, and what Meta tells it.

use super::batch::Batch;
use super::from_meta;
use crate::store::Scope;
use crate::store::entities::{phone, portal, receipt};
use crate::store::testing::{TestStore, person_row, waba_row};
use crate::store::views::{CallOrder, CallQuestion, CallView, Slice};
use crate::whatsapp::wire;
use serde_json::{Value, json};
use uuid::Uuid;

/// An owner whose phone is linked to a portal that shows calls.
pub(super) struct Shop {
    pub owner: Uuid,
    pub phone: Uuid,
    pub waba: Uuid,
}

pub(super) async fn shop(test: &TestStore) -> Shop {
    let (portal_id, phone_id) = (Uuid::now_v7(), Uuid::now_v7());
    let txn = test.store.begin().await.unwrap();
    let person = person_row("ann@example.com");
    let waba = waba_row(person.id, "100", "Shop");
    let (owner, waba_id) = (person.id, waba.id);
    txn.person_insert_in_txn(person).await.unwrap();
    txn.waba_insert_in_txn(waba).await.unwrap();
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

/// Reads a webhook about the shop's phone and its customer.
pub(super) async fn read(test: &TestStore, shop: &Shop, field: &str, mut value: Value) {
    value["contacts"] = json!([{ "wa_id": "77015550101", "profile": { "name": "Aigerim" } }]);
    read_bare(test, shop, field, value).await;
}

/// The same, where nobody is named beside it.
pub(super) async fn read_bare(test: &TestStore, shop: &Shop, field: &str, mut value: Value) {
    value["metadata"] = json!({ "phone_number_id": "777", "display_phone_number": "77272000111" });
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
    txn.commit().await.unwrap();
}

/// The events of one call, each in a webhook of its own.
pub(super) fn events(id: &str, direction: &str, end: Value) -> Vec<Value> {
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

/// All calls that may be seen.
pub(super) async fn calls(test: &TestStore, scope: Scope) -> Vec<CallView> {
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
