//! WhatsApp Business Accounts: their numbers, their subscriptions, what a token is worth.

use super::route::{Call, Caller};
use super::{Refusal, numbers};
use crate::webhook::handshake;
use crate::words::{int_of, now, text_of};
use crate::world::Waba;
use serde_json::{Value, json};

fn owned(call: &Call, id: &str) -> Result<Waba, Refusal> {
    call.shared
        .world(|world| world.waba(id).cloned())
        .filter(|waba| call.may(&waba.id))
        .ok_or_else(|| Refusal::no_object(call.method.as_str(), id))
}

/// `GET /{waba}`
pub fn read(call: &Call, id: &str) -> Result<Value, Refusal> {
    let waba = owned(call, id)?;
    Ok(json!({
        "id": waba.id,
        "name": waba.name,
        "timezone_id": "1",
        "message_template_namespace": "f0e1d2c3_b4a5_9687_7869_5a4b3c2d1e0f",
    }))
}

/// `GET /{waba}/phone_numbers`, in pages of `limit` (25).
pub fn phone_numbers(call: &Call, id: &str) -> Result<Value, Refusal> {
    owned(call, id)?;
    let limit = int_of(call.query.get("limit"))
        .filter(|limit| *limit > 0)
        .unwrap_or(25) as usize;
    let after = text_of(call.query.get("after"));
    let fields = text_of(call.query.get("fields"));
    let phones: Vec<_> = call.shared.world(|world| {
        let own = world.phones.iter().filter(|phone| phone.waba == id);
        own.cloned().collect()
    });
    let from = after
        .and_then(|after| phones.iter().position(|phone| cursor(&phone.id) == after))
        .map_or(0, |index| index + 1);
    let page: Vec<_> = phones.iter().skip(from).take(limit).collect();
    let data: Result<Vec<Value>, Refusal> = page
        .iter()
        .map(|phone| numbers::fields_of(call, phone, fields.as_deref()))
        .collect();
    let mut answer = json!({ "data": data? });
    if let (Some(first), Some(last), Some(map)) =
        (page.first(), page.last(), answer.as_object_mut())
    {
        let mut paging =
            json!({ "cursors": { "before": cursor(&first.id), "after": cursor(&last.id) } });
        if from + page.len() < phones.len()
            && let Some(paging) = paging.as_object_mut()
        {
            let next = format!(
                "{}/graph/v25.0/{id}/phone_numbers?limit={limit}&after={}",
                call.shared.ports.main(),
                cursor(&last.id)
            );
            paging.insert("next".to_string(), json!(next));
        }
        map.insert("paging".to_string(), paging);
    }
    Ok(answer)
}

fn cursor(id: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(id)
}

/// `GET /{waba}/subscribed_apps`
pub fn subscribed(call: &Call, id: &str) -> Result<Value, Refusal> {
    let waba = owned(call, id)?;
    Ok(json!({ "data": list(call, &waba) }))
}

fn list(call: &Call, waba: &Waba) -> Vec<Value> {
    if !waba.subscribed {
        return Vec::new();
    }
    let name = call
        .shared
        .world(|world| world.app(&waba.app).map(|app| app.name.clone()))
        .unwrap_or_default();
    let mut entry = json!({ "whatsapp_business_api_data": {
        "id": waba.app,
        "link": format!("https://www.facebook.com/games/?app_id={}", waba.app),
        "name": name,
    }});
    if let (Some(url), Some(map)) = (&waba.override_url, entry.as_object_mut()) {
        map.insert("override_callback_uri".to_string(), json!(url));
    }
    vec![entry]
}

/// `POST /{waba}/subscribed_apps`; an override callback is asked for its challenge first.
pub async fn subscribe(call: &Call, id: &str) -> Result<Value, Refusal> {
    owned(call, id)?;
    let override_url = call
        .parameter("override_callback_uri")
        .filter(|url| !url.is_empty());
    if let Some(url) = &override_url {
        if url.chars().count() > 200 {
            return Err(Refusal::parameter(
                "Param override_callback_uri must be at most 200 characters long.",
            ));
        }
        let token = call.parameter("verify_token").unwrap_or_default();
        handshake(&call.shared, url, &token)
            .await
            .map_err(|words| Refusal::callback(&words))?;
    }
    call.shared.world(|world| {
        if let Some(waba) = world.waba_mut(id) {
            waba.subscribed = true;
            waba.override_url = override_url;
        }
    });
    Ok(json!({ "success": true }))
}

/// `DELETE /{waba}/subscribed_apps`
pub fn unsubscribe(call: &Call, id: &str) -> Result<Value, Refusal> {
    owned(call, id)?;
    call.shared.world(|world| {
        if let Some(waba) = world.waba_mut(id) {
            waba.subscribed = false;
            waba.override_url = None;
        }
    });
    Ok(json!({ "success": true }))
}

/// `POST /{app}/subscriptions` with the app's own token: the callback of the whole app.
pub async fn app_subscribe(call: &Call, id: &str) -> Result<Value, Refusal> {
    if call.caller != Caller::App(id.to_string()) {
        return Err(Refusal::no_object("post", id));
    }
    if call.parameter("object").as_deref() != Some("whatsapp_business_account") {
        return Err(Refusal::parameter(
            "Param object must be one of {whatsapp_business_account}",
        ));
    }
    let url = call
        .parameter("callback_url")
        .ok_or_else(|| Refusal::parameter("The parameter callback_url is required."))?;
    let token = call.parameter("verify_token").unwrap_or_default();
    handshake(&call.shared, &url, &token)
        .await
        .map_err(|words| Refusal::callback(&words))?;
    call.shared.world(|world| {
        if let Some(app) = world.apps.iter_mut().find(|app| app.id == id) {
            app.callback_url = url;
            app.verify_token = token;
        }
    });
    Ok(json!({ "success": true }))
}

/// `GET /debug_token?input_token=`
pub fn debug_token(call: &Call) -> Result<Value, Refusal> {
    let token = call
        .parameter("input_token")
        .ok_or_else(|| Refusal::parameter("The parameter input_token is required."))?;
    let found: Vec<Waba> = call.shared.world(|world| {
        let own = world.wabas.iter().filter(|waba| waba.access_token == token);
        own.cloned().collect()
    });
    let Some(first) = found.first() else {
        return Ok(json!({ "data": {
            "error": { "code": 190, "message": "Invalid OAuth access token." },
            "is_valid": false,
            "scopes": [],
        }}));
    };
    let ids: Vec<&str> = found.iter().map(|waba| waba.id.as_str()).collect();
    let app_name = call
        .shared
        .world(|world| world.app(&first.app).map(|app| app.name.clone()));
    Ok(json!({ "data": {
        "app_id": first.app,
        "type": "SYSTEM_USER",
        "application": app_name,
        "data_access_expires_at": 0,
        "expires_at": if first.expired { now() - 60 } else { 0 },
        "is_valid": !first.expired,
        "issued_at": now() - 86_400,
        "scopes": ["whatsapp_business_management", "whatsapp_business_messaging"],
        "granular_scopes": [
            { "scope": "whatsapp_business_management", "target_ids": ids },
            { "scope": "whatsapp_business_messaging", "target_ids": ids },
        ],
        "user_id": "122100000000001",
    }}))
}
