//! Business phone numbers: reading, and the PIN.

use super::route::Call;
use super::{Refusal, calling};
use crate::world::Phone;
use serde_json::{Map, Value, json};

const PLAIN: [&str; 6] = [
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
];

/// `GET /{phone_id}?fields=`
pub fn read(call: &Call, id: &str) -> Result<Value, Refusal> {
    let phone = owned(call, id)?;
    let fields = call.parameter("fields");
    fields_of(call, &phone, fields.as_deref())
}

/// The number, where the token may see it.
pub fn seen(call: &Call, id: &str) -> Result<Phone, Refusal> {
    call.shared
        .world(|world| world.phone(id).cloned())
        .filter(|phone| call.may(&phone.waba))
        .ok_or_else(|| Refusal::no_object(call.method.as_str(), id))
}

/// The number, where the token may manage it.
pub fn owned(call: &Call, id: &str) -> Result<Phone, Refusal> {
    let phone = seen(call, id)?;
    call.needs("whatsapp_business_management")?;
    Ok(phone)
}

/// The fields asked for; an unknown one fails the whole request, as at Meta.
pub fn fields_of(call: &Call, phone: &Phone, fields: Option<&str>) -> Result<Value, Refusal> {
    let wanted: Vec<&str> = match fields {
        Some(list) if !list.trim().is_empty() => list.split(',').map(str::trim).collect(),
        _ => PLAIN.to_vec(),
    };
    let mut out = Map::new();
    for field in wanted {
        let value = field_of(call, phone, field).ok_or_else(|| {
            Refusal::parameter(&format!("Tried accessing nonexisting field ({field})"))
        })?;
        if !value.is_null() {
            out.insert(field.to_string(), value);
        }
    }
    out.insert("id".to_string(), json!(phone.id));
    Ok(Value::Object(out))
}

fn field_of(call: &Call, phone: &Phone, field: &str) -> Option<Value> {
    let value = match field {
        "id" => json!(phone.id),
        "verified_name" => json!(phone.name),
        "display_phone_number" => json!(display(&phone.number)),
        "code_verification_status" => json!(if phone.verified {
            "VERIFIED"
        } else {
            "NOT_VERIFIED"
        }),
        "quality_rating" => json!(phone.quality),
        "platform_type" => json!("CLOUD_API"),
        "throughput" => json!({ "level": "STANDARD" }),
        "status" => json!(phone.status_now()),
        "name_status" => json!("APPROVED"),
        "new_name_status" => json!("NONE"),
        "account_mode" => json!("LIVE"),
        "is_on_biz_app" => json!(phone.on_biz_app),
        "is_official_business_account" => json!(false),
        "is_pin_enabled" => json!(phone.pin.is_some()),
        "last_onboarded_time" => json!("2026-01-15T09:30:00+0000"),
        "whatsapp_business_manager_messaging_limit" => json!(phone.limit),
        "webhook_configuration" => webhook(call, phone),
        "health_status" => health(call, phone),
        _ => return None,
    };
    Some(value)
}

fn webhook(call: &Call, phone: &Phone) -> Value {
    call.shared.world(|world| {
        let waba = world.waba(&phone.waba);
        let app = world.app(call.app());
        let mut out = Map::new();
        let subscription = waba.and_then(|waba| waba.subscription(call.app()));
        if let Some(url) = subscription.and_then(|it| it.override_url.as_ref()) {
            out.insert("whatsapp_business_account".to_string(), json!(url));
        }
        if let Some(app) = app.filter(|app| !app.callback_url.is_empty()) {
            out.insert("application".to_string(), json!(app.callback_url));
        }
        Value::Object(out)
    })
}

fn health(call: &Call, phone: &Phone) -> Value {
    let can = if phone.status_now() == "CONNECTED" {
        "AVAILABLE"
    } else {
        "BLOCKED"
    };
    let mut number =
        json!({ "entity_type": "PHONE_NUMBER", "id": phone.id, "can_send_message": can });
    let mut app =
        json!({ "entity_type": "APP", "id": call.app(), "can_send_message": "AVAILABLE" });
    let sip = sip_health(&mut number, calling::number_errors(phone))
        .max(sip_health(&mut app, calling::app_errors(phone, call.app())));
    if !phone.registered
        && let Some(map) = number.as_object_mut()
    {
        let error = json!({
            "error_code": 141_000,
            "error_description": "The phone number is not registered on the Cloud API.",
            "possible_solution": "Register the phone number.",
        });
        match map.get_mut("errors").and_then(Value::as_array_mut) {
            Some(list) => list.push(error),
            None => {
                map.insert("errors".to_string(), json!([error]));
            }
        }
    }
    json!({
        "can_send_message": can,
        "can_receive_call_sip": sip,
        "entities": [
            number,
            { "entity_type": "WABA", "id": phone.waba, "can_send_message": "AVAILABLE" },
            { "entity_type": "BUSINESS", "id": "42", "can_send_message": "AVAILABLE" },
            app,
        ],
    })
}

/// Adds to an entity whether it stops SIP calls; tells the word.
fn sip_health(entity: &mut Value, errors: Vec<Value>) -> &'static str {
    let word = match errors.is_empty() {
        true => "AVAILABLE",
        false => "BLOCKED",
    };
    if let Some(map) = entity.as_object_mut() {
        map.insert("can_receive_call_sip".to_string(), json!(word));
        if !errors.is_empty() {
            map.insert("errors".to_string(), json!(errors));
        }
    }
    word
}

/// A number as Meta shows it to people.
pub fn display(number: &str) -> String {
    let mut groups: Vec<String> = Vec::new();
    let mut rest: String = number.to_string();
    while rest.len() > 4 {
        let tail = rest.split_off(rest.len() - if groups.len() < 2 { 2 } else { 3 });
        groups.push(tail);
    }
    groups.push(rest);
    groups.reverse();
    format!("+{}", groups.join(" "))
}

/// `POST /{phone_id}`: the PIN; a webhook override of a single number is not played.
pub fn change(call: &Call, id: &str) -> Result<Value, Refusal> {
    owned(call, id)?;
    let Some(pin) = call.parameter("pin") else {
        return Err(Refusal::parameter(
            "The sandbox changes only the pin of a number here",
        ));
    };
    pin_check(&pin)?;
    call.shared.world(|world| {
        if let Some(phone) = world.phone_mut(id) {
            phone.pin = Some(pin);
        }
    });
    Ok(json!({ "success": true }))
}

/// Six digits.
pub fn pin_check(pin: &str) -> Result<(), Refusal> {
    if pin.len() == 6 && pin.chars().all(|c| c.is_ascii_digit()) {
        Ok(())
    } else {
        Err(Refusal::parameter("Param pin must be 6 digits long."))
    }
}
