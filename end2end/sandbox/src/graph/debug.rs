//! `GET /debug_token`: what a token is worth.

use super::Refusal;
use super::route::{Call, Caller};
use crate::words::now;
use crate::world::TokenState;
use serde_json::{Value, json};

/// Seconds Meta lets an app see a person's data after they last used it.
const DATA_ACCESS: i64 = 90 * 86_400;

/// Answers an app for any token of its own, good or not. A token may not ask, nor an app for another app's token.
pub fn debug_token(call: &Call) -> Result<Value, Refusal> {
    let text = call
        .parameter("input_token")
        .ok_or_else(|| Refusal::parameter("The parameter input_token is required."))?;
    let Caller::App(app) = &call.caller else {
        return Err(Refusal::parameter(
            "You must provide an app access token, or a user access token that is an owner or developer of the app",
        ));
    };
    let (token, name) = call.shared.world(|world| {
        let token = world.tokens.iter().find(|it| it.text == text).cloned();
        let name = token
            .as_ref()
            .and_then(|it| world.app(&it.app))
            .map(|it| it.name.clone());
        (token, name)
    });
    let Some(token) = token else {
        return Ok(json!({ "data": {
            "error": { "code": 190, "message": "Invalid OAuth access token." },
            "is_valid": false,
            "scopes": [],
        }}));
    };
    if token.app != *app {
        return Err(Refusal::parameter(
            "The App_id in the input_token did not match the Viewing App",
        ));
    }
    let targets = call.shared.faults(|faults| !faults.refuse.all_assets);
    let granular: Vec<Value> = token
        .scopes
        .iter()
        .filter(|scope| scope.starts_with("whatsapp_"))
        .map(|scope| match targets {
            true => json!({ "scope": scope, "target_ids": token.wabas }),
            false => json!({ "scope": scope }),
        })
        .collect();
    let state = token.state_now();
    let mut data = json!({
        "app_id": token.app,
        "type": token.kind,
        "application": name,
        "data_access_expires_at": if token.kind == "USER" { token.issued_at + DATA_ACCESS } else { 0 },
        "expires_at": match state {
            TokenState::Expired => token.expires_at.clamp(1, now()),
            TokenState::Good | TokenState::Invalidated => token.expires_at,
        },
        "is_valid": state == TokenState::Good,
        "issued_at": token.issued_at,
        "scopes": token.scopes,
        "granular_scopes": granular,
        "user_id": token.user_id,
    });
    let error = match state {
        TokenState::Good => None,
        TokenState::Expired => Some(("Error validating access token: Session has expired", 463)),
        TokenState::Invalidated => Some((
            "Error validating access token: The session has been invalidated.",
            467,
        )),
    };
    if let (Some((message, subcode)), Some(map)) = (error, data.as_object_mut()) {
        let error = json!({ "code": 190, "message": message, "subcode": subcode });
        map.insert("error".to_string(), error);
    }
    Ok(json!({ "data": data }))
}
