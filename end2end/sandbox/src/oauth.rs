//! Bitrix24's OAuth server: `/oauth/token/`, `/rest/app.info`, and the script library at `/api/v1/`.

use crate::fault_layer::{self, Called};
use crate::faults::Target;
use crate::params;
use crate::state::Shared;
use crate::words::{now, text_of};
use crate::world::{Owner, Portal};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};
use std::borrow::Cow;

/// The permissions of an app that is installed from the beginning.
pub const SCOPE: &str =
    "imopenlines,imconnector,messageservice,crm,user,im,contact_center,placement,disk,telephony";

/// The OAuth server's own port.
pub fn router(shared: &Shared) -> Router {
    let called = Called::target(Target::Oauth);
    let layer = from_fn_with_state((shared.clone(), called), fault_layer::play);
    Router::new()
        .route("/api/v1", get(library))
        .route("/api/v1/", get(library))
        .route("/oauth/token", any(token))
        .route("/oauth/token/", any(token))
        .route("/rest/app.info", any(app_info))
        .route("/rest/app.info.json", any(app_info))
        .layer(layer)
        .with_state(shared.clone())
}

/// The script that apps load into their pages.
async fn library() -> impl IntoResponse {
    let kind = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    (kind, include_str!("../assets/b24.js"))
}

type Fail = (StatusCode, Cow<'static, str>, &'static str);

fn answer(shared: &Shared, what: &str, result: Result<Value, Fail>) -> Response {
    let (status, verdict, code) = match &result {
        Ok(_) => (StatusCode::OK, "ok", ""),
        Err((status, code, _)) => (*status, "refused", code.as_ref()),
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
    let result = grant(&shared, &input);
    answer(&shared, "oauth/token", result)
}

fn grant(shared: &Shared, input: &Value) -> Result<Value, Fail> {
    let get = |name: &str| text_of(input.get(name)).filter(|text| !text.is_empty());
    let bad = |text| (StatusCode::BAD_REQUEST, Cow::from("invalid_request"), text);
    let grant = get("grant_type").ok_or_else(|| bad("The grant_type parameter is missing."))?;
    let client = get("client_id").ok_or_else(|| bad("The client_id parameter is missing."))?;
    let secret =
        get("client_secret").ok_or_else(|| bad("The client_secret parameter is missing."))?;
    let (old, code) = match grant.as_str() {
        "refresh_token" => (
            get("refresh_token").ok_or_else(|| bad("The refresh_token parameter is missing."))?,
            false,
        ),
        "authorization_code" => (
            get("code").ok_or_else(|| bad("The code parameter is missing."))?,
            true,
        ),
        _ => {
            return Err((
                StatusCode::BAD_REQUEST,
                "invalid_grant".into(),
                "This grant type is not known.",
            ));
        }
    };
    let switch = shared.faults(|faults| faults.refuse.oauth.clone());
    if !switch.is_empty() {
        let status = match switch.as_str() {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        return Err((status, switch.into(), "The server gives no tokens."));
    }
    let server = shared.ports.oauth();
    shared.world(|world| {
        let life = world.behaviour.token_seconds;
        let knows = |portal: &Portal| {
            portal
                .app(&client)
                .is_some_and(|app| app.client_secret == secret)
        };
        if !world.portals.iter().any(knows) {
            return Err((
                StatusCode::UNAUTHORIZED,
                "invalid_client".into(),
                "The client credentials are invalid",
            ));
        }
        let gone: Fail = (
            StatusCode::BAD_REQUEST,
            "invalid_grant".into(),
            if code {
                "The code is invalid or has expired."
            } else {
                "The refresh token is invalid or has expired."
            },
        );
        let has = |portal: &Portal| {
            if code {
                portal.codes.iter().any(|it| it.code == old)
            } else {
                portal.refresh.contains_key(&old)
            }
        };
        let portal = world
            .portals
            .iter_mut()
            .find(|portal| knows(portal) && has(portal));
        let portal = portal.ok_or_else(|| gone.clone())?;
        let owner = if code {
            code_take(portal, &client, &old)
        } else {
            let own = portal
                .refresh
                .get(&old)
                .is_some_and(|owner| owner.app == client);
            own.then(|| portal.refresh.remove(&old)).flatten()
        };
        let owner = owner.ok_or(gone)?;
        let scope = portal.app(&client).map(|app| app.scopes.join(","));
        let user = owner.user;
        let (access, fresh) = portal.token_new(owner, life);
        Ok(json!({
            "access_token": access,
            "expires": now() + life,
            "expires_in": life,
            "scope": scope,
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

/// A code is good for thirty seconds and once.
fn code_take(portal: &mut Portal, client: &str, code: &str) -> Option<Owner> {
    let at = portal
        .codes
        .iter()
        .position(|it| it.code == code && it.owner.app == client && it.until > now())?;
    Some(portal.codes.remove(at).owner)
}

async fn app_info(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let input = gather(query.as_deref(), &headers, &body);
    let token = text_of(input.get("auth")).unwrap_or_default();
    let hidden = shared.faults(|faults| faults.refuse.client_id_hidden);
    let result = shared.world(|world| {
        let found = world.portals.iter().find_map(|portal| {
            let token = portal.access.get(&token)?;
            Some((portal, token))
        });
        let (portal, token) = found.ok_or((
            StatusCode::UNAUTHORIZED,
            "NO_AUTH_FOUND".into(),
            "Wrong authorization data",
        ))?;
        if token.expires <= now() {
            return Err((
                StatusCode::UNAUTHORIZED,
                "expired_token".into(),
                "The access token provided has expired.",
            ));
        }
        let app = portal.app(&token.owner.app).ok_or((
            StatusCode::UNAUTHORIZED,
            "APPLICATION_NOT_FOUND".into(),
            "Application not found",
        ))?;
        let mut info = json!({
            "scope": app.scopes.join(","),
            "expires": token.expires,
            "status": "L",
            "user_id": token.owner.user,
            "install": {
                "version": 1,
                "status": "L",
                "installed": app.installed,
                "client_endpoint": format!("http://{}/rest/", portal.domain),
            },
        });
        if !hidden && let Some(map) = info.as_object_mut() {
            map.insert("client_id".to_string(), json!(app.client_id));
        }
        Ok(json!({ "result": info }))
    });
    answer(&shared, "app.info", result)
}
