//! WhatsApp Business Accounts: their numbers, their subscriptions, what a token is worth.

use super::route::{Call, Caller};
use super::{Refusal, numbers};
use crate::webhook::handshake;
use crate::words::{int_of, text_of};
use crate::world::{Subscription, Waba};
use serde_json::{Map, Value, json};

/// The account, where the token may manage it.
pub fn owned(call: &Call, id: &str) -> Result<Waba, Refusal> {
    let waba = call
        .shared
        .world(|world| world.waba(id).cloned())
        .filter(|waba| call.may(&waba.id))
        .ok_or_else(|| Refusal::no_object(call.method.as_str(), id))?;
    call.needs("whatsapp_business_management")?;
    Ok(waba)
}

/// `GET /{waba}?fields=`
pub fn read(call: &Call, id: &str) -> Result<Value, Refusal> {
    let waba = owned(call, id)?;
    fields_of(call, &waba, call.parameter("fields").as_deref())
}

/// The fields asked for; an unknown one fails the whole request.
pub fn fields_of(call: &Call, waba: &Waba, fields: Option<&str>) -> Result<Value, Refusal> {
    let plain = "id,name,currency,timezone_id,message_template_namespace";
    let fields = fields.filter(|list| !list.trim().is_empty());
    let mut out = Map::new();
    for field in fields.unwrap_or(plain).split(',').map(str::trim) {
        let value = match field {
            "id" => json!(waba.id),
            "name" => json!(waba.name),
            "currency" => json!("USD"),
            "timezone_id" => json!("1"),
            "message_template_namespace" => json!("f0e1d2c3_b4a5_9687_7869_5a4b3c2d1e0f"),
            "business_verification_status" => json!("verified"),
            "account_review_status" => json!("APPROVED"),
            "ownership_type" => json!("CLIENT_OWNED"),
            "owner_business_info" => {
                json!({ "name": format!("Business {}", waba.business), "id": waba.business })
            }
            "health_status" => json!({ "can_send_message": "AVAILABLE", "entities": [
                { "entity_type": "WABA", "id": waba.id, "can_send_message": "AVAILABLE" },
                { "entity_type": "BUSINESS", "id": waba.business, "can_send_message": "AVAILABLE" },
                { "entity_type": "APP", "id": call.app(), "can_send_message": "AVAILABLE" },
            ]}),
            _ => {
                let words = format!("Tried accessing nonexisting field ({field})");
                return Err(Refusal::parameter(&words));
            }
        };
        out.insert(field.to_string(), value);
    }
    out.insert("id".to_string(), json!(waba.id));
    Ok(Value::Object(out))
}

/// `GET /{waba}/phone_numbers`, in pages of `limit` (25).
pub fn phone_numbers(call: &Call, id: &str) -> Result<Value, Refusal> {
    owned(call, id)?;
    let fields = text_of(call.query.get("fields"));
    let phones: Vec<_> = call.shared.world(|world| {
        let own = world.phones.iter().filter(|phone| phone.waba == id);
        own.cloned().collect()
    });
    let data: Result<Vec<(String, Value)>, Refusal> = phones
        .iter()
        .map(|phone| {
            Ok((
                phone.id.clone(),
                numbers::fields_of(call, phone, fields.as_deref())?,
            ))
        })
        .collect();
    Ok(paged(call, &format!("{id}/phone_numbers"), data?))
}

/// One page of a list with its cursors: `limit` (25) rows behind `after`. The address of the next page keeps the
/// other parameters.
pub fn paged(call: &Call, path: &str, rows: Vec<(String, Value)>) -> Value {
    let limit = int_of(call.query.get("limit"))
        .filter(|limit| *limit > 0)
        .unwrap_or(25) as usize;
    page_of(call, path, rows, limit)
}

/// The same in pages of this many rows.
pub fn page_of(call: &Call, path: &str, rows: Vec<(String, Value)>, limit: usize) -> Value {
    let from = text_of(call.query.get("after"))
        .and_then(|after| rows.iter().position(|(id, _)| cursor(id) == after))
        .map_or(0, |index| index + 1);
    let all = rows.len();
    let page: Vec<(String, Value)> = rows.into_iter().skip(from).take(limit).collect();
    let ends = page.first().zip(page.last());
    let paging = ends.map(|(first, last)| {
        let mut paging =
            json!({ "cursors": { "before": cursor(&first.0), "after": cursor(&last.0) } });
        if from + page.len() < all
            && let Some(map) = paging.as_object_mut()
        {
            let main = call.shared.ports.main();
            let query = next_query(call, limit, &cursor(&last.0));
            let next = format!("{main}/graph/v25.0/{path}?{query}");
            map.insert("next".to_string(), json!(next));
        }
        paging
    });
    let data: Vec<Value> = page.into_iter().map(|(_, value)| value).collect();
    match paging {
        Some(paging) => json!({ "data": data, "paging": paging }),
        None => json!({ "data": data }),
    }
}

fn next_query(call: &Call, limit: usize, after: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (key, value) in call.query.as_object().into_iter().flatten() {
        let own = ["limit", "after", "before", "access_token"].contains(&key.as_str());
        if let (false, Some(text)) = (own, text_of(Some(value))) {
            query.append_pair(key, &text);
        }
    }
    query.append_pair("limit", &limit.to_string());
    query.append_pair("after", after);
    query.finish()
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
    let entry = |subscription: &Subscription| {
        let app = &subscription.app;
        let name = call
            .shared
            .world(|world| world.app(app).map(|app| app.name.clone()));
        let mut entry = json!({ "whatsapp_business_api_data": {
            "id": app,
            "link": format!("https://www.facebook.com/games/?app_id={app}"),
            "name": name.unwrap_or_default(),
        }});
        if let (Some(url), Some(map)) = (&subscription.override_url, entry.as_object_mut()) {
            map.insert("override_callback_uri".to_string(), json!(url));
        }
        entry
    };
    waba.subscribed.iter().map(entry).collect()
}

/// `POST /{waba}/subscribed_apps` for the token's app; an override callback is asked for its challenge first.
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
            waba.subscribe(call.app(), override_url);
        }
    });
    Ok(json!({ "success": true }))
}

/// `DELETE /{waba}/subscribed_apps`: the token's app, and no other.
pub fn unsubscribe(call: &Call, id: &str) -> Result<Value, Refusal> {
    owned(call, id)?;
    call.shared.world(|world| {
        if let Some(waba) = world.waba_mut(id) {
            waba.unsubscribe(call.app());
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
    let fields = call.parameter("fields").map(|list| {
        let each = list.split(',').map(|field| field.trim().to_string());
        each.collect::<Vec<String>>()
    });
    handshake(&call.shared, &url, &token)
        .await
        .map_err(|words| Refusal::callback(&words))?;
    call.shared.world(|world| {
        if let Some(app) = world.apps.iter_mut().find(|app| app.id == id) {
            app.callback_url = url;
            app.verify_token = token;
            app.fields = fields.unwrap_or_else(|| std::mem::take(&mut app.fields));
        }
    });
    Ok(json!({ "success": true }))
}
