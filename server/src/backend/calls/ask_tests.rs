//! Asking for leave to call, against a Meta that allows it and one that does not.

use super::super::Request;
use super::super::tests::{caller, request_with};
use crate::config::Config;
use crate::outside::testing::{Server, json_answer};
use crate::store::Scope;
use crate::store::testing::{TestStore, engines};
use app::backend::Calls;
use app::model::{CallPermissionId, Caller, PageQuery, PermissionStatus, ProblemCode, Role};
use serde_json::json;

struct World {
    request: Request,
    ann: Caller,
    ben: Caller,
    permission: CallPermissionId,
}

async fn world(test: &TestStore, graph: &str) -> World {
    let mut config = Config::for_tests(test.folder());
    config.graph_url = graph.parse().unwrap();
    config.allow_private_targets = true;
    let request = request_with(test, config).await;
    let ann = caller(&request, "ann@example.com", Role::User).await;
    let ben = caller(&request, "ben@example.com", Role::User).await;
    let scope = Scope::Owner(ann.user.uuid());
    let phone = request.state.store.phones(scope).await.unwrap().remove(0);
    let txn = request.state.store.begin().await.unwrap();
    let contact = txn.contact_resolve_in_txn(phone.waba_id, Some("77015550101"), None, None, 1);
    let contact = contact.await.unwrap();
    let row = txn.call_permission_ensure_in_txn(phone.id, contact.id, 1);
    let row = row.await.unwrap();
    txn.commit().await.unwrap();
    World {
        request,
        ann,
        ben,
        permission: CallPermissionId::new(row.id),
    }
}

async fn meta(left: i64) -> Server {
    Server::start(move |_| {
        json_answer(
            200,
            json!({ "permission": { "status": "no_permission" }, "actions": [
                { "action_name": "send_call_permission_request", "can_perform_action": left > 0, "limits": [
                    { "max_allowed": 1, "current_usage": 1 - left, "limit_expiration_time": 1_785_398_400 }] },
                { "action_name": "start_call", "can_perform_action": false, "limits": [
                    { "max_allowed": 100, "current_usage": 2 }] }] }),
        )
    })
    .await
}

#[tokio::test]
async fn a_request_goes_out_where_meta_allows_it() {
    for test in engines().await {
        let server = meta(1).await;
        let world = world(&test, &server.url()).await;
        let asked = |who: &Caller| Calls::ask(&world.request, who.may().unwrap(), world.permission);
        let stranger = asked(&world.ben).await.unwrap_err();
        assert_eq!(stranger.code, ProblemCode::NotFound, "{}", test.engine);
        assert!(server.heard().is_empty(), "nothing was asked of Meta");
        asked(&world.ann).await.unwrap();
        let path = &server.heard()[0].path;
        assert!(
            path.ends_with("/call_permissions?user_wa_id=77015550101"),
            "{path}"
        );
        let query = PageQuery::default();
        let permit = world.ann.may().unwrap();
        let shown = Calls::permissions(&world.request, permit, query)
            .await
            .unwrap();
        let row = &shown.rows[0];
        assert_eq!(
            row.status,
            PermissionStatus::None,
            "until Meta has the request"
        );
        assert_eq!((row.requests_left, row.calls_left), (Some(1), Some(0)));
        let deliveries = test.texts("SELECT kind FROM delivery").await;
        assert_eq!(deliveries, ["outbound_content"]);
    }
}

#[tokio::test]
async fn no_request_goes_out_where_the_limit_is_reached() {
    for test in engines().await {
        let server = meta(0).await;
        let world = world(&test, &server.url()).await;
        let permit = world.ann.may().unwrap();
        let refused = Calls::ask(&world.request, permit, world.permission).await;
        let refused = refused.unwrap_err();
        assert_eq!(refused.code, ProblemCode::RemoteRefused);
        assert!(
            refused.args["reason"].contains("30.07.2026 08:00 UTC"),
            "{refused:?}"
        );
        let deliveries = test.texts("SELECT kind FROM delivery").await;
        assert!(deliveries.is_empty());
    }
}

#[tokio::test]
async fn no_request_goes_to_whom_only_a_template_reaches() {
    for test in engines().await {
        let server = meta(1).await;
        let world = world(&test, &server.url()).await;
        let store = &world.request.state.store;
        let row = store.call_permission_find(world.permission.uuid()).await;
        let row = row.unwrap().unwrap();
        let heard = async |at: i64| {
            let txn = store.begin().await.unwrap();
            let talk = txn.conversation_ensure_in_txn(row.phone_id, row.contact_id, 1);
            let talk = talk.await.unwrap().id;
            txn.conversations_heard_in_txn(&[talk], at).await.unwrap();
            txn.commit().await.unwrap();
        };
        let ask = || {
            let permit = world.ann.may().unwrap();
            Calls::ask(&world.request, permit, world.permission)
        };
        heard(1).await;
        let refused = ask().await.unwrap_err();
        assert_eq!(refused.code, ProblemCode::RemoteRefused, "{}", test.engine);
        assert!(refused.args["reason"].contains("template"), "{refused:?}");
        assert!(test.texts("SELECT kind FROM delivery").await.is_empty());
        heard(world.request.state.clock.now()).await;
        ask().await.unwrap();
        assert_eq!(test.texts("SELECT kind FROM delivery").await.len(), 1);
    }
}
