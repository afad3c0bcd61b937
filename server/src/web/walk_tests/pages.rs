//! Every page, as everybody. The pages are the router's own list: a new one is walked from its first day.

use super::answer::Seat;
use super::things::Things;
use super::world::World;
use crate::store::testing::engines;
use app::App;
use axum::http::header;
use leptos_axum::generate_route_list;

/// All pages with one owner's ids.
fn paths(things: &Things) -> Vec<String> {
    let routes = generate_route_list(App);
    let filled = routes.iter().map(|route| {
        let path = route.path();
        let id = match path.split('/').nth(1) {
            Some("deliveries") if path.contains("destinations") => &things.destination,
            Some("wabas") => &things.waba,
            Some("phones") => &things.phone,
            Some("templates") => &things.template,
            Some("interactive") => &things.interactive,
            Some("portals") => &things.portal,
            Some("deliveries") => &things.delivery,
            Some("users") => &things.person,
            _ => "",
        };
        path.replace("{id}", id)
            .replace("{login}", &things.login)
            .replace("{pbx}", "asterisk")
            .replace("{line}", &things.line.to_string())
            .replace("{token}", "old")
    });
    filled.collect()
}

/// Whether a page is there for those who are not signed in.
fn is_gate(path: &str) -> bool {
    path == "/sign-in" || path.starts_with("/setup/")
}

/// Whether a page is about one thing of this owner.
fn is_about(path: &str, things: &Things) -> bool {
    let line = format!("/lines/{}", things.line);
    path == line || things.marks.iter().any(|mark| path.contains(mark))
}

/// The status for somebody who has no right to the thing, or to the page.
fn refusal(path: &str, things: &Things) -> u16 {
    if path == "/sign-in" {
        // Whoever is signed in goes on.
        302
    } else if path.starts_with("/wabas/connect/") {
        410
    } else if path.starts_with("/users/usr_") || ["/users", "/settings"].contains(&path) {
        403
    } else if is_about(path, things) {
        404
    } else {
        200
    }
}

#[test]
fn the_list_of_pages_is_whole() {
    let found = generate_route_list(App).len();
    assert!(found > 25, "{found}");
}

#[tokio::test]
async fn nobody_is_sent_to_sign_in() {
    for test in engines().await {
        let world = World::of(&test).await;
        for path in paths(&world.ann) {
            let what = format!("{path} on {}", test.engine);
            let answer = world.send(Seat::Nobody.page(&path)).await;
            answer.tells_nothing_of(&world.ann, &path, &what);
            if is_gate(&path) {
                assert_eq!(answer.status, 200, "{what}");
            } else {
                assert_eq!(answer.status, 302, "{what}");
                let to = answer.header(header::LOCATION);
                assert!(to.starts_with("/sign-in"), "{what}: {to}");
            }
            let framed = Seat::Frame("/frame/bogus".to_owned());
            let answer = world.send(framed.page(&path)).await;
            assert_eq!(answer.status, 401, "{what}");
        }
        for path in [
            "/connect/facebook",
            "/connect/facebook/callback?state=a&code=b",
        ] {
            let answer = world.send(Seat::Nobody.page(path)).await;
            assert_eq!(answer.status, 303, "{path}");
            assert!(
                answer
                    .header(header::LOCATION)
                    .starts_with("/sign-in?next=")
            );
        }
        for path in ["/live", "/frame/bogus/live"] {
            assert_eq!(
                world.send(Seat::Nobody.page(path)).await.status,
                401,
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn another_owner_is_shown_nothing() {
    for test in engines().await {
        let world = World::of(&test).await;
        let before = test.rows_naming(&world.ann.keys).await;
        let mut wrong = Vec::new();
        let seats = [
            world.seat("ben").await,
            Seat::Frame(world.ben.frame.clone()),
            Seat::Frame(world.admin.frame.clone()),
        ];
        for seat in &seats {
            let is_framed = matches!(seat, Seat::Frame(_));
            for path in paths(&world.ann) {
                let what = format!("{path} (framed: {is_framed}) on {}", test.engine);
                let answer = world.send(seat.page(&path)).await;
                answer.tells_nothing_of(&world.ann, &path, &what);
                // A frame may be kept out of more, and a line is its own portal's.
                let fits = if is_framed {
                    [200, 302, 303, 403, 404, 410].contains(&answer.status)
                } else {
                    answer.status == refusal(&path, &world.ann)
                };
                if !fits {
                    wrong.push(format!("{what}: {}", answer.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(test.rows_naming(&world.ann.keys).await, before);
    }
}

#[tokio::test]
async fn owners_and_admins_are_shown_their_pages() {
    for test in engines().await {
        let world = World::of(&test).await;
        let (ben, root) = (world.seat("ben").await, world.seat("root").await);
        let mut wrong = Vec::new();
        for (seat, things, is_admin) in [(ben, &world.ben, false), (root, &world.ann, true)] {
            for path in paths(things) {
                let what = format!("{path} (admin: {is_admin}) on {}", test.engine);
                let answer = world.send(seat.page(&path)).await;
                let wanted = match path.as_str() {
                    "/sign-in" => 302,
                    path if path.ends_with("/line") => 503,
                    path if path.starts_with("/lines/") => 404,
                    path if is_admin && path.starts_with("/wabas/connect/") => 410,
                    _ if is_admin => 200,
                    path if path.starts_with("/wabas/connect/") => 200,
                    path if is_about(path, things) && !path.starts_with("/users/") => 200,
                    path => refusal(path, things),
                };
                if answer.status != wanted {
                    wrong.push(format!("{what}: {}, not {wanted}", answer.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
