//! The doors of the app in Bitrix24's frame and its install events: what is forged there changes nothing of a
//! portal that lives, and no address a stranger names is called.

use super::doors::{an_event, one_text};
use bridge::facts::{APPLICATION_TOKEN, CLIENT, MEMBER};
use bridge::{Opening, World, on_both_engines};
use futures::FutureExt;
use reqwest::{Method, StatusCode, header};
use serde_json::json;
use tokio::net::TcpListener;

on_both_engines!(
    probes_are_answered_and_nonsense_is_not_read,
    a_page_opens_for_its_own_admins_alone,
    an_address_that_a_stranger_names_is_not_called,
    an_installation_is_proven_before_anything_is_kept,
    a_forged_install_event_leaves_a_living_portal_alone,
);

const DOORS: [&str; 6] = [
    "/app-install/",
    "/app-settings/",
    "/placement/",
    "/app-install",
    "/app-settings",
    "/placement",
];

const FOREIGN_MEMBER: &str = "ffffffffffffffffffffffffffffffff";

/// The admin and an employee of the portal.
const MARAT: u32 = 1;
const SVETLANA: u32 = 27;

/// The portal as THOTH knows it: an installation would change it.
async fn portal(world: &World) -> Vec<String> {
    let sql = "SELECT domain || ' ' || member_id || ' ' || client_id || ' ' || server_endpoint || ' ' || state || ' ' \
               || CAST(updated_at AS TEXT) || ' ' || COALESCE(CAST(installed_at AS TEXT), '-') FROM portal";
    let mut rows = world.database.texts(sql).await;
    let sql =
        "SELECT bitrix_user || ' ' || COALESCE(dead_reason, '-') FROM portal_token ORDER BY 1";
    rows.extend(world.database.texts(sql).await);
    rows
}

async fn frames(world: &World) -> usize {
    let sql = "SELECT bitrix_user FROM frame_session";
    world.database.texts(sql).await.len()
}

async fn waiting(world: &World) -> usize {
    let sql = "SELECT member_id FROM portal_install";
    world.database.texts(sql).await.len()
}

/// A host of a stranger's that notices calls.
struct Stranger {
    listener: TcpListener,
}

impl Stranger {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        Self {
            listener: listener.expect("a free port"),
        }
    }

    fn host(&self) -> String {
        let address = self.listener.local_addr().expect("it listens");
        address.to_string()
    }

    /// Nobody has called so far.
    fn was_left_alone(&self) -> bool {
        self.listener.accept().now_or_never().is_none()
    }
}

/// The customer's next message still arrives, and events of the portal are still taken.
async fn the_portal_lives(world: &World) {
    world
        .event(&an_event("ONAPPTEST", MEMBER, APPLICATION_TOKEN))
        .await;
    let taken = world
        .webhook(&one_text("wamid.after", "it still works"))
        .await;
    assert_eq!(taken, StatusCode::OK);
    world
        .sandbox
        .shown("+77015550101", &["it still works"])
        .await;
}

async fn probes_are_answered_and_nonsense_is_not_read(world: &mut World) {
    for door in DOORS {
        let url = format!("{}{door}", world.thoth.url);
        let ask = async |method: Method, body: &'static str| {
            let request = world.http.request(method, &url).body(body);
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let answer = request.send().await.expect("THOTH answers");
            let status = answer.status().as_u16();
            (status, answer.text().await.expect("a whole answer"))
        };
        assert_eq!(ask(Method::HEAD, "").await.0, 200, "{door}");
        let (status, page) = ask(Method::GET, "").await;
        assert_eq!(status, 200, "{door}");
        assert!(page.contains("opens inside Bitrix24"), "{door}: {page}");
        for nonsense in [
            "",
            "AUTH_ID=a",
            "member_id=a",
            "AUTH_ID=&member_id=",
            "=&&%zz=%",
            "AUTH_ID[]=a&member_id[x]=b",
        ] {
            let (status, page) = ask(Method::POST, nonsense).await;
            assert_eq!(status, 400, "{door} {nonsense}: {page}");
        }
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            assert_eq!(ask(method.clone(), "").await.0, 405, "{method} {door}");
        }
    }
    assert_eq!((frames(world).await, waiting(world).await), (0, 0));
}

async fn a_page_opens_for_its_own_admins_alone(world: &mut World) {
    world.app_with_pages().await;
    let other = world.app_new("Another").await;
    world.open(CLIENT, MARAT).await.finish(world).await;
    let before = portal(world).await;
    let admins = world.open(CLIENT, MARAT).await;
    let employees = world.open(CLIENT, SVETLANA).await;
    let others = world.open(&other, MARAT).await;
    let forged = |opening: &Opening| {
        opening
            .with("AUTH_ID", "forged-access-token")
            .with("REFRESH_ID", "forged-refresh-token")
    };
    for door in ["/app-settings/", "/placement/"] {
        for (what, opening) in [
            ("a forged token", forged(&admins)),
            (
                "a forged token of a portal nobody knows",
                forged(&admins).with("member_id", FOREIGN_MEMBER),
            ),
            ("an employee", employees.clone()),
            ("another app's token", others.clone()),
            (
                "another app's token for a portal nobody knows",
                others.with("member_id", FOREIGN_MEMBER),
            ),
        ] {
            let answer = opening.post(world, door).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{door} {what}");
            assert_eq!(frames(world).await, 0, "{door} {what}");
            assert_eq!(portal(world).await, before, "{door} {what}");
        }
    }
    let answer = admins.post(world, "/app-settings/").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(frames(world).await, 1);
    assert_eq!(portal(world).await, before);
    the_portal_lives(world).await;
}

async fn an_address_that_a_stranger_names_is_not_called(world: &mut World) {
    let stranger = Stranger::new().await;
    let host = stranger.host();
    let endpoint = format!("http://{host}/rest/");
    world.app_with_pages().await;
    let before = portal(world).await;
    let opening = world.open(CLIENT, MARAT).await;
    let foreign = opening
        .at_domain(&host)
        .with("SERVER_ENDPOINT", &endpoint)
        .with("DOMAIN", &host);
    let forged = foreign
        .with("AUTH_ID", "forged-access-token")
        .with("REFRESH_ID", "forged-refresh-token");
    let nobodys = forged.with("member_id", FOREIGN_MEMBER);
    for (door, status) in [
        ("/app-settings/", StatusCode::FORBIDDEN),
        ("/placement/", StatusCode::FORBIDDEN),
        ("/app-install/", StatusCode::OK),
    ] {
        for opening in [&forged, &nobodys] {
            let answer = opening.post(world, door).await;
            assert_eq!(answer.status(), status, "{door}");
            let page = answer.text().await.expect("a whole page");
            assert!(!page.contains("is installed"), "{door}: {page}");
        }
    }
    // A true token opens the page of the portal it is for, wherever the call says that is.
    let answer = foreign.post(world, "/app-settings/").await;
    let place = answer.headers().get(header::LOCATION).cloned();
    let place = place.expect("the page opens");
    let url = format!("{}{}", world.thoth.url, place.to_str().expect("a path"));
    let shown = world.http.get(url).send().await.expect("THOTH answers");
    let policy = shown.headers().get(header::CONTENT_SECURITY_POLICY);
    let policy = policy.expect("a page has a policy").to_str();
    let policy = policy.expect("a policy is text");
    assert!(policy.contains(&world.sandbox.portal), "{policy}");
    assert!(!policy.contains(&host), "{policy}");

    let event = [
        ("event", "ONAPPINSTALL"),
        ("auth[access_token]", "forged-access-token"),
        ("auth[refresh_token]", "forged-refresh-token"),
        ("auth[member_id]", MEMBER),
        ("auth[application_token]", "forged-application-token"),
        ("auth[domain]", &host),
        ("auth[client_endpoint]", &endpoint),
        ("auth[server_endpoint]", &endpoint),
    ];
    assert_eq!(world.event(&event).await, StatusCode::FORBIDDEN);
    assert_eq!(portal(world).await, before);
    assert_eq!(waiting(world).await, 0);
    the_portal_lives(world).await;
    assert!(stranger.was_left_alone(), "{host} was called");
}

async fn an_installation_is_proven_before_anything_is_kept(world: &mut World) {
    world.app_with_pages().await;
    let other = world.app_new("Another").await;
    let before = portal(world).await;
    let own = world.open(CLIENT, MARAT).await;
    let others = world.open(&other, MARAT).await;
    let page = async |opening: &Opening| {
        let answer = opening.post(world, "/app-install/").await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.text().await.expect("a whole page")
    };
    // A page shown again brings tokens that are spent: its administrator is known, and nothing is written.
    for (what, opening) in [
        (
            "a forged refresh token",
            own.with("REFRESH_ID", "forged-refresh-token"),
        ),
        (
            "another app's refresh token",
            own.with("REFRESH_ID", others.value("REFRESH_ID")),
        ),
    ] {
        page(&opening).await;
        assert_eq!(portal(world).await, before, "{what}");
        assert_eq!(waiting(world).await, 0, "{what}");
    }
    for (what, opening) in [
        ("a forged token", own.with("AUTH_ID", "forged-access-token")),
        (
            "forged tokens of a portal nobody knows",
            own.with("AUTH_ID", "forged-access-token")
                .with("member_id", FOREIGN_MEMBER),
        ),
    ] {
        let shown = page(&opening).await;
        assert!(
            shown.contains("The installation was refused"),
            "{what}: {shown}"
        );
        assert!(!shown.contains("installFinish"), "{what}: {shown}");
        assert_eq!(portal(world).await, before, "{what}");
        assert_eq!(waiting(world).await, 0, "{what}");
    }
    // Another app is no portal's here: it waits for its keys, and the living one does not notice.
    let shown = page(&others.with("APPLICATION_TOKEN", "forged-application-token")).await;
    assert!(shown.contains(&other), "{shown}");
    assert!(!shown.contains("installFinish"), "{shown}");
    assert_eq!((portal(world).await, waiting(world).await), (before, 1));
    the_portal_lives(world).await;
}

async fn a_forged_install_event_leaves_a_living_portal_alone(world: &mut World) {
    let before = portal(world).await;
    let endpoint = format!("http://{}/rest/", world.sandbox.portal);
    let server = format!("{}/rest/", world.sandbox.oauth);
    let forge = |event: &'static str, token: &'static str| {
        vec![
            ("event", event.to_string()),
            ("auth[access_token]", token.to_string()),
            ("auth[refresh_token]", "forged-refresh-token".to_string()),
            ("auth[member_id]", MEMBER.to_string()),
            (
                "auth[application_token]",
                "forged-application-token".to_string(),
            ),
            ("auth[client_endpoint]", endpoint.clone()),
            ("auth[server_endpoint]", server.clone()),
            ("auth[scope]", "imconnector".to_string()),
        ]
    };
    let post = async |form: &[(&str, String)]| {
        let form: Vec<_> = form
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .collect();
        world.event(&form).await
    };
    for event in ["ONAPPINSTALL", "ONAPPUPDATE"] {
        // The second knows a true access token, as every employee does: without its refresh token it is worth nothing.
        for token in ["forged-access-token", bridge::facts::ACCESS_TOKEN] {
            let status = post(&forge(event, token)).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{event} {token}");
            assert_eq!(portal(world).await, before, "{event} {token}");
        }
        let tokenless: Vec<_> = forge(event, "")
            .into_iter()
            .filter(|(key, _)| *key != "auth[access_token]")
            .collect();
        assert_eq!(post(&tokenless).await, StatusCode::BAD_REQUEST, "{event}");
    }
    // While nobody can be asked it is kept for later, and later it is found out.
    world
        .sandbox
        .faults(json!({ "oauth": { "down": true } }))
        .await;
    for event in ["ONAPPINSTALL", "ONAPPUPDATE"] {
        let status = post(&forge(event, "forged-access-token")).await;
        assert_eq!(status, StatusCode::OK, "{event}");
    }
    world.sandbox.faults_clear().await;
    assert_eq!(portal(world).await, before);
    let forged = an_event("ONAPPTEST", MEMBER, "forged-application-token");
    assert_eq!(world.event(&forged).await, StatusCode::FORBIDDEN);
    the_portal_lives(world).await;
}
