//! One number is one phone, also in a database that was filled before that was so; on both engines.

use super::entities::{person, phone, waba};
use super::testing::{TestStore, engines};
use uuid::Uuid;

async fn raw(test: &TestStore, sql: &str) {
    let txn = test.store.begin().await.unwrap();
    txn.run(sql, []).await.unwrap();
    txn.commit().await.unwrap();
}

fn phone(owner: Uuid, waba: Uuid, number: &str, phone_id: &str, created_at: i64) -> phone::Model {
    phone::Model {
        id: Uuid::now_v7(),
        owner_id: owner,
        waba_id: waba,
        portal_id: None,
        phone: number.to_owned(),
        phone_id: phone_id.to_owned(),
        line_id: None,
        connector: None,
        sms_service: false,
        link_state: "not_linked".to_owned(),
        link_reason: None,
        link_checked_at: None,
        name: None,
        pin: None,
        line_wanted: None,
        heard_at: None,
        created_at,
        updated_at: created_at,
    }
}

async fn waba(test: &TestStore) -> (Uuid, Uuid) {
    let (owner, waba) = (Uuid::now_v7(), Uuid::now_v7());
    let txn = test.store.begin().await.unwrap();
    txn.person_insert_in_txn(person::Model {
        id: owner,
        email: "ann".to_owned(),
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
        id: waba,
        owner_id: owner,
        waba_id: "100".to_owned(),
        name: "Flowers".to_owned(),
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
    txn.commit().await.unwrap();
    (owner, waba)
}

#[tokio::test]
async fn two_phones_with_one_number_do_not_stop_the_migration() {
    for test in engines().await {
        let (owner, waba) = waba(&test).await;
        raw(&test, "DROP INDEX uq_phone_number").await;
        let txn = test.store.begin().await.unwrap();
        let old = phone(owner, waba, "+77272000111", "1", 1);
        let young = phone(owner, waba, "7 727 200-01-11", "2", 2);
        for row in [&young, &old] {
            txn.phone_insert_in_txn(row.clone()).await.unwrap();
        }
        txn.commit().await.unwrap();
        // As it was before the column was there.
        raw(&test, "ALTER TABLE phone DROP COLUMN number").await;
        raw(&test, "ALTER TABLE phone DROP COLUMN register_after").await;
        raw(
            &test,
            "DELETE FROM seaql_migrations WHERE version = 'm0013_numbers'",
        )
        .await;
        test.store.migrate().await.unwrap();
        let found = test.store.phone_by_number("7-727-2000111").await.unwrap();
        assert_eq!(found.unwrap().id, old.id, "{}", test.engine);
        assert_eq!(test.store.phones_of_waba(waba).await.unwrap().len(), 2);

        let txn = test.store.begin().await.unwrap();
        assert!(txn.phone_edit_in_txn(&young).await.is_err());
        drop(txn);
        let txn = test.store.begin().await.unwrap();
        txn.phone_update_in_txn(young.clone()).await.unwrap();
        let moved = phone::Model {
            phone: "+77272000112".to_owned(),
            ..young
        };
        assert!(txn.phone_edit_in_txn(&moved).await.unwrap());
        txn.commit().await.unwrap();
        let found = test.store.phone_by_number("+77272000112").await.unwrap();
        assert_eq!(found.unwrap().id, moved.id);
    }
}

#[tokio::test]
async fn what_a_form_writes_leaves_the_rest_alone() {
    for test in engines().await {
        let (owner, waba) = waba(&test).await;
        let read = phone(owner, waba, "+77272000111", "1", 1);
        let txn = test.store.begin().await.unwrap();
        txn.phone_insert_in_txn(read.clone()).await.unwrap();
        txn.commit().await.unwrap();
        assert!(test.store.phone_pin_first(read.id, b"pin").await.unwrap());
        test.store.heard_note(&[], &[read.id], 7).await.unwrap();
        let txn = test.store.begin().await.unwrap();
        let edited = phone::Model {
            sms_service: true,
            ..read
        };
        assert!(txn.phone_edit_in_txn(&edited).await.unwrap());
        txn.commit().await.unwrap();
        let now = test.store.phone_find(edited.id).await.unwrap().unwrap();
        assert_eq!(
            (now.sms_service, now.heard_at, now.pin.as_deref()),
            (true, Some(7), Some(b"pin".as_slice())),
            "{}",
            test.engine
        );
    }
}
