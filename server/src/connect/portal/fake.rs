//! A Bitrix24 for tests: the OAuth server and one portal behind the same address.

use super::AppCall;
use crate::outside::testing::{Heard, Server, json_answer};
use axum::response::Response;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// How this Bitrix24 is. A test changes it while it runs.
#[derive(Clone, Debug)]
pub(crate) struct Mood {
    /// Whether `app.info` says whose token it is.
    pub(crate) names_app: bool,
    /// The app's id and secret.
    pub(crate) keys: (String, String),
    /// The key of the portal that tokens are for.
    pub(crate) member: String,
    /// The user whose tokens they are.
    pub(crate) user: &'static str,
    /// Whether the user is an administrator.
    pub(crate) is_admin: bool,
    /// Whether the portal answers.
    pub(crate) answers: bool,
    /// Refresh tokens that were used.
    spent: Vec<String>,
    /// Refreshes so far.
    count: usize,
}

/// The server and its mood.
pub(crate) struct Bitrix {
    pub(crate) server: Server,
    mood: Arc<Mutex<Mood>>,
}

impl Bitrix {
    /// A Bitrix24 where all is well.
    pub(crate) async fn start() -> Self {
        let mood = Arc::new(Mutex::new(Mood {
            names_app: true,
            keys: ("local.shop".to_owned(), "right".to_owned()),
            member: "member-shop".to_owned(),
            user: "7",
            is_admin: true,
            answers: true,
            spent: Vec::new(),
            count: 0,
        }));
        let address = Arc::new(Mutex::new(String::new()));
        let (own, here) = (mood.clone(), address.clone());
        let server = Server::start(move |heard| {
            answer(&mut own.lock().unwrap(), &here.lock().unwrap(), heard)
        })
        .await;
        *address.lock().unwrap() = server.url();
        Self { server, mood }
    }

    /// Changes the mood.
    pub(crate) fn now(&self, change: impl FnOnce(&mut Mood)) {
        change(&mut self.mood.lock().unwrap());
    }

    /// What Bitrix24 brings when the app is installed or opened by somebody with this refresh token.
    pub(crate) fn call(&self, kind: &'static str, refresh: &str) -> AppCall {
        AppCall {
            kind,
            member_id: self.mood.lock().unwrap().member.clone(),
            address: None,
            access_token: SecretString::from("access"),
            refresh_token: Some(SecretString::from(refresh)),
            server_endpoint: None,
            application_token: Some(SecretString::from("proof")),
            scopes: Vec::new(),
            language: "en".to_owned(),
            placement: "DEFAULT".to_owned(),
            options: Value::Null,
        }
    }
}

fn answer(mood: &mut Mood, here: &str, heard: &Heard) -> Response {
    let path = heard.path.split('?').next().unwrap_or_default();
    match path.trim_end_matches('/') {
        "/rest/app.info" => {
            let name = mood.names_app.then(|| mood.keys.0.clone());
            json_answer(
                200,
                json!({"result": {"client_id": name, "installed": true}}),
            )
        }
        "/oauth/token" => token(mood, here, &heard.body),
        _ if !mood.answers => json_answer(503, json!({"error": "QUERY_LIMIT_EXCEEDED"})),
        "/rest/profile" => json_answer(
            200,
            json!({"result": {"ID": mood.user, "ADMIN": mood.is_admin}}),
        ),
        "/rest/scope" => json_answer(200, json!({"result": ["imopenlines", "imconnector"]})),
        _ => json_answer(200, json!({"result": []})),
    }
}

fn token(mood: &mut Mood, here: &str, body: &str) -> Response {
    let fields: HashMap<String, String> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    if (&fields["client_id"], &fields["client_secret"]) != (&mood.keys.0, &mood.keys.1) {
        return json_answer(401, json!({"error": "invalid_client"}));
    }
    let old = fields["refresh_token"].clone();
    if mood.spent.contains(&old) || old == "foreign" {
        return json_answer(400, json!({"error": "invalid_grant"}));
    }
    mood.spent.push(old);
    mood.count += 1;
    let fresh = json!({"access_token": format!("access-{}", mood.count),
        "refresh_token": format!("refresh-{}", mood.count), "member_id": mood.member, "user_id": mood.user,
        "client_endpoint": format!("{here}/rest/"), "scope": "imopenlines,imconnector"});
    json_answer(200, fresh)
}
