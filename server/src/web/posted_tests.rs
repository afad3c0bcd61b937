//! Forms that go to their own page: kept on refusal, closed to strangers.

use super::walk_tests::{Answer, Seat, Things, World};
use crate::store::testing::engines;
use axum::body::Body;
use axum::http::{Request, header};

const BOUNDARY: &str = "thoth-test";

fn multipart(seat: &Seat, path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut body = String::new();
    for (name, value) in fields {
        let extra = if *name == "file" {
            "; filename=\"a.png\""
        } else {
            ""
        };
        let head = format!("Content-Disposition: form-data; name=\"{name}\"{extra}");
        body.push_str(&format!("--{BOUNDARY}\r\n{head}\r\n\r\n{value}\r\n"));
    }
    body.push_str(&format!("--{BOUNDARY}--\r\n"));
    let (mut parts, _) = seat.page(path).into_parts();
    parts.method = http::Method::POST;
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    parts
        .headers
        .insert(header::CONTENT_TYPE, kind.parse().unwrap());
    Request::from_parts(parts, Body::from(body))
}

async fn send(world: &World, seat: &Seat, things: &Things, fields: &[(&str, &str)]) -> Answer {
    let path = format!("/wabas/{}/templates/new", things.waba);
    world.send(multipart(seat, &path, fields)).await
}

#[tokio::test]
async fn what_was_typed_comes_back_with_what_is_wrong() {
    for test in engines().await {
        let world = World::of(&test).await;
        let long = "слово ".repeat(300);
        let seats = [
            world.seat("ben").await,
            Seat::Frame(world.ben.frame.clone()),
        ];
        for seat in seats {
            let fields = [
                ("name", "order_ready"),
                ("category", "UTILITY"),
                ("language", "ru"),
                ("header", "image"),
                ("file", "no picture"),
                ("body", long.as_str()),
                ("button-0-kind", "url"),
                ("button-0-text", "Отследить"),
                ("button-0-value", "example.com"),
            ];
            let answer = send(&world, &seat, &world.ben, &fields).await;
            assert_eq!(answer.status, 422, "{}", test.engine);
            for kept in ["order_ready", "слово слово", "Отследить", "example.com"]
            {
                assert!(answer.body.contains(kept), "{kept}");
            }
            // The words are too long, the file no picture, the address no address.
            assert_eq!(answer.body.matches("aria-invalid=\"true\"").count(), 3);
        }
    }
}

#[tokio::test]
async fn a_step_changes_the_form_without_sending_it() {
    let test = engines().await.remove(0);
    let world = World::of(&test).await;
    let seat = world.seat("ben").await;
    let fields = [("body", "Hi"), ("step", "variable")];
    let answer = send(&world, &seat, &world.ben, &fields).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("Hi {{1}}"));
    assert!(answer.body.contains("example-1"));
    assert!(!answer.body.contains("aria-invalid=\"true\""));
}

#[tokio::test]
async fn strangers_make_no_templates() {
    for test in engines().await {
        let world = World::of(&test).await;
        let before = test.rows_naming(&world.ann.keys).await;
        let fields = [
            ("name", "order_ready"),
            ("category", "UTILITY"),
            ("language", "ru"),
            ("body", "It is ready"),
        ];
        let asked = format!("{} {fields:?}", world.ann.waba);
        let nobody = send(&world, &Seat::Nobody, &world.ann, &fields).await;
        assert_eq!(nobody.status, 302, "{}", nobody.body);
        assert!(nobody.header(header::LOCATION).starts_with("/sign-in"));
        for seat in [
            world.seat("ben").await,
            Seat::Frame(world.ben.frame.clone()),
        ] {
            let answer = send(&world, &seat, &world.ann, &fields).await;
            assert_eq!(answer.status, 404, "{}", answer.body);
            answer.tells_nothing_of(&world.ann, &asked, "a new template");
        }
        // Meta is away: what is Ben's own is neither made nor half-saved.
        let seat = world.seat("ben").await;
        let own = send(&world, &seat, &world.ben, &fields).await;
        assert_eq!(own.status, 503);
        assert!(own.body.contains("order_ready"));
        assert_eq!(test.rows_naming(&world.ann.keys).await, before);
        let elsewhere = world.send(multipart(&seat, "/wabas/new", &fields)).await;
        assert_eq!(elsewhere.status, 405);
    }
}
