//! `event.*`: who wants to hear of what.

use super::{Call, Fail};
use crate::world::Bound;
use http::StatusCode;
use serde_json::{Value, json};

/// The events this portal can send.
pub const EVENTS: [&str; 10] = [
    "ONAPPINSTALL",
    "ONAPPUPDATE",
    "ONAPPUNINSTALL",
    "ONIMCONNECTORMESSAGEADD",
    "ONIMCONNECTORMESSAGEUPDATE",
    "ONIMCONNECTORMESSAGEDELETE",
    "ONIMCONNECTORSTATUSDELETE",
    "ONIMCONNECTORLINEDELETE",
    "ONIMCONNECTORDIALOGSTART",
    "ONIMCONNECTORDIALOGFINISH",
];

fn either(call: &Call<'_>, name: &str) -> Result<String, Fail> {
    call.text(name)
        .or_else(|| call.text(&name.to_uppercase()))
        .ok_or_else(|| Fail::empty(name))
}

/// `event.bind`
pub fn bind(call: &mut Call<'_>) -> Result<Value, Fail> {
    let event = either(call, "event")?.to_uppercase();
    let handler = either(call, "handler")?;
    let connectors = event.starts_with("ONIMCONNECTOR") && !call.app.has("imconnector");
    if connectors || !EVENTS.contains(&event.as_str()) {
        return Err(Fail::bad("ERROR_EVENT_NOT_FOUND", "Event not found!"));
    }
    let auth_type = call.int("auth_type").unwrap_or_default();
    let admin = call.admin();
    if auth_type != 0 && auth_type != call.user && !admin {
        return Err(Fail::new(
            StatusCode::FORBIDDEN,
            "ACCESS_DENIED",
            "Access denied!",
        ));
    }
    let twice = call.portal.bound.iter().any(|bound| {
        bound.app == call.app.client_id && bound.event == event && bound.handler == handler
    });
    if twice {
        return Err(Fail::bad(
            "ERROR_CORE",
            "Unable to set event handler: Handler already binded",
        ));
    }
    let id = call.portal.new_id();
    call.portal.bound.push(Bound {
        id,
        app: call.app.client_id.clone(),
        event,
        handler,
        auth_type,
    });
    Ok(json!(true))
}

/// `event.unbind`
pub fn unbind(call: &mut Call<'_>) -> Result<Value, Fail> {
    let event = either(call, "event")?.to_uppercase();
    let handler = either(call, "handler")?;
    let app = call.app.client_id.clone();
    let before = call.portal.bound.len();
    call.portal
        .bound
        .retain(|bound| bound.app != app || bound.event != event || bound.handler != handler);
    Ok(json!({ "count": before - call.portal.bound.len() }))
}

/// `event.get`
pub fn get(call: &Call<'_>) -> Value {
    let list: Vec<Value> = call
        .portal
        .bound
        .iter()
        .filter(|bound| bound.app == call.app.client_id)
        .map(|bound| json!({ "event": bound.event, "handler": bound.handler, "auth_type": bound.auth_type.to_string(), "offline": 0 }))
        .collect();
    json!(list)
}
