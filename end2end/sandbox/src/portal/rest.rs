//! `/rest/{method}`: the domain, the token, the limits, then the method or the batch.

use super::answer::{self, Fail};
use super::batch::{self, Who};
use super::{dispatch, limits};
use crate::fault_layer::{self, Called};
use crate::faults::{Refuse, Target};
use crate::oauth::gather;
use crate::state::Shared;
use crate::words::{now, now_exact, text_of};
use crate::world::Portal;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};

/// A portal's REST under its own root, with the fault layer in front.
pub fn router(shared: &Shared, member_id: &str) -> Router {
    let called = Called {
        target: Target::Portal,
        member: member_id.to_string(),
    };
    let layer = from_fn_with_state((shared.clone(), called), fault_layer::play);
    Router::new()
        .route("/rest/{method}", any(call))
        .route("/rest/{method}/", any(call))
        .route("/rest/{user}/{secret}/{method}", any(webhook))
        .layer(layer)
        .with_state((shared.clone(), member_id.to_string()))
}

/// Incoming webhooks have no application context; everything THOTH needs refuses them.
async fn webhook() -> Response {
    let fail = Fail::new(
        StatusCode::FORBIDDEN,
        "WRONG_AUTH_TYPE",
        "Current authorization type is denied for this method",
    );
    (fail.status, axum::Json(fail.body())).into_response()
}

async fn call(
    State((shared, member_id)): State<(Shared, String)>,
    Path(method): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let start = now_exact();
    let method = method.trim_end_matches(".json").to_string();
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    if let Some(domain) = moved(&shared, &member_id, host) {
        let location = match &query {
            Some(query) => format!("http://{domain}/rest/{method}?{query}"),
            None => format!("http://{domain}/rest/{method}"),
        };
        shared.journal(|journal| journal.write("portal", method, 302, "moved", "", Vec::new()));
        return (StatusCode::FOUND, [(header::LOCATION, location)]).into_response();
    }
    let input = gather(query.as_deref(), &headers, &body);
    let mut warnings = Vec::new();
    let (result, used, touched) = run(&shared, &member_id, &method, input, &mut warnings);
    for chat in touched {
        shared.tell_chat(&member_id, chat);
    }
    let (status, verdict, code) = match &result {
        Ok(_) => (StatusCode::OK, "ok", String::new()),
        Err(fail) => (fail.status, "refused", fail.code.clone()),
    };
    let quiet = ["imconnector.status", "imconnector.list", "imconnector.send"];
    let changes = method.starts_with("imconnector.") || method.starts_with("imopenlines.config.");
    let asks = method.ends_with("get") || quiet.iter().any(|it| method.starts_with(it));
    if method == "batch" || changes && !asks {
        shared.tell(json!({ "topic": "portal", "portal": member_id }));
    }
    if method == "batch" || method.starts_with("messageservice.") && !method.ends_with("list") {
        shared.tell(json!({ "topic": "sms", "portal": member_id }));
    }
    if method == "batch" || method.starts_with("telephony.") {
        shared.tell(json!({ "topic": "calls", "portal": member_id }));
    }
    shared.journal(|journal| {
        journal.write("portal", method, status.as_u16(), verdict, &code, warnings)
    });
    match result {
        Ok(value) => {
            let time = answer::time(start, used.0, used.1);
            axum::Json(json!({ "result": value, "time": time })).into_response()
        }
        Err(fail) => (fail.status, axum::Json(fail.body())).into_response(),
    }
}

/// The new domain, where the host that was called is an old one.
fn moved(shared: &Shared, member_id: &str, host: &str) -> Option<String> {
    shared.world(|world| {
        let portal = world.portal(member_id)?;
        let old = portal.old_domains.iter().any(|domain| domain == host);
        old.then(|| portal.domain.clone())
    })
}

type Ran = (Result<Value, Fail>, (f64, i64), Vec<i64>);

fn run(
    shared: &Shared,
    member_id: &str,
    method: &str,
    input: Value,
    warnings: &mut Vec<String>,
) -> Ran {
    let (limits, refuse) = shared.faults(|faults| (faults.limits.clone(), faults.refuse.clone()));
    shared.world(|world| {
        let Some(portal) = world.portal_mut(member_id) else {
            let gone = Fail::new(
                StatusCode::NOT_FOUND,
                "PORTAL_DELETED",
                "Portal was deleted",
            );
            return (Err(gone), (0.0, now()), Vec::new());
        };
        let mut input = input;
        let mut work = || {
            limits::bucket(portal, &limits)?;
            let who = who(portal, &input, &refuse)?;
            if let Some(map) = input.as_object_mut() {
                map.remove("auth");
            }
            if method == "batch" {
                batch::run(portal, &who, &input, &limits, warnings)
            } else {
                limits::operating(portal, &limits, method)?;
                let mut call = super::Call {
                    portal,
                    user: who.user,
                    app: who.app,
                    refuse: who.refuse,
                    params: std::mem::take(&mut input),
                    warnings,
                    refuse_item_every: limits.refuse_item_every,
                };
                dispatch::dispatch(&mut call, method)
            }
        };
        let result = work();
        let used = limits::used(portal, &limits, method);
        (result, used, std::mem::take(&mut portal.touched))
    })
}

/// The status Bitrix24 answers a system error with.
fn status_of(code: &str) -> StatusCode {
    match code {
        "expired_token" | "invalid_token" | "NO_AUTH_FOUND" | "authorization_error" => {
            StatusCode::UNAUTHORIZED
        }
        "ACCESS_DENIED" | "INVALID_CREDENTIALS" | "insufficient_scope" | "user_access_error" => {
            StatusCode::FORBIDDEN
        }
        "OVERLOAD_LIMIT" | "QUERY_LIMIT_EXCEEDED" => StatusCode::SERVICE_UNAVAILABLE,
        "PORTAL_DELETED" | "INTERNAL_SERVER_ERROR" => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

fn who<'a>(portal: &Portal, input: &Value, refuse: &'a Refuse) -> Result<Who<'a>, Fail> {
    if !refuse.rest.is_empty() {
        let words = "The portal refuses the call.";
        return Err(Fail::new(status_of(&refuse.rest), &refuse.rest, words));
    }
    let refused = |code: &str, text: &str| Fail::new(StatusCode::UNAUTHORIZED, code, text);
    let token = text_of(input.get("auth"))
        .filter(|token| !token.is_empty())
        .ok_or_else(|| refused("NO_AUTH_FOUND", "Wrong authorization data"))?;
    let found = portal
        .access
        .get(&token)
        .ok_or_else(|| refused("NO_AUTH_FOUND", "Wrong authorization data"))?;
    if found.expires <= now() {
        return Err(refused(
            "expired_token",
            "The access token provided has expired.",
        ));
    }
    let app = portal
        .app(&found.owner.app)
        .ok_or_else(|| refused("APPLICATION_NOT_FOUND", "Application not found"))?;
    let user = portal.user(found.owner.user);
    if user.is_none_or(|user| user.dismissed) {
        return Err(refused("authorization_error", "Unable to authorize user"));
    }
    if user.is_some_and(|user| !app.open_to(user)) {
        let words = "The user does not have access to the application.";
        return Err(Fail::new(StatusCode::FORBIDDEN, "user_access_error", words));
    }
    Ok(Who {
        user: found.owner.user,
        app: app.clone(),
        refuse,
    })
}
