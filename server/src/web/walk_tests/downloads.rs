//! Files that are taken along: a table of calls, and configurations with and without a secret.

use super::answer::Seat;
use super::world::World;
use crate::store::CallingPart;
use crate::store::testing::{TestStore, engines};
use crate::vault::Place;
use axum::http::header;
use serde_json::json;

const PASSWORD: &str = "walk-sip-password";

/// Ann's calling is set up and its password known.
async fn calling(world: &World) {
    let state = &world.state;
    let phone = state.store.phone_by_any_id(&world.ann.phone_id).await;
    let phone = phone.unwrap().unwrap().id;
    let sealed = state
        .vault
        .seal(Place::SipPassword, phone, &PASSWORD.into());
    let metas = json!({ "status": "ENABLED", "srtp_key_exchange_protocol": "SDES",
        "sip": { "status": "ENABLED", "servers": [{ "hostname": "sip.ann.example", "port": 5061 }] } });
    let metas = metas.to_string();
    let parts = [
        CallingPart::Actual(&metas),
        CallingPart::Password(Some(&sealed)),
    ];
    let txn = state.store.begin().await.unwrap();
    txn.calling_keep_in_txn(phone, &parts, 1).await.unwrap();
    txn.commit().await.unwrap();
}

async fn revealed(test: &TestStore) -> usize {
    let kinds = test.texts("SELECT kind FROM calling_event").await;
    kinds.iter().filter(|kind| *kind == "revealed").count()
}

#[tokio::test]
async fn a_configuration_has_its_secret_only_where_it_was_asked_for() {
    for test in engines().await {
        let world = World::of(&test).await;
        calling(&world).await;
        let file = format!(
            "/phones/{}/calling/setup/asterisk/pjsip.conf",
            world.ann.phone
        );
        let own = [
            world.seat("ann").await,
            world.seat("root").await,
            Seat::Frame(world.ann.frame.clone()),
        ];
        for (count, seat) in own.iter().enumerate() {
            let plain = world.send(seat.page(&file)).await;
            assert_eq!(plain.status, 200, "{}", test.engine);
            assert!(plain.body.contains("sip.ann.example"));
            assert!(!plain.body.contains(PASSWORD));
            assert_eq!(plain.header(header::CACHE_CONTROL), "no-store");
            let named = plain.header(header::CONTENT_DISPOSITION);
            assert_eq!(named, "attachment; filename=\"pjsip.conf\"");
            assert_eq!(revealed(&test).await, count);
            let path = match seat {
                Seat::Frame(base) => format!("{base}{file}"),
                Seat::Nobody | Seat::Session(_) => file.clone(),
            };
            let whole = world.send(seat.plain_form(&path, &[])).await;
            assert_eq!(whole.status, 200, "{}", test.engine);
            assert!(whole.body.contains(PASSWORD));
            assert_eq!(whole.header(header::CACHE_CONTROL), "no-store");
            assert_eq!(revealed(&test).await, count + 1, "it stands in the history");
        }
        let none = format!("/phones/{}/calling/setup/asterisk/passwd", world.ann.phone);
        assert_eq!(world.send(own[0].page(&none)).await.status, 404);
    }
}

#[tokio::test]
async fn nobody_else_is_given_a_configuration() {
    for test in engines().await {
        let world = World::of(&test).await;
        calling(&world).await;
        let file = format!(
            "/phones/{}/calling/setup/asterisk/pjsip.conf",
            world.ann.phone
        );
        let ben = world.seat("ben").await;
        let frame = Seat::Frame(world.ben.frame.clone());
        let framed = format!("{}{file}", world.ben.frame);
        let asked = [
            (ben.page(&file), 404),
            (ben.plain_form(&file, &[]), 404),
            (frame.page(&file), 404),
            (frame.plain_form(&framed, &[]), 404),
            (Seat::Nobody.page(&file), 303),
            (Seat::Nobody.plain_form(&file, &[]), 303),
        ];
        for (place, (request, status)) in asked.into_iter().enumerate() {
            let answer = world.send(request).await;
            assert_eq!(answer.status, status, "{place} on {}", test.engine);
            assert!(!answer.body.contains(PASSWORD) && !answer.body.contains("sip.ann.example"));
        }
        assert_eq!(revealed(&test).await, 0, "{}", test.engine);
    }
}

#[tokio::test]
async fn a_table_of_calls_is_its_owners() {
    for test in engines().await {
        let world = World::of(&test).await;
        let ann = world.seat("ann").await;
        let table = world.send(ann.page("/calls.csv")).await;
        assert_eq!(table.status, 200, "{}", test.engine);
        assert!(table.body.starts_with("started_at,direction,"));
        assert_eq!(table.header(header::CACHE_CONTROL), "no-store");
        let nobody = world.send(Seat::Nobody.page("/calls.csv")).await;
        assert_eq!(nobody.status, 303);
        assert_eq!(nobody.header(header::LOCATION), "/sign-in?next=%2Fcalls");
    }
}
