use super::Request;
use super::exchange::HttpExchange;
use crate::bus::Bus;
use crate::clock::Clock;
use crate::config::Config;
use crate::inbox::ReceiptWriter;
use crate::provision::Provisioner;
use crate::remotes::Remotes;
use crate::state::{AppState, Parts};
use crate::store::testing::{TestStore, engines};
use crate::vault::Vault;
use app::backend::{Deliveries, Overviews, Phones};
use app::model::{
    Caller, DeliveryId, LinkFilter, PageQuery, PhoneFilter, ProblemCode, Proof, Role, Subject,
    UserId, Verdict,
};
use std::sync::Arc;
use uuid::Uuid;

/// Two people, each with a WABA, a portal and a phone; Ben's portal has no tokens.
const SETUP: &str = r#"
[[user]]
email = "ann@example.com"
password = "thoth demo password"
role = "user"

[[user]]
email = "ben@example.com"
password = "thoth demo password"
role = "user"

[[waba]]
owner = "ann@example.com"
name = "Flowers"
waba_id = "100"
access_token = "token-a"

[[waba]]
owner = "ben@example.com"
name = "Books"
waba_id = "200"
access_token = "token-b"

[[portal]]
owner = "ann@example.com"
domain = "ann.bitrix24.com"
member_id = "member-ann"
client_id = "local.1"
client_secret = "secret-a"
application_token = "application-a"
access_token = "access-a"
refresh_token = "refresh-a"

[[portal]]
owner = "ben@example.com"
domain = "ben.bitrix24.com"
member_id = "member-ben"
client_id = "local.2"
client_secret = "secret-b"
application_token = "application-b"

[[phone]]
owner = "ann@example.com"
phone = "+77272000111"
phone_id = "777000111"
waba = "100"
portal = "member-ann"
line_id = 17
connector = "thoth_whatsapp"

[[phone]]
owner = "ben@example.com"
phone = "+77272000222"
phone_id = "777000222"
waba = "200"
"#;

async fn request(test: &TestStore) -> Request {
    request_with(test, Config::for_tests(test.folder())).await
}

/// A request of an installation with this configuration.
pub(super) async fn request_with(test: &TestStore, config: Config) -> Request {
    let vault = Vault::unlock(&config, &test.store).await.unwrap();
    let clock = Clock::system();
    let path = test.folder().join("setup.toml");
    std::fs::write(&path, SETUP).unwrap();
    let provisioner = Provisioner {
        store: &test.store,
        vault: &vault,
        config: &config,
        clock: &clock,
    };
    if let Err(error) = provisioner.provision(&path).await {
        panic!("{}: {error}", test.engine);
    }
    let bus = Bus::default();
    Request {
        state: AppState::new(Parts {
            receipts: ReceiptWriter::start(test.store.clone(), bus.clone()),
            remotes: Remotes::for_tests(&config, &test.store, &vault, &clock),
            store: test.store.clone(),
            vault,
            config: Arc::new(config),
            clock,
            bus,
            pulse: crate::pulse::Pulse::default(),
        }),
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
