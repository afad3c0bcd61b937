//! Adding WABAs against a Meta that says no in every way.

use super::super::Request;
use super::super::tests::{caller, request_with};
use crate::config::Config;
use crate::outside::testing::{Server, deaf_address, json_answer};
use crate::store::Scope;
use crate::store::testing::{TestStore, engines};
use app::backend::Wabas;
use app::model::{Caller, PageQuery, Problem, ProblemCode, Role, WabaForm, WabaHealth};
use axum::response::Response;
use serde_json::{Value, json};

async fn ready(test: &TestStore, graph: &str) -> (Request, Caller) {
    let mut config = Config::for_tests(test.folder());
    config.graph_url = graph.parse().unwrap();
    config.allow_private_targets = true;
    let request = request_with(test, config).await;
    let ann = caller(&request, "ann@example.com", Role::User).await;
    (request, ann)
}

fn error(status: u16, code: i64, words: &str) -> Response {
    json_answer(status, json!({"error": {"code": code, "message": words}}))
}

fn facts(change: impl FnOnce(&mut Value)) -> Response {
    let mut data = json!({"app_id": "555", "type": "SYSTEM_USER", "is_valid": true, "expires_at": 0,
        "scopes": ["whatsapp_business_management", "whatsapp_business_messaging"],
        "granular_scopes": [{"scope": "whatsapp_business_management", "target_ids": ["300"]}]});
    change(&mut data);
    json_answer(200, json!({"data": data}))
}

/// A Meta where everything is well, but for what `debug` says of the token.
async fn meta(debug: impl Fn(&str) -> Response + Send + Sync + 'static) -> Server {
    Server::start(move |heard| {
        let path = heard.path.split('?').next().unwrap_or_default();
        match path.rsplit('/').next().unwrap_or_default() {
            "debug_token" => debug(&heard.authorization),
            "phone_numbers" => json_answer(
                200,
                json!({"data": [{"id": "666", "display_phone_number": "+7 727 200-03-33",
                "verified_name": "Tea", "status": "CONNECTED"}]}),
            ),
            "subscribed_apps" if heard.body.is_empty() => json_answer(200, json!({"data": []})),
            "subscribed_apps" => json_answer(200, json!({"success": true})),
            "300" => json_answer(200, json!({"id": "300", "name": "Tea at Meta"})),
            _ => error(400, 100, "Unsupported get request."),
        }
    })
    .await
}

fn form() -> WabaForm {
    WabaForm {
        access_token: "EAAtoken".to_owned(),
        ..WabaForm::default()
    }
}

async fn refused(meta: &Server, form: WabaForm) -> Problem {
    let test = engines().await.remove(0);
    let (request, ann) = ready(&test, &meta.url()).await;
    let before = request.state.store.wabas(Scope::All).await.unwrap().len();
    let problem = request.add(ann.may().unwrap(), form).await.unwrap_err();
    let after = request.state.store.wabas(Scope::All).await.unwrap().len();
    assert_eq!(before, after, "nothing is half-saved");
    assert!(!problem.kept.contains_key("access_token"));
    problem
}

fn at(problem: &Problem) -> (ProblemCode, Option<&str>) {
    (problem.code, problem.field.as_deref())
}

#[tokio::test]
async fn a_good_token_finds_its_waba_name_and_numbers() {
    for test in engines().await {
        let meta = meta(|_| facts(|_| {})).await;
        let (request, ann) = ready(&test, &meta.url()).await;
        let id = request.add(ann.may().unwrap(), form()).await.unwrap();
        let row = request
            .state
            .store
            .waba_find(id.uuid())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (row.waba_id.as_str(), row.name.as_str()),
            ("300", "Tea at Meta")
        );
        assert_eq!(
            row.token_kind.as_deref(),
            Some("SYSTEM_USER"),
            "{}",
            test.engine
        );
        let numbers = request
            .state
            .store
            .waba_numbers(Scope::All, row.id)
            .await
            .unwrap();
        assert_eq!(numbers[0].phone, "77272000333");
        let page = Wabas::list(&request, ann.may().unwrap(), PageQuery::default())
            .await
            .unwrap();
        let shown = page.rows.iter().find(|row| row.id == id).unwrap();
        assert!(shown.verify_token.len() >= 32);
        assert_eq!((shown.health, &shown.owner), (WabaHealth::Attention, &None));
        let posted = meta.heard();
        assert!(posted.iter().any(|heard| heard.path.ends_with("/300/subscribed_apps") && !heard.body.is_empty()));
    }
}

#[tokio::test]
async fn each_refusal_stands_at_its_field() {
    let dead = meta(|_| error(401, 190, "Invalid OAuth access token.")).await;
    let problem = refused(&dead, form()).await;
    assert_eq!(
        at(&problem),
        (ProblemCode::TokenRefused, Some("access_token"))
    );
    let old = meta(|_| {
        facts(|data| {
            data["is_valid"] = json!(false);
            data["expires_at"] = json!(1_777_777_777);
            data["error"] = json!({"code": 190, "subcode": 463, "message": "Session has expired"});
        })
    })
    .await;
    let problem = refused(&old, form()).await;
    assert_eq!(
        at(&problem),
        (ProblemCode::TokenExpired, Some("access_token"))
    );
    assert_eq!(problem.args["at"], "1777777777000");
    let narrow =
        meta(|_| facts(|data| data["scopes"] = json!(["whatsapp_business_management"]))).await;
    let problem = refused(&narrow, form()).await;
    assert_eq!(
        at(&problem),
        (ProblemCode::TokenScopeMissing, Some("access_token"))
    );
    let several =
        meta(|_| facts(|data| data["granular_scopes"][0]["target_ids"] = json!(["300", "301"])))
            .await;
    let problem = refused(&several, form()).await;
    assert_eq!(at(&problem), (ProblemCode::WabaUnclear, Some("waba_id")));
    assert_eq!(problem.args["ids"], "300, 301");
}

#[tokio::test]
async fn apps_ids_and_secrets_are_on_trial_too() {
    let good = meta(|_| facts(|_| {})).await;
    let other_app = WabaForm {
        app_id: "556".to_owned(),
        ..form()
    };
    let problem = refused(&good, other_app).await;
    assert_eq!(
        at(&problem),
        (ProblemCode::TokenWrongApp, Some("access_token"))
    );
    assert_eq!(problem.kept["app_id"], "556");
    let elsewhere = WabaForm {
        waba_id: "999".to_owned(),
        ..form()
    };
    let problem = refused(&good, elsewhere).await;
    assert_eq!(
        at(&problem),
        (ProblemCode::WabaUnreachable, Some("waba_id"))
    );
    let letters = WabaForm {
        waba_id: "30a".to_owned(),
        ..form()
    };
    assert_eq!(
        at(&refused(&good, letters).await),
        (ProblemCode::DigitsOnly, Some("waba_id"))
    );
    let empty = WabaForm::default();
    assert_eq!(
        at(&refused(&good, empty).await),
        (ProblemCode::FieldEmpty, Some("access_token"))
    );
    let strict = meta(|asker| {
        if asker.contains("555|wrong") {
            return error(400, 190, "Invalid OAuth access token signature.");
        }
        facts(|_| {})
    })
    .await;
    let with_secret = WabaForm {
        app_id: "555".to_owned(),
        app_secret: "wrong".to_owned(),
        ..form()
    };
    let problem = refused(&strict, with_secret).await;
    assert_eq!(
        at(&problem),
        (ProblemCode::AppSecretRefused, Some("app_secret"))
    );
}

#[tokio::test]
async fn a_silent_meta_saves_what_was_typed_and_says_so() {
    for test in engines().await {
        let deaf = format!("http://{}", deaf_address().await);
        let (request, ann) = ready(&test, &deaf).await;
        let named = WabaForm {
            name: "Tea".to_owned(),
            ..form()
        };
        let id = request.add(ann.may().unwrap(), named).await.unwrap();
        let checks = request.state.store.checks_of(&[id.uuid()]).await.unwrap();
        assert!(checks.len() >= 3 && checks.iter().all(|check| check.state == "unknown"));
        let errand = request
            .state
            .store
            .errand_find("waba_check", id.uuid())
            .await
            .unwrap();
        assert!(errand.is_some(), "{}", test.engine);
        let nameless = request.add(ann.may().unwrap(), form()).await.unwrap_err();
        assert_eq!(at(&nameless), (ProblemCode::FieldEmpty, Some("name")));
    }
}

#[tokio::test]
async fn nobody_touches_what_is_anothers() {
    for test in engines().await {
        let meta = meta(|_| facts(|_| {})).await;
        let (request, ann) = ready(&test, &meta.url()).await;
        let ben = caller(&request, "ben@example.com", Role::User).await;
        let id = request.add(ann.may().unwrap(), form()).await.unwrap();
        let again = request.add(ann.may().unwrap(), form()).await.unwrap_err();
        assert_eq!(at(&again), (ProblemCode::WabaTaken, Some("waba_id")));
        let gone = [
            request
                .edit(ben.may().unwrap(), id, form())
                .await
                .unwrap_err(),
            Wabas::delete(&request, ben.may().unwrap(), id)
                .await
                .unwrap_err(),
            Wabas::check(&request, ben.may().unwrap(), id)
                .await
                .unwrap_err(),
            request
                .belongings(ben.may().unwrap(), id)
                .await
                .unwrap_err(),
        ];
        assert!(
            gone.iter()
                .all(|problem| problem.code == ProblemCode::NotFound)
        );
        let kept = WabaForm {
            name: "Tea".to_owned(),
            ..WabaForm::default()
        };
        request.edit(ann.may().unwrap(), id, kept).await.unwrap();
        Wabas::delete(&request, ann.may().unwrap(), id)
            .await
            .unwrap();
        assert!(
            request
                .state
                .store
                .waba_find(id.uuid())
                .await
                .unwrap()
                .is_none()
        );
    }
}
