//! Requests for tests of other rooms.

use super::Request;
use super::tests::request_with;
use crate::config::Config;
use crate::state::AppState;
use crate::store::entities::{phone, portal};
use crate::store::testing::TestStore;
use crate::vault::Place;
use secrecy::SecretString;
use uuid::Uuid;

/// Two people, each with a WABA, a portal and a phone; Ben's portal has no tokens.
pub(crate) const SETUP: &str = r#"
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

/// A request of an installation whose Bitrix24 is at this address.
pub(crate) async fn request_at(test: &TestStore, bitrix: &str) -> RequestAt {
    let mut config = Config::for_tests(test.folder());
    config.bitrix_oauth_url = Some(bitrix.parse().unwrap());
    config.allow_private_targets = true;
    let request = request_with(test, config).await;
    RequestAt {
        state: request.state.clone(),
        request,
    }
}

/// An installation whose Meta is at this address, and the first phone in it: Ann's, whose WABA is of the app 555.
pub(crate) async fn state_at_meta(test: &TestStore, graph: &str) -> (AppState, phone::Model) {
    let mut config = Config::for_tests(test.folder());
    config.graph_url = graph.parse().unwrap();
    config.allow_private_targets = true;
    let state = request_with(test, config).await.state;
    let phone = state
        .store
        .phone_by_any_id("777000111")
        .await
        .unwrap()
        .unwrap();
    let mut waba = state.store.waba_find(phone.waba_id).await.unwrap().unwrap();
    waba.app_id = Some("555".to_owned());
    let txn = state.store.begin().await.unwrap();
    txn.waba_update_in_txn(waba).await.unwrap();
    txn.commit().await.unwrap();
    (state, phone)
}

/// A request, and what it knows.
pub(crate) struct RequestAt {
    /// The installation.
    pub(crate) state: AppState,
    /// The request.
    pub(super) request: Request,
}

/// Adds a portal of Ann's that waits for its app.
pub(crate) async fn shop(state: &AppState, client_id: &str, secret: &str) -> portal::Model {
    let ann = state.store.person_by_email("ann@example.com").await;
    let id = Uuid::now_v7();
    let seal = |place, words: &str| state.vault.seal(place, id, &SecretString::from(words));
    let now = state.clock.now();
    let row = portal::Model {
        id,
        owner_id: ann.unwrap().unwrap().id,
        protocol: "https".to_owned(),
        domain: String::new(),
        member_id: String::new(),
        client_id: client_id.to_owned(),
        client_secret: seal(Place::PortalClientSecret, secret),
        application_token: seal(Place::PortalApplicationToken, ""),
        server_endpoint: String::new(),
        state: "needs_install".to_owned(),
        state_reason: None,
        name: Some("Shop".to_owned()),
        kind: None,
        scopes: None,
        installed_at: None,
        created_at: now,
        updated_at: now,
    };
    let txn = state.store.begin().await.unwrap();
    txn.portal_insert_in_txn(row.clone()).await.unwrap();
    txn.commit().await.unwrap();
    row
}
