//! The portal's form against a Bitrix24 that says no.

use super::Request;
use super::testing::request_at;
use super::tests::caller;
use crate::connect::portal::fake::Bitrix;
use crate::connect::portal::install;
use crate::store::Scope;
use crate::store::entities::portal;
use crate::store::testing::engines;
use app::backend::{PortalForm, Portals};
use app::model::{Caller, PortalId, Problem, ProblemCode, Role};
use secrecy::ExposeSecret;

fn form(caller: &Caller, client_id: &str, secret: &str) -> PortalForm {
    PortalForm {
        name: "Shop".to_owned(),
        client_id: client_id.to_owned(),
        client_secret: secret.to_owned(),
        country: String::new(),
        owner: String::new(),
        caller: caller.user,
    }
}

fn at(problem: &Problem) -> (ProblemCode, Option<&str>) {
    (problem.code, problem.field.as_deref())
}

async fn count(request: &Request) -> usize {
    let all = request.state.store.portals(Scope::All).await;
    all.unwrap().len()
}

async fn row(request: &Request, id: PortalId) -> portal::Model {
    let found = request.state.store.portal_find(id.uuid()).await;
    found.unwrap().unwrap()
}

#[tokio::test]
async fn a_wrong_secret_saves_nothing_and_the_right_one_all() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        let request = request_at(&test, &bitrix.server.url()).await.request;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        install(&request.state, &bitrix.call("api", "r1"))
            .await
            .unwrap();
        let before = count(&request).await;
        let wrong = form(&ann, "local.shop", "wrong");
        let problem = Portals::save(&request, ann.may().unwrap(), None, wrong).await;
        let problem = problem.unwrap_err();
        assert_eq!(
            at(&problem),
            (ProblemCode::ClientRefused, Some("client_secret"))
        );
        assert_eq!(count(&request).await, before, "{}", test.engine);
        let right = form(&ann, "local.shop", "right");
        let id = Portals::save(&request, ann.may().unwrap(), None, right)
            .await
            .unwrap();
        let row = row(&request, id).await;
        assert_eq!(
            (row.state.as_str(), row.member_id.as_str()),
            ("ok", "member-shop")
        );
        assert_eq!(row.name.as_deref(), Some("Shop"));
        let again = form(&ann, "local.shop", "right");
        let problem = Portals::save(&request, ann.may().unwrap(), None, again).await;
        assert_eq!(
            at(&problem.unwrap_err()),
            (ProblemCode::ClientTaken, Some("client_id"))
        );
    }
}

#[tokio::test]
async fn a_portal_may_be_saved_before_its_app_is_installed() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        let request = request_at(&test, &bitrix.server.url()).await.request;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        let lone = form(&ann, "local.shop", "");
        let problem = Portals::save(&request, ann.may().unwrap(), None, lone).await;
        assert_eq!(
            at(&problem.unwrap_err()),
            (ProblemCode::FieldEmpty, Some("client_secret"))
        );
        let first = form(&ann, "local.shop", "right");
        let id = Portals::save(&request, ann.may().unwrap(), None, first)
            .await
            .unwrap();
        assert_eq!(
            row(&request, id).await.state,
            "needs_install",
            "{}",
            test.engine
        );
        install(&request.state, &bitrix.call("ui", "r1"))
            .await
            .unwrap();
        assert_eq!(row(&request, id).await.state, "ok");
    }
}

#[tokio::test]
async fn an_installed_apps_secret_is_changed_only_for_one_that_works() {
    for test in engines().await {
        let bitrix = Bitrix::start().await;
        let request = request_at(&test, &bitrix.server.url()).await.request;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        install(&request.state, &bitrix.call("ui", "r1"))
            .await
            .unwrap();
        let first = form(&ann, "local.shop", "right");
        let id = Portals::save(&request, ann.may().unwrap(), None, first)
            .await
            .unwrap();
        let save = async |words: PortalForm| {
            Portals::save(&request, ann.may().unwrap(), Some(id), words).await
        };
        let problem = save(form(&ann, "local.shop", "wrong")).await.unwrap_err();
        assert_eq!(
            at(&problem),
            (ProblemCode::ClientRefused, Some("client_secret"))
        );
        let problem = save(form(&ann, "", "")).await.unwrap_err();
        assert_eq!(at(&problem), (ProblemCode::FieldEmpty, Some("client_id")));
        let tokens = request.state.store.portal_tokens(id.uuid()).await.unwrap();
        assert_eq!(tokens[0].dead_reason, None, "{}", test.engine);
        bitrix.now(|mood| mood.keys.1 = "renewed".to_owned());
        save(form(&ann, "local.shop", "renewed")).await.unwrap();
        let tokens = request.state.store.portal_tokens(id.uuid()).await.unwrap();
        let place = crate::vault::Place::PortalRefreshToken;
        let kept = request
            .state
            .vault
            .open(place, tokens[0].id, &tokens[0].refresh_token);
        assert_eq!(kept.unwrap().expose_secret(), "refresh-2");
        assert_eq!(row(&request, id).await.state, "ok");
    }
}

#[tokio::test]
async fn an_admin_chooses_whose_a_portal_is() {
    let test = engines().await.remove(0);
    let bitrix = Bitrix::start().await;
    let request = request_at(&test, &bitrix.server.url()).await.request;
    let ann = caller(&request, "ann@example.com", Role::Admin).await;
    let ben = caller(&request, "ben@example.com", Role::User).await;
    let chosen = PortalForm {
        owner: ben.user.to_string(),
        ..form(&ann, "local.shop", "right")
    };
    let id = Portals::save(&request, ann.may().unwrap(), None, chosen)
        .await
        .unwrap();
    assert_eq!(row(&request, id).await.owner_id, ben.user.uuid());
    let stranger = PortalForm {
        owner: "nobody".to_owned(),
        ..form(&ann, "local.other", "right")
    };
    let problem = Portals::save(&request, ann.may().unwrap(), None, stranger).await;
    assert_eq!(
        at(&problem.unwrap_err()),
        (ProblemCode::NotChosen, Some("owner"))
    );
}
