//! Every server function, as everybody.

use super::answer::Seat;
use super::row::Row;
use super::table::table;
use super::things::Things;
use super::world::World;
use crate::store::testing::{TestStore, engines};
use leptos::server_fn::axum::server_fn_paths;
use std::collections::BTreeSet;

#[test]
fn every_function_is_in_the_table() {
    let known: BTreeSet<String> = table().iter().map(Row::path).collect();
    assert_eq!(known.len(), table().len());
    let ours = server_fn_paths().filter(|(path, _)| path.starts_with("/api/panel/"));
    let ours = ours.map(|(path, method)| {
        assert_eq!(method, http::Method::POST, "{path}");
        path.to_owned()
    });
    assert_eq!(known, ours.collect());
}

/// Asks everything about these things; the caller has no right to them. Their rows stay as they were.
async fn refused(
    test: &TestStore,
    world: &World,
    seat: &Seat,
    things: &Things,
    fits: impl Fn(&Row, u16) -> bool,
) {
    let before = test.rows_naming(&things.keys).await;
    for row in table() {
        let what = format!("{} on {}", row.name, test.engine);
        let answer = world.send(row.request(seat, things)).await;
        assert!(
            fits(&row, answer.status),
            "{what}: {} {}",
            answer.status,
            answer.body
        );
        answer.tells_nothing_of(things, &row.asked(things), &what);
    }
    let after = test.rows_naming(&things.keys).await;
    assert_eq!(after, before, "on {}", test.engine);
}

/// The same for forms of a browser without a script: it is sent back, and learns as little.
async fn refused_plainly(test: &TestStore, world: &World, seat: &Seat, things: &Things) {
    let before = test.rows_naming(&things.keys).await;
    for row in table() {
        let Some(request) = row.plain_form(seat, things) else {
            continue;
        };
        let what = format!("the form of {} on {}", row.name, test.engine);
        let answer = world.send(request).await;
        assert_eq!(answer.status, 302, "{what}: {}", answer.body);
        answer.tells_nothing_of(things, &row.asked(things), &what);
    }
    assert_eq!(
        test.rows_naming(&things.keys).await,
        before,
        "on {}",
        test.engine
    );
}

#[tokio::test]
async fn nobody_is_answered_nothing() {
    for test in engines().await {
        let world = World::of(&test).await;
        for seat in [
            Seat::Nobody,
            Seat::Session("thoth=AAAAAAAAAAAAAAAAAAAAAA".to_owned()),
            Seat::Frame("/frame/bogus".to_owned()),
        ] {
            refused(&test, &world, &seat, &world.ann, |row, status| {
                status == row.nobody
            })
            .await;
            refused_plainly(&test, &world, &seat, &world.ann).await;
        }
    }
}

#[tokio::test]
async fn another_owner_finds_nothing() {
    for test in engines().await {
        let world = World::of(&test).await;
        let seat = world.seat("ben").await;
        refused(&test, &world, &seat, &world.ann, |row, status| {
            status == row.other
        })
        .await;
        let seat = world.seat("ben").await;
        refused_plainly(&test, &world, &seat, &world.ann).await;
    }
}

#[tokio::test]
async fn a_frame_is_no_admin_and_reaches_nothing_of_others() {
    for test in engines().await {
        let world = World::of(&test).await;
        for owner in [&world.ben, &world.admin] {
            let seat = Seat::Frame(owner.frame.clone());
            let fits = |row: &Row, status| status == row.frame;
            refused(&test, &world, &seat, &world.ann, fits).await;
            refused_plainly(&test, &world, &seat, &world.ann).await;
        }
    }
}

#[tokio::test]
async fn a_user_does_all_with_their_own_and_an_admin_with_everybodys() {
    for test in engines().await {
        let world = World::of(&test).await;
        let seat = world.seat("ben").await;
        for row in table() {
            let answer = world.send(row.request(&seat, &world.ben)).await;
            let what = format!("{} on {}: {}", row.name, test.engine, answer.body);
            assert_eq!(answer.status, row.own, "{what}");
        }
        let seat = world.seat("root").await;
        for row in table() {
            let answer = world.send(row.request(&seat, &world.ann)).await;
            let what = format!("{} on {}: {}", row.name, test.engine, answer.body);
            assert_eq!(answer.status, row.admin, "{what}");
        }
    }
}
