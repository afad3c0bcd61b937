//! Templates against a Meta that takes them, and one that does not.

use super::super::Request;
use super::super::tests::{caller, request_with};
use crate::config::Config;
use crate::connect::waba::templates::facts_of;
use crate::outside::testing::{Heard, Server, json_answer};
use crate::store::testing::{TestStore, engines};
use crate::store::{Notice, Scope};
use app::backend::{Sample, Templates};
use app::model::{
    Caller, HeaderKind, PageQuery, PhoneId, Problem, ProblemCode, Role, TemplateEnd,
    TemplateFilter, TemplateForm, TemplateId, TemplateStatus, TemplateStatusFilter, WabaId,
};
use axum::response::Response;
use serde_json::json;
use uuid::Uuid;

mod made;

struct World {
    request: Request,
    ann: Caller,
    ben: Caller,
    waba: WabaId,
    phone: PhoneId,
}

async fn world(test: &TestStore, graph: &str) -> World {
    let mut config = Config::for_tests(test.folder());
    config.graph_url = graph.parse().unwrap();
    config.allow_private_targets = true;
    let request = request_with(test, config).await;
    let ann = caller(&request, "ann@example.com", Role::User).await;
    let ben = caller(&request, "ben@example.com", Role::User).await;
    let scope = Scope::Owner(ann.user.uuid());
    let mut waba = request.state.store.wabas(scope).await.unwrap().remove(0);
    waba.app_id = Some("555".to_owned());
    let id = waba.id;
    let phone = request.state.store.phones(scope).await.unwrap().remove(0);
    let txn = request.state.store.begin().await.unwrap();
    txn.waba_update_in_txn(waba).await.unwrap();
    txn.commit().await.unwrap();
    World {
        request,
        ann,
        ben,
        waba: WabaId::new(id),
        phone: PhoneId::new(phone.id),
    }
}

impl World {
    async fn keep(&self, name: &str, language: &str, status: &str) -> TemplateId {
        let raw = json!({
            "id": format!("9{}{}", name.len(), language.len()), "name": name, "language": language,
            "status": status, "category": "UTILITY", "rejected_reason": "INVALID_FORMAT",
            "components": [{"type": "BODY", "text": "Hi {{1}}!", "example": {"body_text": [["Ann"]]}}],
        });
        let txn = self.request.state.store.begin().await.unwrap();
        let id = txn.template_keep_in_txn(self.waba.uuid(), facts_of(0, &raw), 5);
        let id = id.await.unwrap();
        txn.commit().await.unwrap();
        TemplateId::new(id)
    }

    async fn names(&self, filter: TemplateFilter) -> Vec<String> {
        let query = PageQuery {
            filter,
            ..PageQuery::default()
        };
        let found = Templates::list(&self.request, self.ann.may().unwrap(), self.waba, query);
        let rows = found.await.unwrap().page.rows;
        rows.into_iter().map(|row| row.name).collect()
    }

    async fn create(
        &self,
        form: &mut TemplateForm,
        file: Option<Sample>,
    ) -> Result<TemplateId, Vec<Problem>> {
        let permit = self.ann.may().unwrap();
        Templates::create(&self.request, permit, self.waba, form, file).await
    }
}

fn form() -> TemplateForm {
    TemplateForm {
        name: "order_ready".to_owned(),
        category: "UTILITY".to_owned(),
        language: "ru".to_owned(),
        body: "Order {{1}} is ready.".to_owned(),
        examples: vec![("1".to_owned(), "118".to_owned())],
        ..TemplateForm::default()
    }
}

/// Takes samples and templates.
fn kind(heard: &Heard) -> Response {
    if heard.path.contains("/uploads") {
        json_answer(200, json!({ "id": "upload:abc?sig=x" }))
    } else if heard.path.contains("upload:abc") || heard.path.contains("upload%3Aabc") {
        json_answer(200, json!({ "h": "4::handle" }))
    } else if heard.method == http::Method::DELETE {
        json_answer(200, json!({ "success": true }))
    } else {
        json_answer(
            200,
            json!({ "id": "77", "status": "PENDING", "category": "MARKETING" }),
        )
    }
}

#[tokio::test]
async fn lists_are_narrowed_on_the_server() {
    for test in engines().await {
        let world = world(&test, "http://127.0.0.1:9").await;
        world.keep("aa", "ru", "APPROVED").await;
        world.keep("bbb", "en_US", "REJECTED").await;
        let stopped = world.keep("cccc", "ru", "PAUSED").await;
        let of = |status, language: &str| TemplateFilter {
            status,
            language: language.to_owned(),
            ..TemplateFilter::default()
        };
        assert_eq!(
            world.names(of(TemplateStatusFilter::Rejected, "")).await,
            ["bbb"]
        );
        assert_eq!(
            world.names(of(TemplateStatusFilter::All, "ru")).await,
            ["aa", "cccc"]
        );
        assert_eq!(
            world.names(of(TemplateStatusFilter::Stopped, "ru")).await,
            ["cccc"]
        );
        let txn = world.request.state.store.begin().await.unwrap();
        let notice = Notice {
            code: "paused",
            args: Default::default(),
            at: 7,
        };
        txn.template_notice_in_txn(stopped.uuid(), &notice)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let permit = world.ann.may().unwrap();
        let listed = Templates::list(&world.request, permit, world.waba, PageQuery::default());
        let listed = listed.await.unwrap();
        assert_eq!(listed.notices[0].code, "paused", "{}", test.engine);
        assert_eq!(listed.languages, ["en_US", "ru"]);
        Templates::seen(&world.request, world.ann.may().unwrap(), stopped)
            .await
            .unwrap();
        let listed = Templates::list(
            &world.request,
            world.ann.may().unwrap(),
            world.waba,
            PageQuery::default(),
        );
        assert!(listed.await.unwrap().notices.is_empty());
    }
}

#[tokio::test]
async fn a_default_is_chosen_and_taken_back() {
    for test in engines().await {
        let world = world(&test, "http://127.0.0.1:9").await;
        let good = world.keep("aa", "ru", "APPROVED").await;
        let bad = world.keep("bbb", "ru", "REJECTED").await;
        let choose = |id, chosen| {
            let permit = world.ann.may().unwrap();
            Templates::choose(&world.request, permit, id, world.phone, chosen, true)
        };
        let refused = choose(bad, true).await.unwrap_err();
        assert_eq!(refused.code, ProblemCode::NotChosen);
        choose(good, true).await.unwrap();
        let shown = async |id| {
            let found = Templates::find(&world.request, world.ann.may().unwrap(), id).await;
            let phone = found.unwrap().phones.remove(0);
            (phone.is_default, phone.has_other, phone.when_closed)
        };
        assert_eq!(shown(good).await, (true, false, true), "{}", test.engine);
        assert_eq!(shown(bad).await, (false, true, true));
        // Another one's taking back changes nothing.
        choose(bad, false).await.unwrap();
        choose(good, false).await.unwrap();
        assert_eq!(shown(good).await, (false, false, false));
    }
}

#[tokio::test]
async fn a_language_or_the_whole_name_is_deleted_at_meta_first() {
    for test in engines().await {
        let meta = Server::start(kind).await;
        let world = world(&test, &meta.url()).await;
        let russian = world.keep("aa", "ru", "APPROVED").await;
        let english = world.keep("aa", "en_US", "APPROVED").await;
        let delete = |id, end| {
            let permit = world.ann.may().unwrap();
            Templates::delete(&world.request, permit, id, end)
        };
        delete(russian, TemplateEnd::Language).await.unwrap();
        assert_eq!(world.names(TemplateFilter::default()).await, ["aa"]);
        assert!(meta.heard()[0].path.contains("hsm_id="), "{}", test.engine);
        world.keep("aa", "ru", "APPROVED").await;
        delete(english, TemplateEnd::Name).await.unwrap();
        assert!(world.names(TemplateFilter::default()).await.is_empty());
        assert!(!meta.heard()[1].path.contains("hsm_id="));
    }
}

#[tokio::test]
async fn nobody_touches_what_is_anothers() {
    for test in engines().await {
        let world = world(&test, "http://127.0.0.1:9").await;
        let id = world.keep("aa", "ru", "APPROVED").await;
        let (request, ben) = (&world.request, &world.ben);
        let found = [
            Templates::find(request, ben.may().unwrap(), id).await.err(),
            Templates::sync(request, ben.may().unwrap(), world.waba)
                .await
                .err(),
            Templates::offer(request, ben.may().unwrap(), id, false)
                .await
                .err(),
            Templates::choose(request, ben.may().unwrap(), id, world.phone, true, true)
                .await
                .err(),
            Templates::seen(request, ben.may().unwrap(), id).await.err(),
            Templates::delete(request, ben.may().unwrap(), id, TemplateEnd::Name)
                .await
                .err(),
            Templates::start(request, ben.may().unwrap(), world.waba)
                .await
                .err(),
            Templates::list(
                request,
                ben.may().unwrap(),
                world.waba,
                PageQuery::default(),
            )
            .await
            .err(),
        ];
        for (place, problem) in found.into_iter().enumerate() {
            assert_eq!(
                problem.unwrap().code,
                ProblemCode::NotFound,
                "{place} on {}",
                test.engine
            );
        }
        let mut form = form();
        let made = Templates::create(request, ben.may().unwrap(), world.waba, &mut form, None);
        assert_eq!(made.await.unwrap_err()[0].code, ProblemCode::NotFound);
        let kept = world
            .request
            .state
            .store
            .template_of(Scope::All, id.uuid())
            .await
            .unwrap();
        assert!(!kept.unwrap().hidden);
        assert_ne!(id.uuid(), Uuid::nil());
    }
}
