//! Remote systems that are slow or gone: every page and every form of the panel answers all the same and says what
//! could not be asked. How long it took is not measured; a browser's patience is the only limit.

use bridge::facts::{APPLICATION_TOKEN, CLIENT, MEMBER};
use bridge::{Opening, Panel, World, on_both_engines};
use futures::future::join_all;
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

on_both_engines!(slow_remotes_hang_no_page, absent_remotes_break_no_page,);

const MARAT: u32 = 1;

/// What is there before it gets silent.
struct Before {
    panel: Panel,
    waba: String,
    phone: String,
    portal: String,
    /// An installation that waits for a portal with this client id.
    waiting: String,
    opening: Opening,
}

async fn before(world: &World) -> Before {
    world.app_with_pages().await;
    let waiting = world.app_new("Another").await;
    let answer = world.open(&waiting, MARAT).await;
    answer.post(world, "/app-install/").await;
    let panel = Panel::sign_in(world).await;
    let saved = [
        ("app_id", bridge::facts::APP),
        ("app_secret", bridge::facts::APP_SECRET),
    ];
    let saved = panel.through("meta_app_save", &saved).await;
    assert_eq!(saved.status, 200, "{}", saved.body);
    Before {
        waba: panel.page("/wabas").await.id("waba"),
        phone: panel.page("/phones").await.id("phn"),
        portal: panel.page("/portals").await.id("prt"),
        opening: world.open(CLIENT, MARAT).await,
        panel,
        waiting,
    }
}

async fn slow_remotes_hang_no_page(world: &mut World) {
    let before = before(world).await;
    let slow = json!({ "latency_ms": 60_000 });
    let all = json!({ "graph": slow, "portal": slow, "oauth": slow });
    all_answers(world, &before, all).await;
}

async fn absent_remotes_break_no_page(world: &mut World) {
    let before = before(world).await;
    let down = json!({ "down": true });
    let all = json!({ "graph": down, "portal": down, "oauth": down });
    all_answers(world, &before, all).await;
}

async fn all_answers(world: &World, before: &Before, faults: Value) {
    world.sandbox.faults(faults).await;
    pages_are_shown(before).await;
    // Each waits as long as a person does; so all of them wait together.
    tokio::join!(
        lines_say_who_is_silent(before),
        wabas_are_saved_unasked(before),
        phones_are_saved_unasked(before),
        logins_say_who_is_silent(before),
        portals_wait_on(before),
        checks_are_taken(before),
        the_frame_says_who_is_silent(world, before),
        events_are_taken(world, before),
    );
    pages_are_shown(before).await;
}

/// Pages read the database alone.
async fn pages_are_shown(before: &Before) {
    let Before {
        panel,
        waba,
        phone,
        portal,
        ..
    } = before;
    let mut paths: Vec<String> = [
        "/",
        "/wabas",
        "/wabas/new",
        "/phones",
        "/phones/new",
        "/portals",
        "/portals/new",
        "/users",
        "/users/new",
        "/account",
        "/settings",
        "/deliveries",
    ]
    .map(str::to_string)
    .into();
    for thing in [
        format!("/wabas/{waba}"),
        format!("/phones/{phone}"),
        format!("/portals/{portal}"),
    ] {
        paths.extend(["", "/edit", "/delete"].map(|end| format!("{thing}{end}")));
    }
    let shown = join_all(paths.iter().map(|path| panel.page(path))).await;
    for (path, shown) in paths.iter().zip(shown) {
        assert_eq!(shown.status, 200, "{path}: {}", shown.body);
    }
}

async fn lines_say_who_is_silent(before: &Before) {
    let ask = json!({ "id": before.phone });
    let asked = before.panel.ask("phone_lines", &ask).await;
    assert_eq!(asked.status, 503, "{}", asked.body);
    assert!(asked.body.contains("remote_silent"), "{}", asked.body);
    let path = format!("/phones/{}/line", before.phone);
    let shown = before.panel.page(&path).await;
    assert_eq!(shown.status, 503);
    assert!(
        shown.body.contains("Bitrix24 did not answer"),
        "{}",
        shown.body
    );
}

async fn wabas_are_saved_unasked(before: &Before) {
    let typed = [
        ("name", "Typed in silence"),
        ("access_token", "EAAtypedInSilence"),
        ("waba_id", "200300400500777"),
    ];
    let shown = before.panel.through("waba_add", &typed).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("Typed in silence"), "{}", shown.body);
    assert!(shown.says("waba.says.meta_silent"), "{}", shown.body);
    let id = [("id", before.waba.as_str())];
    let shown = before.panel.through("waba_check", &id).await;
    assert!(shown.says("waba.says.meta_silent"), "{}", shown.body);
    let edit = [("id", before.waba.as_str()), ("name", "Renamed in silence")];
    let shown = before.panel.through("waba_edit", &edit).await;
    assert!(shown.body.contains("Renamed in silence"), "{}", shown.body);
    assert!(shown.says("waba.says.meta_silent"), "{}", shown.body);
}

async fn phones_are_saved_unasked(before: &Before) {
    let typed = [
        ("waba", before.waba.as_str()),
        ("phone", "+77272333000"),
        ("phone_id", "888000333"),
        ("portal", before.portal.as_str()),
    ];
    let shown = before.panel.through("phone_save", &typed).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("77272333000"), "{}", shown.body);
    assert!(shown.says("check.never"), "{}", shown.body);
}

async fn logins_say_who_is_silent(before: &Before) {
    let begun = before.panel.page("/connect/facebook").await;
    assert_eq!(begun.status, 303);
    let (_, rest) = begun.location.split_once("state=").expect("a state");
    let state = rest.split('&').next().unwrap_or_default();
    let back = format!("/connect/facebook/callback?state={state}&code=a-code");
    let back = before.panel.page(&back).await;
    assert_eq!(back.status, 303);
    let shown = before.panel.page(&back.location).await;
    assert!(shown.body.contains("Meta did not answer"), "{}", shown.body);
    let saved = [
        ("app_id", bridge::facts::APP),
        ("app_secret", bridge::facts::APP_SECRET),
    ];
    let saved = before.panel.through("meta_app_save", &saved).await;
    assert_eq!(saved.status, 200, "{}", saved.body);
}

async fn portals_wait_on(before: &Before) {
    let typed = [
        ("name", "Saved in silence"),
        ("client_id", before.waiting.as_str()),
        ("client_secret", "typed-in-silence"),
    ];
    let shown = before.panel.through("portal_save", &typed).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("Saved in silence"), "{}", shown.body);
    assert!(shown.says("portals.state.needs_install"), "{}", shown.body);
}

/// What is checked behind the page is asked for and not waited for.
async fn checks_are_taken(before: &Before) {
    for (name, id) in [
        ("phone_check", &before.phone),
        ("phone_link", &before.phone),
        ("portal_check", &before.portal),
    ] {
        let shown = before.panel.through(name, &[("id", id.as_str())]).await;
        assert_eq!(shown.status, 200, "{name}: {}", shown.body);
    }
}

async fn the_frame_says_who_is_silent(world: &World, before: &Before) {
    for door in ["/app-settings/", "/placement/"] {
        let answer = before.opening.post(world, door).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{door}");
        let page = answer.text().await.expect("a whole page");
        assert!(page.contains("could not confirm who is looking"), "{page}");
        assert!(page.contains("Try again"), "{page}");
    }
    let answer = before.opening.post(world, "/app-install/").await;
    let page = answer.text().await.expect("a whole page");
    assert!(page.contains("The portal did not answer"), "{page}");
    assert!(
        page.contains("Try again") && !page.contains("installFinish"),
        "{page}"
    );
}

/// An installation that nobody can prove now is kept: Bitrix24 does not repeat it.
async fn events_are_taken(world: &World, before: &Before) {
    let server = format!("{}/rest/", world.sandbox.oauth);
    let event = [
        ("event", "ONAPPINSTALL"),
        ("auth[access_token]", before.opening.value("AUTH_ID")),
        ("auth[refresh_token]", before.opening.value("REFRESH_ID")),
        ("auth[member_id]", MEMBER),
        ("auth[application_token]", APPLICATION_TOKEN),
        ("auth[domain]", &world.sandbox.portal),
        ("auth[server_endpoint]", &server),
    ];
    let request = world.http.post(world.bitrix_door()).form(&event);
    let request = request.header(header::ACCEPT, "*/*");
    let answer = request.send().await.expect("THOTH answers");
    assert_eq!(answer.status(), StatusCode::OK);
}
