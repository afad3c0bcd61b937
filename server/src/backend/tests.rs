use super::Request;
use super::exchange::HttpExchange;
use super::testing::SETUP;
use crate::config::Config;
use crate::state::AppState;
use crate::store::testing::{TestStore, engines};
use app::backend::{Deliveries, Overviews, Phones};
use app::model::{
    Caller, DeliveryId, LinkFilter, PageQuery, PhoneFilter, ProblemCode, Proof, Role, Subject,
    UserId, Verdict,
};
use std::sync::Arc;
use uuid::Uuid;

async fn request(test: &TestStore) -> Request {
    request_with(test, Config::for_tests(test.folder())).await
}

/// A request of an installation with this configuration.
pub(super) async fn request_with(test: &TestStore, config: Config) -> Request {
    let state = AppState::for_tests(test, config).await;
    state.provision(test, SETUP).await;
    Request {
        state,
        exchange: Arc::new(HttpExchange::of_request()),
    }
}

pub(super) async fn caller(request: &Request, email: &str, role: Role) -> Caller {
    let person = request.state.store.person_by_email(email).await.unwrap();
    Caller {
        user: UserId::new(person.unwrap().id),
        email: email.to_owned(),
        role,
        framed_in: None,
    }
}

#[tokio::test]
async fn a_user_sees_their_own_and_an_admin_everything() {
    for test in engines().await {
        let request = request(&test).await;
        let ann = caller(&request, "ann@example.com", Role::User).await;
        let query = PageQuery::<PhoneFilter>::default();
        let page = Phones::list(&request, ann.may().unwrap(), query.clone())
            .await
            .unwrap();
        assert_eq!((page.total, page.rows.len()), (1, 1), "{}", test.engine);
        assert_eq!(page.rows[0].phone, "+77272000111");
        let bens = PageQuery {
            search: "777000222".to_owned(),
            ..query.clone()
        };
        let page = Phones::list(&request, ann.may().unwrap(), bens)
            .await
            .unwrap();
        assert!(page.rows.is_empty() && !page.nothing_at_all);
        let overview = request.read(ann.may().unwrap()).await.unwrap();
        assert_eq!(
            (overview.wabas, overview.phones, overview.portals),
            (1, 1, 1)
        );
        let admin = caller(&request, "ann@example.com", Role::Admin).await;
        let page = Phones::list(&request, admin.may().unwrap(), query)
            .await
            .unwrap();
        assert_eq!(page.total, 2);
    }
}

#[tokio::test]
async fn health_says_what_is_known_and_no_more() {
    for test in engines().await {
        let request = request(&test).await;
        let admin = caller(&request, "ann@example.com", Role::Admin).await;
        let overview = request.read(admin.may().unwrap()).await.unwrap();
        let found = |name: &str| {
            let found = overview.connections.iter().find(|found| found.name == name);
            let found = found.unwrap_or_else(|| panic!("{name} on {}", test.engine));
            (found.subject, found.verdict, found.proof.clone())
        };
        assert_eq!(
            found("ann.bitrix24.com"),
            (Subject::Portal, Verdict::Unknown, Proof::PortalUnchecked)
        );
        assert_eq!(
            found("ben.bitrix24.com"),
            (Subject::Portal, Verdict::Failed, Proof::PortalNeedsTokens)
        );
        let unchecked = Proof::ConnectorUnchecked { line: Some(17) };
        assert_eq!(
            found("+77272000111"),
            (Subject::Phone, Verdict::Unknown, unchecked)
        );
        assert_eq!(
            found("+77272000222"),
            (Subject::Phone, Verdict::Attention, Proof::NotLinked)
        );
        assert_eq!(overview.connections[0].verdict, Verdict::Failed);
        assert_eq!((overview.more, overview.held), (0, None));
    }
}

#[tokio::test]
async fn lists_are_narrowed_and_what_is_not_there_is_not_found() {
    for test in engines().await {
        let request = request(&test).await;
        let admin = caller(&request, "ann@example.com", Role::Admin).await;
        let attention = PageQuery::<PhoneFilter>::default().with_filter(PhoneFilter {
            link: LinkFilter::Attention,
        });
        let page = Phones::list(&request, admin.may().unwrap(), attention)
            .await
            .unwrap();
        assert_eq!(page.total, 2);
        let page = Deliveries::list(&request, admin.may().unwrap(), PageQuery::default())
            .await
            .unwrap();
        assert!(page.nothing_at_all && page.rows.is_empty());
        let unknown = DeliveryId::new(Uuid::from_u128(1));
        let found = Deliveries::find(&request, admin.may().unwrap(), unknown).await;
        assert_eq!(found.unwrap_err().code, ProblemCode::NotFound);
    }
}
