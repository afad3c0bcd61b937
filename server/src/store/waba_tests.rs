//! WABAs, their numbers and logins with Facebook, on both engines.

use super::Scope;
use super::entities::{facebook_login, waba_number};
use super::testing::{TestStore, engines, person_row, waba_row};
use super::views::{Slice, WabaOrder, WabaQuestion};
use uuid::Uuid;

async fn owner(test: &TestStore, email: &str) -> Uuid {
    let person = person_row(email);
    let id = person.id;
    let txn = test.store.begin().await.unwrap();
    txn.person_insert_in_txn(person).await.unwrap();
    txn.commit().await.unwrap();
    id
}

fn number(waba: Uuid, phone_id: &str) -> waba_number::Model {
    waba_number::Model {
        id: Uuid::now_v7(),
        waba_id: waba,
        phone_id: phone_id.to_owned(),
        phone: "77272000111".to_owned(),
        name: None,
        status: None,
        quality: None,
        raw: "{}".to_owned(),
        seen_at: 1,
    }
}

#[tokio::test]
async fn numbers_are_seen_with_their_wabas_owner_only() {
    for test in engines().await {
        let (ann, ben) = (owner(&test, "ann").await, owner(&test, "ben").await);
        let row = waba_row(ann, "100", "Flowers");
        let txn = test.store.begin().await.unwrap();
        txn.waba_insert_in_txn(row.clone()).await.unwrap();
        for numbers in [
            vec![number(row.id, "1"), number(row.id, "2")],
            vec![number(row.id, "2")],
        ] {
            txn.waba_numbers_put_in_txn(row.id, numbers).await.unwrap();
        }
        txn.commit().await.unwrap();
        let seen = async |scope| test.store.waba_numbers(scope, row.id).await.unwrap().len();
        assert_eq!(seen(Scope::Owner(ann)).await, 1, "{}", test.engine);
        assert_eq!(seen(Scope::All).await, 1);
        assert_eq!(seen(Scope::Owner(ben)).await, 0);
        assert!(
            test.store
                .waba_of(Scope::Owner(ben), row.id)
                .await
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test]
async fn wabas_are_listed_searched_and_sorted_within_their_owner() {
    for test in engines().await {
        let (ann, ben) = (owner(&test, "ann").await, owner(&test, "ben").await);
        let txn = test.store.begin().await.unwrap();
        for row in [
            waba_row(ann, "", "Flowers"),
            waba_row(ann, "", "Books"),
            waba_row(ben, "100", "100% Tea"),
        ] {
            txn.waba_insert_in_txn(row).await.unwrap();
        }
        txn.commit().await.unwrap();
        let names = async |scope, search: &str, descending| {
            let question = WabaQuestion {
                scope,
                search,
                order: WabaOrder::Name,
                descending,
                slice: Slice {
                    limit: 10,
                    offset: 0,
                },
            };
            let (rows, total) = test.store.waba_rows_view(&question).await.unwrap();
            assert_eq!(i64::try_from(rows.len()).unwrap(), total);
            rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        assert_eq!(
            names(Scope::Owner(ann), "", true).await,
            ["Flowers", "Books"]
        );
        assert_eq!(names(Scope::All, "100%", false).await, ["100% Tea"]);
        assert_eq!(names(Scope::All, "ben", false).await, ["100% Tea"]);
        assert!(names(Scope::Owner(ann), "tea", false).await.is_empty());
    }
}

#[tokio::test]
async fn a_waba_goes_with_what_is_its() {
    for test in engines().await {
        let ann = owner(&test, "ann").await;
        let row = waba_row(ann, "100", "Flowers");
        let txn = test.store.begin().await.unwrap();
        txn.waba_insert_in_txn(row.clone()).await.unwrap();
        txn.waba_numbers_put_in_txn(row.id, vec![number(row.id, "1")])
            .await
            .unwrap();
        txn.waba_note_id_in_txn(row.id, "999").await.unwrap();
        txn.commit().await.unwrap();
        let known = test.store.waba_by_waba_id(ann, "100").await.unwrap();
        assert!(known.is_some(), "an id that is known stays");
        let txn = test.store.begin().await.unwrap();
        txn.waba_delete_in_txn(row.id).await.unwrap();
        txn.commit().await.unwrap();
        assert!(
            test.store.waba_find(row.id).await.unwrap().is_none(),
            "{}",
            test.engine
        );
    }
}

#[tokio::test]
async fn a_state_works_once_and_in_its_time() {
    for test in engines().await {
        let (ann, ben) = (owner(&test, "ann").await, owner(&test, "ben").await);
        let login = facebook_login::Model {
            id: Uuid::now_v7(),
            person_id: ann,
            state_hash: vec![1],
            session_hash: vec![2],
            token: None,
            found: None,
            created_at: 10,
            expires_at: 20,
        };
        test.store
            .facebook_login_begin(login.clone())
            .await
            .unwrap();
        let take = async |now| {
            test.store
                .facebook_login_take(&[1], &[9], now)
                .await
                .unwrap()
        };
        assert!(take(20).await.is_none(), "{}", test.engine);
        assert!(take(19).await.is_some());
        assert!(take(19).await.is_none());
        let find = async |person| {
            test.store
                .facebook_login_of(person, login.id, 19)
                .await
                .unwrap()
        };
        assert!(find(ann).await.is_some());
        assert!(find(ben).await.is_none());
        let txn = test.store.begin().await.unwrap();
        assert!(txn.facebook_login_end_in_txn(login.id).await.unwrap());
        assert!(!txn.facebook_login_end_in_txn(login.id).await.unwrap());
        txn.commit().await.unwrap();
        // One that nobody finishes goes with its token, whether another begins or not.
        let left = facebook_login::Model {
            id: Uuid::now_v7(),
            state_hash: vec![3],
            token: Some(vec![4]),
            ..login.clone()
        };
        test.store.facebook_login_begin(left.clone()).await.unwrap();
        let is_there = async || {
            let found = test.store.facebook_login_of(ann, left.id, 19).await;
            found.unwrap().is_some()
        };
        test.store.sessions_sweep(19, 0).await.unwrap();
        assert!(is_there().await);
        test.store.sessions_sweep(20, 0).await.unwrap();
        assert!(!is_there().await, "{}", test.engine);
    }
}
