//! The way to Facebook's dialog.

use super::LoginError;
use crate::accounts::webhook_key_generate;
use crate::config::Config;
use crate::connect::waba::meta_app;
use crate::state::AppState;
use crate::store::entities::facebook_login;
use secrecy::ExposeSecret;
use url::Url;
use uuid::Uuid;

/// How long a person may take in the dialog, in milliseconds.
const TIME: i64 = 10 * 60 * 1000;

/// What is asked for where no configuration says it.
const SCOPES: &str = "business_management,whatsapp_business_management,whatsapp_business_messaging";

/// The address Facebook sends the person back to; it stands in the app's settings, byte for byte.
pub fn redirect_uri(config: &Config) -> String {
    let base = config.public_url.as_str().trim_end_matches('/');
    format!("{base}/connect/facebook/callback")
}

/// Begins a login of this person in this session; answers the dialog's address.
pub async fn begin(state: &AppState, person: Uuid, session: &str) -> Result<Url, LoginError> {
    let app = meta_app(state).await?.ok_or(LoginError::NoApp)?;
    let secret = webhook_key_generate();
    let now = state.clock.now();
    let login = facebook_login::Model {
        id: Uuid::now_v7(),
        person_id: person,
        state_hash: state.vault.hash(secret.expose_secret()),
        session_hash: state.vault.hash(session),
        token: None,
        found: None,
        created_at: now,
        expires_at: now + TIME,
    };
    state.store.facebook_login_begin(login).await?;
    let mut url = state.config.facebook_url.clone();
    let version = state.config.graph_version.as_str();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend([version, "dialog", "oauth"]);
    }
    let redirect = redirect_uri(&state.config);
    let mut query = url.query_pairs_mut();
    query
        .append_pair("client_id", &app.app_id)
        .append_pair("redirect_uri", &redirect)
        .append_pair("state", secret.expose_secret())
        .append_pair("response_type", "code");
    match app.config_id.as_deref().filter(|id| !id.is_empty()) {
        Some(config) => query
            .append_pair("config_id", config)
            .append_pair("override_default_response_type", "true"),
        None => query.append_pair("scope", SCOPES),
    };
    drop(query);
    Ok(url)
}
