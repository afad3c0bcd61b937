use super::router;
use crate::accounts::{Accounts, Email, Password, Role};
use crate::config::Config;
use crate::pulse::Room;
use crate::state::AppState;
use crate::store::testing::{TestStore, engines};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use futures::StreamExt;
use tower::ServiceExt;
use url::Url;

const PASSWORD: &str = "thoth demo password";

pub(super) async fn state(test: &TestStore) -> AppState {
    let config = Config::for_tests(test.folder());
    AppState::for_tests(test, config).await
}

fn accounts(state: &AppState) -> Accounts {
    Accounts::new(
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    )
}

async fn person(state: &AppState, email: &str, role: Role) {
    let email = Email::parse(email).unwrap();
    let password = Password::choose(&PASSWORD.into()).unwrap();
    accounts(state)
        .person_add(email, &password, role)
        .await
        .unwrap();
}

async fn send(router: &Router, request: Request<Body>) -> Response<Body> {
    router.clone().oneshot(request).await.unwrap()
}

async fn body(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 22)
        .await
        .unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn page(path: &str, cookie: &str) -> Request<Body> {
    Request::get(path)
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, cookie)
        .body(Body::empty())
        .unwrap()
}

fn form(path: &str, fields: &str) -> Request<Body> {
    Request::post(path)
        .header(header::ACCEPT, "text/html")
        .header(
            header::REFERER,
            "http://127.0.0.1:3000/sign-in?next=%2Fphones",
        )
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(fields.to_owned()))
        .unwrap()
}

fn header_of(response: &Response<Body>, name: header::HeaderName) -> &str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

async fn session(router: &Router, email: &str) -> String {
    let fields = format!(
        "email={email}&password={}&next=%2Fphones",
        PASSWORD.replace(' ', "+")
    );
    let response = send(router, form("/api/panel/sign_in", &fields)).await;
    assert_eq!(response.status(), StatusCode::FOUND);
    assert_eq!(header_of(&response, header::LOCATION), "/phones");
    header_of(&response, header::SET_COOKIE)
        .split(';')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn who_signs_in_sees_the_page_they_wanted() {
    for test in engines().await {
        let state = state(&test).await;
        person(&state, "ann@example.com", Role::Admin).await;
        let router = router(state);
        let response = send(&router, page("/phones?q=7", "")).await;
        assert_eq!(response.status(), StatusCode::FOUND);
        assert_eq!(
            header_of(&response, header::LOCATION),
            "/sign-in?next=%2Fphones%3Fq%3D7"
        );
        let cookie = session(&router, "ann%40example.com").await;
        for path in ["/", "/phones", "/deliveries"] {
            let response = send(&router, page(path, &cookie)).await;
            assert_eq!(
                response.status(),
                StatusCode::OK,
                "{path} on {}",
                test.engine
            );
            assert!(body(response).await.contains("ann@example.com"));
        }
        let response = send(&router, form("/api/panel/sign_out", "")).await;
        assert_eq!(header_of(&response, header::LOCATION), "/sign-in");
    }
}

#[tokio::test]
async fn a_failed_sign_in_goes_back_to_its_form_and_keeps_the_address_only() {
    for test in engines().await {
        let state = state(&test).await;
        person(&state, "ann@example.com", Role::User).await;
        let router = router(state);
        let fields = "email=ann%40example.com&password=not+the+password&next=";
        let response = send(&router, form("/api/panel/sign_in", fields)).await;
        assert_eq!(response.status(), StatusCode::FOUND);
        let back = Url::parse(header_of(&response, header::LOCATION)).unwrap();
        assert!(response.headers().get(header::SET_COOKIE).is_none());
        let path = format!("{}?{}", back.path(), back.query().unwrap());
        let shown = body(send(&router, page(&path, "thoth_language=ru")).await).await;
        assert!(shown.contains("Неверная почта или пароль."));
        assert!(shown.contains(r#"value="ann@example.com""#));
        assert!(!shown.contains("not the password"));
    }
}

#[tokio::test]
async fn the_setup_link_makes_an_admin_once() {
    for test in engines().await {
        let state = state(&test).await;
        let link = accounts(&state)
            .setup_link(&state.config.public_url)
            .await
            .unwrap()
            .unwrap();
        let router = router(state);
        let shown = body(send(&router, page(link.path(), "")).await).await;
        assert!(shown.contains("Create the first admin"));
        let token = link.path_segments().unwrap().next_back().unwrap();
        let fields = format!(
            "token={token}&email=ann%40example.com&password={}",
            PASSWORD.replace(' ', "+")
        );
        let response = send(&router, form("/api/panel/setup_finish", &fields)).await;
        assert_eq!(header_of(&response, header::LOCATION), "/");
        let cookie = header_of(&response, header::SET_COOKIE)
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        assert_eq!(
            send(&router, page("/", &cookie)).await.status(),
            StatusCode::OK
        );
        let shown = body(send(&router, page(link.path(), "")).await).await;
        assert!(shown.contains("This link is used up"));
    }
}

#[tokio::test]
async fn a_page_runs_only_scripts_with_its_nonce() {
    let test = engines().await.remove(0);
    let router = router(state(&test).await);
    let response = send(&router, page("/sign-in", "")).await;
    let policy = header_of(&response, header::CONTENT_SECURITY_POLICY).to_owned();
    assert_eq!(
        header_of(&response, header::X_CONTENT_TYPE_OPTIONS),
        "nosniff"
    );
    assert_eq!(header_of(&response, header::CACHE_CONTROL), "no-store");
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .unwrap()
        .split('\'')
        .next()
        .unwrap();
    let shown = body(response).await;
    let scripts = shown.matches("<script").count();
    assert!(scripts >= 2);
    assert_eq!(
        shown.matches(&format!("nonce=\"{nonce}\"")).count(),
        scripts
    );
    assert!(!policy.contains("unsafe-inline"));
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let test = engines().await.remove(0);
    let router = router(state(&test).await);
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ] {
        let mut request = form("/api/panel/language", "language=ru&back=%2F");
        request.headers_mut().insert(name, value.parse().unwrap());
        request
            .headers_mut()
            .insert("host", "127.0.0.1:3000".parse().unwrap());
        assert_eq!(
            send(&router, request).await.status(),
            StatusCode::FORBIDDEN,
            "{name}"
        );
    }
    let response = send(
        &router,
        form("/api/panel/language", "language=ru&back=%2F%2Fevil.example"),
    )
    .await;
    assert_eq!(header_of(&response, header::LOCATION), "/");
    assert!(header_of(&response, header::SET_COOKIE).starts_with("thoth_language=ru;"));
}

#[tokio::test]
async fn what_is_not_there_is_said_so_to_people_and_to_programs() {
    let test = engines().await.remove(0);
    let router = router(state(&test).await);
    let response = send(&router, page("/nowhere", "")).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(body(response).await.contains("Page not found"));
    let response = send(&router, page("/api/nowhere", "")).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        header_of(&response, header::CONTENT_TYPE),
        "application/problem+json"
    );
    let response = send(&router, page("/live", "")).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let large = form("/api/panel/sign_in", &"x".repeat(100_000));
    assert!(!send(&router, large).await.status().is_success());
    for path in ["/healthz", "/readyz"] {
        assert_eq!(
            send(&router, page(path, "")).await.status(),
            StatusCode::OK,
            "{path}"
        );
    }
}

#[tokio::test]
async fn ready_is_who_can_work_and_else_says_what_is_in_the_way() {
    for test in engines().await {
        let state = state(&test).await;
        let router = router(state.clone());
        let ask = async || {
            let response = send(&router, page("/readyz", "")).await;
            (response.status(), body(response).await)
        };
        assert_eq!(ask().await, (StatusCode::OK, "ok".to_owned()));
        state.pulse.room(Room::Free(1 << 20));
        let full = "the disk is almost full: 1 MB are free";
        assert_eq!(
            ask().await,
            (StatusCode::SERVICE_UNAVAILABLE, full.to_owned())
        );
        state.pulse.stop();
        let both = format!("the server is stopping\n{full}");
        assert_eq!(ask().await, (StatusCode::SERVICE_UNAVAILABLE, both));
        let alive = send(&router, page("/healthz", "")).await;
        assert_eq!(alive.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn an_open_page_is_told_what_changes() {
    let test = engines().await.remove(0);
    let state = state(&test).await;
    person(&state, "ann@example.com", Role::Admin).await;
    let bus = state.bus.clone();
    let router = router(state);
    let cookie = session(&router, "ann%40example.com").await;
    let response = send(&router, page("/live", &cookie)).await;
    assert_eq!(
        header_of(&response, header::CONTENT_TYPE),
        "text/event-stream"
    );
    let mut news = response.into_body().into_data_stream();
    bus.changed(uuid::Uuid::from_u128(1), crate::bus::Topic::Deliveries);
    let first = news.next().await.unwrap().unwrap();
    assert_eq!(first.as_ref(), b"event: overview\ndata: changed\n\n");
    let second = news.next().await.unwrap().unwrap();
    assert_eq!(second.as_ref(), b"event: deliveries\ndata: changed\n\n");
}
