//! A phone's calling and its history, on both engines.

use super::testing::{TestStore, engines};
use super::{CallingPart, NewCallingEvent, Scope};
use crate::state::AppState;
use uuid::Uuid;

async fn phone(test: &TestStore) -> (AppState, Uuid) {
    let at = crate::backend::testing::request_at(test, "http://127.0.0.1:9").await;
    let phones = at.state.store.phones(Scope::All).await.unwrap();
    (at.state, phones[0].id)
}

#[tokio::test]
async fn one_at_a_time_is_at_it_with_meta() {
    for test in engines().await {
        let (state, phone) = phone(&test).await;
        let store = &state.store;
        assert!(store.calling_guard_take(phone, 100, 10).await.unwrap());
        assert!(!store.calling_guard_take(phone, 110, 20).await.unwrap());
        store.calling_guard_drop(phone, 99).await.unwrap();
        assert!(!store.calling_guard_take(phone, 110, 20).await.unwrap());
        // Whoever fell over does not keep it for ever.
        assert!(store.calling_guard_take(phone, 200, 100).await.unwrap());
        store.calling_guard_drop(phone, 200).await.unwrap();
        let free = store.calling_find(phone).await.unwrap().unwrap();
        assert_eq!(free.busy_until, None, "{}", test.engine);
    }
}

#[tokio::test]
async fn parts_are_written_and_the_others_stay() {
    for test in engines().await {
        let (state, phone) = phone(&test).await;
        let txn = state.store.begin().await.unwrap();
        let first = [
            CallingPart::Wanted("{}"),
            CallingPart::Actual("{\"a\":1}"),
            CallingPart::Error(Some("{}")),
            CallingPart::Drift(Some("[]")),
            CallingPart::Health("{}"),
            CallingPart::Trunk("{}"),
            CallingPart::Password(Some(&[1, 2])),
            CallingPart::Crm(true, Some(7)),
        ];
        txn.calling_keep_in_txn(phone, &first, 5).await.unwrap();
        let second = [CallingPart::Error(None), CallingPart::Drift(None)];
        txn.calling_keep_in_txn(phone, &second, 6).await.unwrap();
        txn.commit().await.unwrap();
        let row = state.store.calling_find(phone).await.unwrap().unwrap();
        assert_eq!((row.error, row.drift), (None, None), "{}", test.engine);
        assert_eq!((row.actual_at, row.trunk_at), (Some(5), Some(5)));
        assert_eq!((row.in_crm, row.crm_user), (true, Some(7)));
        assert_eq!(row.sip_password.as_deref(), Some([1, 2].as_slice()));
        assert_eq!(row.updated_at, 6);
    }
}

#[tokio::test]
async fn the_history_is_the_newest_first_and_goes_with_its_phone() {
    for test in engines().await {
        let (state, phone) = phone(&test).await;
        let event = |kind, detail| NewCallingEvent {
            phone,
            person: None,
            name: Some("ann@example.com"),
            kind,
            detail,
        };
        let txn = state.store.begin().await.unwrap();
        let saved = event("saved", "{}");
        txn.calling_event_in_txn(&saved, 1).await.unwrap();
        let said = event("restricted", "{\"a\":1}");
        assert!(txn.calling_event_once_in_txn(&said, 2).await.unwrap());
        assert!(!txn.calling_event_once_in_txn(&said, 3).await.unwrap());
        txn.commit().await.unwrap();
        let found = state.store.calling_events(phone, 200).await.unwrap();
        let kinds: Vec<&str> = found.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, ["restricted", "saved"], "{}", test.engine);
        let txn = state.store.begin().await.unwrap();
        txn.phone_delete_in_txn(phone).await.unwrap();
        txn.commit().await.unwrap();
        let found = state.store.calling_events(phone, 200).await.unwrap();
        assert!(found.is_empty());
    }
}
