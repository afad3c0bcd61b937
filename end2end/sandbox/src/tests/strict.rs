//! What a portal refuses, withholds and takes away.

use super::{Bench, CLIENT, MEMBER, SECRET, TOKEN};
use crate::world::Bound;
use serde_json::{Value, json};

fn at(bench: &Bench, path: &str) -> String {
    format!("{}{path}", bench.portal.trim_end_matches("/rest"))
}

fn switch(bench: &Bench, change: Value) {
    bench.shared.faults(|faults| faults.merge(change)).unwrap();
}

fn app(bench: &Bench) -> crate::world::LocalApp {
    bench
        .shared
        .world(|world| world.portals[0].app(CLIENT).cloned().unwrap())
}

/// What was sent to handlers since the beginning.
fn events(bench: &Bench) -> Vec<String> {
    bench.shared.journal(|journal| {
        let sent = journal.deliveries.iter();
        sent.map(|delivery| delivery.label.clone()).collect()
    })
}

#[tokio::test]
async fn an_update_renews_the_token_and_drops_what_was_bound() {
    let bench = Bench::start().await;
    bench.shared.world(|world| {
        let portal = &mut world.portals[0];
        portal.bound.push(Bound {
            id: 1,
            app: CLIENT.to_string(),
            event: "ONAPPUPDATE".to_string(),
            handler: "http://127.0.0.1:1/".to_string(),
            auth_type: 0,
        });
    });
    let before = app(&bench).application_token;
    let update = at(&bench, &format!("/devops/{CLIENT}/update"));
    bench.http.post(update).send().await.unwrap();
    assert_ne!(app(&bench).application_token, before);
    assert_eq!(app(&bench).version, 2);
    assert!(
        bench
            .shared
            .world(|world| world.portals[0].bound.is_empty())
    );
    assert!(events(&bench).contains(&"ONAPPUPDATE".to_string()));
}

#[tokio::test]
async fn other_permissions_wait_for_the_next_installation() {
    let bench = Bench::start().await;
    let url = at(&bench, &format!("/devops/{CLIENT}/"));
    let form = "name=THOTH&handler=http%3A%2F%2F127.0.0.1%3A1%2F&api_only=Y&scope=im";
    bench.http.post(&url).body(form).send().await.unwrap();
    assert!(app(&bench).has("imopenlines"));
    let page = bench
        .http
        .get(&url)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(page.contains("Reinstall the application to give them."));
    let again = at(&bench, &format!("/devops/{CLIENT}/reinstall"));
    bench.http.post(again).send().await.unwrap();
    assert_eq!(app(&bench).scopes, ["im"]);

    // Another kind of app is installed anew.
    let form = "name=THOTH&handler=http%3A%2F%2F127.0.0.1%3A1%2F&install=http%3A%2F%2F127.0.0.1%3A1%2Fi&scope=im";
    bench.http.post(&url).body(form).send().await.unwrap();
    assert!(!app(&bench).installed);
}

#[tokio::test]
async fn every_refusal_comes_with_its_status() {
    let bench = Bench::start().await;
    for (code, expected) in [
        ("ACCESS_DENIED", 403),
        ("user_access_error", 403),
        ("invalid_token", 401),
        ("authorization_error", 401),
        ("OVERLOAD_LIMIT", 503),
        ("PORTAL_DELETED", 500),
    ] {
        switch(&bench, json!({ "refuse": { "rest": code } }));
        let (status, answer) = bench.rest("profile", json!({})).await;
        assert_eq!((status, answer["error"].as_str()), (expected, Some(code)));
    }
    switch(
        &bench,
        json!({ "refuse": { "rest": "", "oauth": "PAYMENT_REQUIRED" } }),
    );
    let url = format!(
        "{}/oauth/token/?grant_type=refresh_token&client_id={CLIENT}&client_secret={SECRET}&refresh_token={}",
        bench.oauth,
        super::REFRESH
    );
    let answer: Value = bench
        .http
        .get(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(answer["error"], "PAYMENT_REQUIRED");

    let user = format!("{}/api/portals/{MEMBER}/users/1", bench.shared.ports.main());
    for (change, expected) in [
        (json!({ "admin": false }), None),
        (json!({ "dismissed": true }), Some("authorization_error")),
    ] {
        bench.http.post(&user).json(&change).send().await.unwrap();
        let (_, answer) = bench.rest("profile", json!({})).await;
        assert_eq!(answer["error"].as_str(), expected);
    }
    let back = json!({ "dismissed": false });
    bench.http.post(&user).json(&back).send().await.unwrap();
    bench.shared.world(|world| {
        world.portals[0].app_mut(CLIENT).unwrap().users = vec![27];
    });
    let (status, answer) = bench.rest("profile", json!({})).await;
    assert_eq!(
        (status, answer["error"].as_str()),
        (403, Some("user_access_error"))
    );
}

#[tokio::test]
async fn channels_say_what_they_are_and_lines_are_for_those_who_may() {
    let bench = Bench::start().await;
    for (line, data, good) in [
        (
            1,
            json!({ "ID": "one", "NAME": "One", "URL": "https://wa.me/1" }),
            true,
        ),
        (1, json!({ "ID": "one", "name": "One" }), false),
        (1, json!({ "NAME": "One" }), false),
        (2, json!({ "ID": "one" }), true),
        (2, json!({ "ID": "two" }), true),
    ] {
        let body = json!({ "CONNECTOR": "thoth_whatsapp", "LINE": line, "DATA": data });
        let (status, answer) = bench.rest("imconnector.connector.data.set", body).await;
        assert_eq!(status == 200, good, "{data} {answer}");
    }
    let warned = bench.shared.journal(|journal| {
        let twice = |entry: &&crate::journal::Entry| {
            entry
                .warnings
                .iter()
                .any(|it| it.contains("another channel"))
        };
        journal.entries.iter().filter(twice).count()
    });
    assert_eq!(warned, 1);
    bench.shared.world(|world| {
        let user = &mut world.portals[0].users[0];
        (user.admin, user.lines) = (false, false);
    });
    for (method, body) in [
        ("imopenlines.config.list.get", json!({})),
        ("imopenlines.config.get", json!({ "CONFIG_ID": 1 })),
    ] {
        let (status, answer) = bench.rest(method, body).await;
        let got = (status, answer["error"].as_str());
        assert_eq!(got, (403, Some("CONFIG_WRONG_USER_PERMISSION")));
    }
}

#[tokio::test]
async fn frames_and_events_may_bring_less() {
    let bench = Bench::start().await;
    assert!(bench.portal.starts_with("http://localhost:"));
    bench.shared.world(|world| {
        let app = world.portals[0].app_mut(CLIENT).unwrap();
        app.api_only = false;
        app.handler = "http://127.0.0.1:1/".to_string();
    });
    let url = at(&bench, &format!("/marketplace/app/{CLIENT}/"));
    let page = async || {
        bench
            .http
            .get(&url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    };
    let whole = page().await;
    assert!(whole.contains("APPLICATION_TOKEN") && !whole.contains("PLACEMENT_OPTIONS"));
    switch(
        &bench,
        json!({ "refuse": { "page_token": true, "options": true } }),
    );
    let bare = page().await;
    assert!(!bare.contains("APPLICATION_TOKEN"));
    assert!(bare.contains("name=\"PLACEMENT_OPTIONS\" value=\"undefined\""));

    let (send, mut taken) = tokio::sync::mpsc::unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let handler = format!("http://{}/", listener.local_addr().unwrap());
    let take = axum::routing::post(async move |body: axum::body::Bytes| {
        send.send(body).unwrap();
    });
    let router = axum::Router::new().route("/", take);
    tokio::spawn(async move { axum::serve(listener, router).await });
    bench
        .shared
        .world(|world| world.portals[0].apps[0].events_url = handler);
    for bare in [false, true] {
        switch(&bench, json!({ "events": { "no_token": bare } }));
        crate::operator::channel_off(
            &bench.shared,
            MEMBER,
            if bare { 1 } else { 2 },
            "thoth_whatsapp",
        )
        .unwrap();
        let event = crate::params::parse(&taken.recv().await.unwrap());
        assert_eq!(event["auth"].get("access_token").is_none(), bare);
        assert!(event["auth"]["application_token"].is_string());
    }
    assert_eq!(bench.rest("profile", json!({ "auth": TOKEN })).await.0, 200);
}
