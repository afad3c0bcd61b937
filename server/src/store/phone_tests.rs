//! One number is one phone, also in a database that was filled before that was so; on both engines.

use super::entities::phone;
use super::testing::{TestStore, engines, person_row, waba_row};
use uuid::Uuid;

async fn raw(test: &TestStore, sql: &str) {
    let txn = test.store.begin().await.unwrap();
    txn.run(sql, []).await.unwrap();
    txn.commit().await.unwrap();
}

async fn waba(test: &TestStore) -> (Uuid, Uuid) {
    let person = person_row("ann");
    let owner = person.id;
    let row = waba_row(owner, "100", "Flowers");
    let waba = row.id;
    let txn = test.store.begin().await.unwrap();
    txn.person_insert_in_txn(person).await.unwrap();
    txn.waba_insert_in_txn(row).await.unwrap();
    txn.commit().await.unwrap();
    (owner, waba)
}

#[tokio::test]
async fn two_phones_with_one_number_do_not_stop_the_migration() {
    for test in engines().await {
        let (owner, waba) = waba(&test).await;
        raw(&test, "DROP INDEX uq_phone_number").await;
        let txn = test.store.begin().await.unwrap();
        let old = phone::Model::new(owner, waba, "+77272000111", "1", 1);
        let young = phone::Model::new(owner, waba, "7 727 200-01-11", "2", 2);
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
        let read = phone::Model::new(owner, waba, "+77272000111", "1", 1);
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
