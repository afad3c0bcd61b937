//! `placement.*`: pages of an app in places of the portal. Only admins bind them.

use super::{Call, Fail};
use crate::world::Placement;
use http::StatusCode;
use serde_json::{Value, json};

/// Places this portal has; the settings page of a connector is accepted and never shown.
const PLACES: [&str; 7] = [
    "CONTACT_CENTER",
    "CRM_CONTACT_DETAIL_ACTIVITY",
    "CRM_DEAL_DETAIL_ACTIVITY",
    "CRM_LEAD_DETAIL_ACTIVITY",
    "IM_SIDEBAR",
    "LEFT_MENU",
    "SETTING_CONNECTOR",
];

fn admin(call: &Call<'_>) -> Result<(), Fail> {
    if call.admin() {
        return Ok(());
    }
    Err(Fail::new(
        StatusCode::FORBIDDEN,
        "ACCESS_DENIED",
        "Access denied!",
    ))
}

/// `placement.bind`
pub fn bind(call: &mut Call<'_>) -> Result<Value, Fail> {
    admin(call)?;
    let placement = call.need("PLACEMENT")?.to_uppercase();
    if !PLACES.contains(&placement.as_str()) {
        return Err(Fail::bad(
            "ERROR_PLACEMENT_NOT_FOUND",
            "Placement not found",
        ));
    }
    let empty = Fail::new(
        StatusCode::OK,
        "EMPTY_ERROR_HANDLER_URL",
        "The handler URL is empty",
    );
    let handler = call.text("HANDLER").ok_or(empty)?;
    let app = call.app.client_id.clone();
    let twice = call
        .portal
        .placements
        .iter()
        .any(|it| it.app == app && it.placement == placement && it.handler == handler);
    if twice {
        return Err(Fail::bad(
            "ERROR_CORE",
            "Unable to set placement handler: Handler already binded",
        ));
    }
    let title = call.text("TITLE").unwrap_or(call.app.name.clone());
    call.portal.placements.push(Placement {
        app,
        placement,
        handler,
        title,
    });
    Ok(json!(true))
}

/// `placement.unbind`; without HANDLER all of the app in this place.
pub fn unbind(call: &mut Call<'_>) -> Result<Value, Fail> {
    admin(call)?;
    let placement = call.need("PLACEMENT")?.to_uppercase();
    let handler = call.text("HANDLER");
    let app = call.app.client_id.clone();
    let before = call.portal.placements.len();
    call.portal.placements.retain(|it| {
        it.app != app
            || it.placement != placement
            || handler
                .as_ref()
                .is_some_and(|handler| *handler != it.handler)
    });
    Ok(json!({ "count": before - call.portal.placements.len() }))
}

/// `placement.get`
pub fn get(call: &Call<'_>) -> Result<Value, Fail> {
    admin(call)?;
    let own = call.portal.placements.iter();
    let own = own.filter(|it| it.app == call.app.client_id);
    let list: Vec<Value> = own
        .map(|it| json!({ "placement": it.placement, "handler": it.handler, "title": it.title }))
        .collect();
    Ok(json!(list))
}
