//! Numbers that have to be registered, against a Meta that has a PIN, has none, or wants to be left alone.

use super::Request;
use super::tests::{caller, request_with};
use crate::clock::Clock;
use crate::config::Config;
use crate::connect::perform;
use crate::errands::Errand;
use crate::outside::testing::{Server, json_answer};
use crate::store::Scope;
use crate::store::entities::phone;
use crate::store::testing::{TestStore, engines};
use crate::vault::Place;
use app::backend::Phones;
use app::model::{Check, PhoneId, Problem, ProblemCode, Role};
use axum::response::Response;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

const HOUR: i64 = 60 * 60 * 1000;

fn error(code: i64) -> Response {
    json_answer(400, json!({"error": {"code": code, "message": "No."}}))
}

/// A Meta where Ann's number waits to be registered; `answer` is what comes of trying with a PIN.
async fn meta(number: Value, answer: impl Fn(&str) -> Response + Send + Sync + 'static) -> Server {
    Server::start(move |heard| {
        let path = heard.path.split('?').next().unwrap_or_default();
        match path.rsplit('/').next().unwrap_or_default() {
            "debug_token" => json_answer(
                200,
                json!({"data": {"app_id": "555", "type": "SYSTEM_USER", "is_valid": true,
                "expires_at": 0, "scopes": ["whatsapp_business_management", "whatsapp_business_messaging"]}}),
            ),
            "phone_numbers" => json_answer(200, json!({"data": [number]})),
            "register" => answer(heard.json()["pin"].as_str().unwrap()),
            "subscribed_apps" => json_answer(200, json!({"success": true, "data": []})),
            _ => json_answer(200, json!({"id": "100", "name": "Flowers"})),
        }
    })
    .await
}

fn number(pin: Value) -> Value {
    json!({"id": "777000111", "display_phone_number": "+7 727 200-01-11", "status": "PENDING",
        "platform_type": "NOT_APPLICABLE", "is_pin_enabled": pin})
}

async fn ready(test: &TestStore, meta: &Server) -> (Request, phone::Model) {
    let mut config = Config::for_tests(test.folder());
    config.graph_url = meta.url().parse().unwrap();
    config.allow_private_targets = true;
    let request = request_with(test, config).await;
    let phone = phone_of(&request).await;
    (request, phone)
}

async fn phone_of(request: &Request) -> phone::Model {
    let all = request.state.store.phones(Scope::All).await.unwrap();
    let mut all = all.into_iter();
    all.find(|phone| phone.phone_id == "777000111").unwrap()
}

async fn check(request: &Request, phone: &phone::Model) {
    let errand = Errand::WabaCheck {
        waba: phone.waba_id,
    };
    perform(&request.state, &errand).await.unwrap();
}

async fn shown(request: &Request, phone: &phone::Model, name: &str) -> Check {
    let ann = caller(request, "ann@example.com", Role::User).await;
    let id = PhoneId::new(phone.id);
    let detail = request.find(ann.may().unwrap(), id).await.unwrap();
    let mut checks = detail.checks.into_iter();
    checks.find(|check| check.name == name).unwrap()
}

async fn type_pin(request: &Request, phone: &phone::Model, pin: &str) -> Result<(), Problem> {
    let ann = caller(request, "ann@example.com", Role::User).await;
    let id = PhoneId::new(phone.id);
    Phones::register(request, ann.may().unwrap(), id, pin.to_owned()).await
}

fn tries(meta: &Server) -> usize {
    let heard = meta.heard();
    heard
        .iter()
        .filter(|call| call.path.contains("register"))
        .count()
}

#[tokio::test]
async fn a_number_without_a_pin_gets_one_that_is_kept() {
    for test in engines().await {
        let meta = meta(number(json!(false)), |_| {
            json_answer(200, json!({"success": true}))
        })
        .await;
        let (request, phone) = ready(&test, &meta).await;
        check(&request, &phone).await;
        let heard = meta.heard();
        let call = heard.iter().find(|call| call.path.contains("register"));
        let sent = call.unwrap().json()["pin"].as_str().unwrap().to_owned();
        let stored = phone_of(&request).await.pin.unwrap();
        let opened = request.state.vault.open(Place::PhonePin, phone.id, &stored);
        assert_eq!(opened.unwrap().expose_secret(), sent, "{}", test.engine);
        assert_eq!(sent.len(), 6);
        let other = request.state.store.phone_pin_first(phone.id, b"other");
        assert!(!other.await.unwrap(), "a stored PIN is not written over");
        assert_eq!(
            shown(&request, &phone, "registered").await.code,
            "registered"
        );
    }
}

#[tokio::test]
async fn a_pin_that_nobody_told_us_is_asked_for() {
    for test in engines().await {
        let meta = meta(number(json!(true)), |pin| match pin {
            "123456" => json_answer(200, json!({"success": true})),
            _ => error(133_005),
        })
        .await;
        let (request, phone) = ready(&test, &meta).await;
        check(&request, &phone).await;
        assert_eq!(tries(&meta), 0, "nobody guesses on {}", test.engine);
        assert_eq!(
            shown(&request, &phone, "registered").await.code,
            "pin_needed"
        );
        for (typed, code) in [
            ("", ProblemCode::FieldEmpty),
            ("12345", ProblemCode::PinInvalid),
            ("12345a", ProblemCode::PinInvalid),
            ("000000", ProblemCode::PinWrong),
        ] {
            let problem = type_pin(&request, &phone, typed).await.unwrap_err();
            assert_eq!(
                (problem.code, problem.is_at("pin")),
                (code, true),
                "{typed}"
            );
        }
        check(&request, &phone).await;
        assert_eq!(tries(&meta), 1, "a wrong PIN is not tried again");
        assert_eq!(
            shown(&request, &phone, "registered").await.code,
            "pin_wrong"
        );
        assert!(phone_of(&request).await.pin.is_none());
        type_pin(&request, &phone, " 123456 ").await.unwrap();
        let stored = phone_of(&request).await.pin.unwrap();
        let opened = request.state.vault.open(Place::PhonePin, phone.id, &stored);
        assert_eq!(opened.unwrap().expose_secret(), "123456");
        assert_eq!(
            shown(&request, &phone, "registered").await.code,
            "registered"
        );
    }
}

#[tokio::test]
async fn a_wait_that_meta_states_is_kept() {
    for test in engines().await {
        for (code, sentence, hours) in [(133_016, "register_limit", 72), (133_008, "pin_tries", 1)]
        {
            let meta = meta(number(json!(false)), move |_| error(code)).await;
            let (mut request, phone) = ready(&test, &meta).await;
            let start = request.state.clock.now();
            request.state = request
                .state
                .with(|parts| parts.clock = Clock::fixed(start));
            for hour in [0, 1] {
                request.state.clock.set(start + hour * (hours * HOUR - 1));
                check(&request, &phone).await;
                let found = shown(&request, &phone, "registered").await;
                assert_eq!(found.code, sentence, "{}", test.engine);
                assert_eq!(found.arg("until"), (start + hours * HOUR).to_string());
            }
            assert_eq!(tries(&meta), 1, "{code}");
            let typed = type_pin(&request, &phone, "123456").await.unwrap_err();
            assert_eq!(typed.code, ProblemCode::RegisterLater);
            assert_eq!(tries(&meta), 1, "{code}");
            request.state.clock.set(start + hours * HOUR);
            check(&request, &phone).await;
            assert_eq!(tries(&meta), 2, "{code}");
            let (store, waited) = (&request.state.store, start - 1);
            store.phone_register_wait(phone.id, waited).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_status_that_says_nothing_is_unknown() {
    for (status, state) in [
        ("CONNECTED", "Ok"),
        ("UNKNOWN", "Unknown"),
        ("UNVERIFIED", "Bad"),
        ("OFFLINE", "Bad"),
    ] {
        let test = engines().await.remove(0);
        let mut number = number(json!(true));
        number["status"] = json!(status);
        number["platform_type"] = json!("CLOUD_API");
        let meta = meta(number, |_| error(1)).await;
        let (request, phone) = ready(&test, &meta).await;
        check(&request, &phone).await;
        let found = shown(&request, &phone, "registered").await;
        assert_eq!(format!("{:?}", found.state), state, "{status}");
    }
}

#[tokio::test]
async fn what_hangs_on_a_dead_token_is_unknown() {
    for test in engines().await {
        let good = meta(number(json!(false)), |_| {
            json_answer(200, json!({"success": true}))
        })
        .await;
        let (mut request, phone) = ready(&test, &good).await;
        check(&request, &phone).await;
        let dead = Server::start(|_| {
            json_answer(
                401,
                json!({"error": {"code": 190, "message": "Invalid token."}}),
            )
        })
        .await;
        let mut config = Config::for_tests(test.folder());
        config.graph_url = dead.url().parse().unwrap();
        config.allow_private_targets = true;
        let state = &request.state;
        request.state = request.state.with(|parts| {
            parts.remotes = crate::remotes::Remotes::for_tests(
                &config,
                &state.store,
                &state.vault,
                &state.clock,
            )
        });
        check(&request, &phone).await;
        for name in ["subscribed", "registered", "quality", "limit"] {
            let found = shown(&request, &phone, name).await;
            assert_eq!(found.code, "no_token", "{name} on {}", test.engine);
        }
        assert_eq!(shown(&request, &phone, "token").await.code, "token_refused");
    }
}
