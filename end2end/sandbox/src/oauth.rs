//! Bitrix24's OAuth server: `/oauth/token/` and `/rest/app.info`.

use crate::fault_layer;
use crate::faults::Target;
use crate::params;
use crate::state::Shared;
use crate::words::{now, random_hex, text_of};
use crate::world::Token;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};

/// The scopes of the pretend app.
pub const SCOPE: &str =
    "imopenlines,imconnector,messageservice,crm,user,im,contact_center,placement";

/// The OAuth server's own port.
pub fn router(shared: &Shared) -> Router {
    let layer = from_fn_with_state((shared.clone(), Target::Oauth), fault_layer::play);
    Router::new()
        .route("/oauth/token", any(token))
        .route("/oauth/token/", any(token))
        .route("/rest/app.info", any(app_info))
        .route("/rest/app.info.json", any(app_info))
        .layer(layer)
        .with_state(shared.clone())
}

type Fail = (StatusCode, &'static str, &'static str);

fn answer(shared: &Shared, what: &str, result: Result<Value, Fail>) -> Response {
    let (status, verdict, code) = match &result {
        Ok(_) => (StatusCode::OK, "ok", ""),
        Err((status, code, _)) => (*status, "refused", *code),
    };
    shared.journal(|journal| {
        journal.write(
            "oauth",
            what.to_string(),
            status.as_u16(),
            verdict,
            code,
            Vec::new(),
        );
    });
    match result {
        Ok(value) => axum::Json(value).into_response(),
        Err((status, code, text)) => {
            let body = json!({ "error": code, "error_description": text });
            (status, axum::Json(body)).into_response()
        }
    }
}

/// Query and body together; the body wins. Bodies are forms or JSON.
pub fn gather(query: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Value {
    let mut tree = params::parse(query.unwrap_or_default().as_bytes());
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let more = if body.is_empty() {
        Value::Null
    } else if kind.is_some_and(|kind| kind.starts_with("application/json")) {
        serde_json::from_slice(body).unwrap_or(Value::Null)
    } else {
        params::parse(body)
    };
    if let (Value::Object(tree), Value::Object(more)) = (&mut tree, more) {
        for (key, value) in more {
            tree.insert(key, value);
        }
        return Value::Object(std::mem::take(tree));
    }
    if tree.is_object() { tree } else { json!({}) }
}

async fn token(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let input = gather(query.as_deref(), &headers, &body);
    let result = refresh(&shared, &input);
    answer(&shared, "oauth/token", result)
}

fn refresh(shared: &Shared, input: &Value) -> Result<Value, Fail> {
    let get = |name: &str| text_of(input.get(name)).filter(|text| !text.is_empty());
    let bad = |text| (StatusCode::BAD_REQUEST, "invalid_request", text);
    let grant = get("grant_type").ok_or_else(|| bad("The grant_type parameter is missing."))?;
    if grant != "refresh_token" {
        return Err((
            StatusCode::BAD_REQUEST,
            "invalid_grant",
            "This grant type is not played here.",
        ));
    }
    let client = get("client_id").ok_or_else(|| bad("The client_id parameter is missing."))?;
    let secret =
        get("client_secret").ok_or_else(|| bad("The client_secret parameter is missing."))?;
    let old = get("refresh_token").ok_or_else(|| bad("The refresh_token parameter is missing."))?;
    let server = shared.ports.oauth();
    shared.world(|world| {
        let known = world
            .portals
            .iter()
            .any(|portal| portal.client_id == client && portal.client_secret == secret);
        if !known {
            return Err((
                StatusCode::UNAUTHORIZED,
                "invalid_client",
                "The client credentials are invalid",
            ));
        }
        let life = world.behaviour.token_seconds;
        let portal = world
            .portals
            .iter_mut()
            .find(|portal| portal.client_id == client && portal.refresh.contains_key(&old));
        let gone = (
            StatusCode::BAD_REQUEST,
            "invalid_grant",
            "The refresh token is invalid or has expired.",
        );
        let portal = portal.ok_or(gone)?;
        if !portal.installed {
            return Err((
                StatusCode::UNAUTHORIZED,
                "invalid_client",
                "The application is not installed.",
            ));
        }
        let user = portal.refresh.remove(&old).ok_or(gone)?;
        let access = random_hex(24);
        let fresh = random_hex(24);
        let expires = now() + life;
        portal
            .access
            .insert(access.clone(), Token { user, expires });
        portal.refresh.insert(fresh.clone(), user);
        Ok(json!({
            "access_token": access,
            "expires": expires,
            "expires_in": life,
            "scope": SCOPE,
            "domain": server.trim_start_matches("http://"),
            "server_endpoint": format!("{server}/rest/"),
            "status": "L",
            "client_endpoint": format!("http://{}/rest/", portal.domain),
            "member_id": portal.member_id,
            "user_id": user,
            "refresh_token": fresh,
        }))
    })
}

async fn app_info(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let input = gather(query.as_deref(), &headers, &body);
    let token = text_of(input.get("auth")).unwrap_or_default();
    let result = shared.world(|world| {
        let found = world.portals.iter().find_map(|portal| {
            let token = portal.access.get(&token)?;
            Some((portal, token))
        });
        let (portal, token) = found.ok_or((StatusCode::UNAUTHORIZED, "NO_AUTH_FOUND", "Wrong authorization data"))?;
        if token.expires <= now() {
            return Err((StatusCode::UNAUTHORIZED, "expired_token", "The access token provided has expired."));
        }
        Ok(json!({ "result": {
            "client_id": portal.client_id,
            "scope": SCOPE,
            "expires": token.expires,
            "status": "L",
            "user_id": token.user,
            "install": { "version": 1, "status": "L", "installed": portal.installed, "client_endpoint": format!("http://{}/rest/", portal.domain) },
        }}))
    });
    answer(&shared, "app.info", result)
}
