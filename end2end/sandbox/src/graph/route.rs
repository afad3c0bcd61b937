//! From a request to the room that answers it: path, token, body.

use super::outgoing::Door;
use super::{
    Refusal, accounts, businesses, calling, debug, login, messages, numbers, registration,
    templates,
};
use crate::fault_layer::{self, Called};
use crate::faults::Target;
use crate::params;
use crate::state::Shared;
use crate::world::{GraphToken, TokenState};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{HeaderMap, Method, StatusCode, header};
use serde_json::{Map, Value};

/// Who calls, by the token they brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Somebody with a token.
    Token(GraphToken),
    /// The app itself, with `id|secret`.
    App(String),
}

/// One call, read.
pub struct Call {
    pub shared: Shared,
    pub caller: Caller,
    pub method: Method,
    pub query: Value,
    pub body: Value,
    pub warnings: Vec<String>,
    /// The body as it came, for uploads.
    pub bytes: Bytes,
    pub headers: HeaderMap,
}

impl Call {
    /// A parameter from the body or the query; Graph takes either.
    pub fn parameter(&self, name: &str) -> Option<String> {
        crate::words::text_of(self.body.get(name).or_else(|| self.query.get(name)))
    }

    /// The caller may touch this account.
    pub fn may(&self, waba: &str) -> bool {
        match &self.caller {
            Caller::Token(token) => token.wabas.iter().any(|id| id == waba),
            Caller::App(_) => false,
        }
    }

    /// The token was given this permission; refused otherwise.
    pub fn needs(&self, scope: &str) -> Result<(), Refusal> {
        match &self.caller {
            Caller::Token(token) if !token.has(scope) => Err(Refusal::permission(scope)),
            Caller::Token(_) | Caller::App(_) => Ok(()),
        }
    }

    /// The id of the app that calls, by itself or through a token.
    pub fn app(&self) -> &str {
        match &self.caller {
            Caller::Token(token) => &token.app,
            Caller::App(id) => id,
        }
    }

    /// The token of the caller, where it is not the app itself.
    pub fn token(&self) -> Option<&GraphToken> {
        match &self.caller {
            Caller::Token(token) => Some(token),
            Caller::App(_) => None,
        }
    }
}

/// `/graph/{version}/...` with the fault layer in front.
pub fn router(shared: &Shared) -> Router {
    let called = Called::target(Target::Graph);
    let layer = from_fn_with_state((shared.clone(), called), fault_layer::play);
    Router::new()
        .route("/graph/{*path}", any(answer))
        .layer(layer)
        .with_state(shared.clone())
}

async fn answer(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().trim_start_matches("/graph/").to_string();
    let what = format!("{} /{path}", parts.method);
    let Ok(body) = axum::body::to_bytes(body, 32 << 20).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let query = params::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let mut warnings = Vec::new();
    if login::is_exchange(&path) {
        return login::exchange(&shared, what, query, &body);
    }
    let raw = templates::is_upload(&path);
    let form = if raw { Bytes::new() } else { body.clone() };
    let result = match read(&shared, &parts.headers, query, &form, &mut warnings) {
        Ok((caller, query, form)) => {
            let mut call = Call {
                shared: shared.clone(),
                caller,
                method: parts.method,
                query,
                body: form,
                warnings,
                bytes: body,
                headers: parts.headers,
            };
            let result = dispatch(&mut call, &path).await;
            warnings = call.warnings;
            result
        }
        Err(refusal) => Err(refusal),
    };
    let (status, verdict, code) = match &result {
        Ok(_) => (200, "ok", String::new()),
        Err(refusal) => (refusal.status.as_u16(), "refused", refusal.code.to_string()),
    };
    shared.journal(|journal| journal.write("graph", what, status, verdict, &code, warnings));
    match result {
        Ok(value) => axum::Json(value).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

type Read = (Caller, Value, Value);

fn read(
    shared: &Shared,
    headers: &HeaderMap,
    query: Value,
    body: &[u8],
    warnings: &mut Vec<String>,
) -> Result<Read, Refusal> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| {
            let scheme = value.strip_prefix("Bearer ");
            scheme.or_else(|| value.strip_prefix("OAuth "))
        })
        .map(str::to_string);
    let token = match bearer {
        Some(token) => token,
        None => {
            let token = crate::words::text_of(query.get("access_token"));
            warnings.push("the token came in the address, not as Bearer".to_string());
            token.ok_or_else(Refusal::no_token)?
        }
    };
    let caller = caller(shared, &token)?;
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let body = if body.is_empty() {
        Value::Object(Map::new())
    } else if kind.starts_with("application/json") {
        let parsed: Value = serde_json::from_slice(body)
            .map_err(|_| Refusal::parameter("The request body is not valid JSON"))?;
        if !parsed.is_object() {
            return Err(Refusal::parameter("The request body must be an object"));
        }
        parsed
    } else {
        params::parse(body)
    };
    Ok((caller, query, body))
}

fn caller(shared: &Shared, token: &str) -> Result<Caller, Refusal> {
    shared.world(|world| {
        if let Some((id, secret)) = token.split_once('|') {
            let known = world
                .apps
                .iter()
                .any(|app| app.id == id && app.secret == secret);
            return known
                .then(|| Caller::App(id.to_string()))
                .ok_or_else(Refusal::bad_token);
        }
        let known = world.tokens.iter().find(|it| it.text == token);
        let known = known.ok_or_else(Refusal::bad_token)?;
        match known.state_now() {
            TokenState::Good => Ok(Caller::Token(known.clone())),
            TokenState::Expired => Err(Refusal::expired_token()),
            TokenState::Invalidated => Err(Refusal::invalidated_token()),
        }
    })
}

async fn dispatch(call: &mut Call, path: &str) -> Result<Value, Refusal> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let (version, rest) = parts.split_first().ok_or_else(|| Refusal::no_path(path))?;
    let known = version
        .strip_prefix('v')
        .and_then(|number| number.split_once('.'))
        .is_some_and(|(major, minor)| major.parse::<u8>().is_ok() && minor.parse::<u8>().is_ok());
    if !known {
        return Err(Refusal::no_path(path));
    }
    let (get, post, delete) = (
        call.method == Method::GET,
        call.method == Method::POST,
        call.method == Method::DELETE,
    );
    match rest {
        ["debug_token"] if get => debug::debug_token(call),
        ["me"] if get => businesses::me(call),
        ["me", "businesses"] if get => businesses::mine(call),
        [
            id,
            edge @ ("owned_whatsapp_business_accounts" | "client_whatsapp_business_accounts"),
        ] if get => businesses::accounts(call, id, edge),
        [upload] if post && upload.starts_with("upload:") => templates::receive(call, upload),
        [upload] if get && upload.starts_with("upload:") => templates::received(call, upload),
        [id] if get => node(call, id),
        [id] if post && templates::known(call, id) => templates::edit(call, id),
        [id] if post => numbers::change(call, id),
        [id, "uploads"] if post => templates::announce(call, id),
        [id, "message_templates"] if get => templates::list(call, id),
        [id, "message_templates"] if post => templates::create(call, id),
        [id, "message_templates"] if delete => templates::delete(call, id),
        [id, "messages"] if post => messages::send(call, id, Door::Messages),
        [id, "marketing_messages"] if post => messages::send(call, id, Door::Marketing),
        [id, "phone_numbers"] if get => accounts::phone_numbers(call, id),
        [id, "subscribed_apps"] if get => accounts::subscribed(call, id),
        [id, "subscribed_apps"] if post => accounts::subscribe(call, id).await,
        [id, "subscribed_apps"] if delete => accounts::unsubscribe(call, id),
        [id, "subscriptions"] if post => accounts::app_subscribe(call, id).await,
        [id, "settings"] if get => calling::read(call, id),
        [id, "settings"] if post => calling::change(call, id),
        [id, "call_permissions"] if get => calling::permissions(call, id),
        [id, "calls"] if post => calling::start(call, id),
        [id, "register"] if post => registration::register(call, id),
        [id, "deregister"] if post => registration::deregister(call, id),
        [
            id,
            "messages" | "marketing_messages" | "register" | "deregister" | "phone_numbers"
            | "subscribed_apps" | "settings" | "message_templates" | "uploads" | "calls"
            | "call_permissions",
        ] => Err(Refusal::no_object(call.method.as_str(), id)),
        [_, edge, ..] => Err(Refusal::no_path(edge)),
        [_] => Err(Refusal::no_object(call.method.as_str(), path)),
        [] => Err(Refusal::no_path(path)),
    }
}

fn node(call: &Call, id: &str) -> Result<Value, Refusal> {
    let (is_phone, is_waba) = call
        .shared
        .world(|world| (world.phone(id).is_some(), world.waba(id).is_some()));
    if is_phone {
        numbers::read(call, id)
    } else if is_waba {
        accounts::read(call, id)
    } else if templates::known(call, id) {
        templates::one(call, id)
    } else {
        Err(Refusal::no_object("get", id))
    }
}
