//! An installation with three owners, and the ways to ask it something.

use super::answer::{Answer, Seat};
use super::things::{Things, things};
use crate::accounts::{Accounts, Email, Password, Role};
use crate::config::Config;
use crate::state::AppState;
use crate::store::entities::meta_app;
use crate::store::testing::TestStore;
use crate::vault::Place;
use crate::web::router;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use std::time::Duration;
use tower::ServiceExt;
use uuid::Uuid;

const PASSWORD: &str = "thoth demo password";

/// Where the panel is reached, and where nobody answers.
pub const HERE: &str = "http://127.0.0.1:3000";
const NOBODY: &str = "http://127.0.0.1:9";

/// What takes longer does not end at all.
const LONGEST: Duration = Duration::from_secs(60);

/// The installation. Remote systems are out of reach.
pub struct World {
    router: Router,
    pub state: AppState,
    pub admin: Things,
    pub ann: Things,
    pub ben: Things,
}

impl World {
    pub async fn of(test: &TestStore) -> Self {
        let state = state(test).await;
        let owners = [
            ("root", 23, "admin"),
            ("ann", 17, "user"),
            ("ben", 19, "user"),
        ];
        let setup = owners.map(|(name, n, role)| {
            include_str!("owner.toml")
                .replace("{name}", name)
                .replace("{n}", &n.to_string())
                .replace("{role}", role)
        });
        state.provision(test, &setup.concat()).await;
        let accounts = Accounts::new(
            state.store.clone(),
            state.vault.clone(),
            state.clock.clone(),
        );
        let spare = Email::parse("spare@example.com").unwrap();
        let password = Password::choose(&PASSWORD.into()).unwrap();
        let spare = accounts.person_add(spare, &password, Role::User).await;
        let spare = spare.unwrap().id;
        app_set(&state).await;
        Self {
            admin: things(&state, "root", 23, spare).await,
            ann: things(&state, "ann", 17, spare).await,
            ben: things(&state, "ben", 19, spare).await,
            router: router(state.clone()),
            state,
        }
    }

    /// Signs somebody in.
    pub async fn seat(&self, name: &str) -> Seat {
        let fields = [
            ("email", format!("{name}@walk.example")),
            ("password", PASSWORD.to_owned()),
        ];
        let request = Seat::Nobody.form("/api/panel/sign_in", &fields);
        let answer = self.send(request).await;
        let cookie = answer.header(header::SET_COOKIE).split(';').next();
        Seat::Session(cookie.unwrap().to_owned())
    }

    /// Sends it and reads the whole answer.
    /// A page that never ends is named.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let what = format!("{} {}", request.method(), request.uri());
        let answered =
            async { Answer::read(self.router.clone().oneshot(request).await.unwrap()).await };
        let waited = tokio::time::timeout(LONGEST, answered).await;
        waited.unwrap_or_else(|_| panic!("{what} hangs"))
    }
}

async fn state(test: &TestStore) -> AppState {
    let config = Config::from_words([
        ("THOTH_DATA_DIR", test.folder().display().to_string()),
        ("THOTH_GRAPH_URL", NOBODY.to_owned()),
        ("THOTH_BITRIX_OAUTH_URL", NOBODY.to_owned()),
        ("THOTH_ALLOW_PRIVATE_TARGETS", "true".to_owned()),
    ])
    .unwrap();
    AppState::for_tests(test, config).await
}

/// The Meta app that logins with Facebook need.
async fn app_set(state: &AppState) {
    let id = Uuid::now_v7();
    let app = meta_app::Model {
        id,
        app_id: "4400".to_owned(),
        app_secret: state
            .vault
            .seal(Place::MetaAppSecret, id, &"installation-app-secret".into()),
        config_id: None,
        updated_at: 0,
    };
    let txn = state.store.begin().await.unwrap();
    txn.meta_app_put_in_txn(app).await.unwrap();
    txn.commit().await.unwrap();
}
