//! Webhook bodies in Meta's envelope.

use crate::words::now;
use crate::world::{Customer, World};
use serde_json::{Map, Value, json};

/// `contacts[]` entry of a customer; `wa_id` is left out where only the scoped id is known.
pub fn contact(customer: &Customer) -> Value {
    let mut out = Map::new();
    out.insert("profile".to_string(), json!({ "name": customer.name }));
    if let Some(number) = &customer.number {
        out.insert("wa_id".to_string(), json!(number));
    }
    out.insert("user_id".to_string(), json!(customer.user_id));
    Value::Object(out)
}

/// A customer's message with the keys Meta puts around the content.
pub fn message(customer: &Customer, wamid: &str, at: i64, content: &Value) -> Value {
    let mut out = Map::new();
    if let Some(number) = &customer.number {
        out.insert("from".to_string(), json!(number));
    }
    out.insert("from_user_id".to_string(), json!(customer.user_id));
    out.insert("id".to_string(), json!(wamid));
    out.insert("timestamp".to_string(), json!(at.to_string()));
    if let Some(content) = content.as_object() {
        for (key, value) in content {
            out.insert(key.clone(), value.clone());
        }
    }
    Value::Object(out)
}

/// The `value` of a change of field `messages`.
pub fn value(
    world: &World,
    phone_id: &str,
    contacts: Vec<Value>,
    list: &str,
    items: Vec<Value>,
) -> Option<Value> {
    let phone = world.phone(phone_id)?;
    let mut out = Map::new();
    out.insert("messaging_product".to_string(), json!("whatsapp"));
    out.insert(
        "metadata".to_string(),
        json!({ "display_phone_number": phone.number, "phone_number_id": phone.id }),
    );
    if !contacts.is_empty() {
        out.insert("contacts".to_string(), json!(contacts));
    }
    out.insert(list.to_string(), json!(items));
    Some(Value::Object(out))
}

/// One entry with these changes.
pub fn entry(world: &World, phone_id: &str, values: Vec<Value>) -> Option<Value> {
    let phone = world.phone(phone_id)?;
    let changes: Vec<Value> = values
        .into_iter()
        .map(|value| json!({ "value": value, "field": "messages" }))
        .collect();
    Some(json!({ "id": phone.waba, "changes": changes }))
}

/// The whole body about a WABA, not one of its numbers.
pub fn about_waba(waba: &str, field: &str, value: Value) -> Value {
    let change = json!({ "value": value, "field": field });
    whole(vec![
        json!({ "id": waba, "time": now(), "changes": [change] }),
    ])
}

/// The whole body.
pub fn whole(entries: Vec<Value>) -> Value {
    json!({ "object": "whatsapp_business_account", "entry": entries })
}

/// The whole body with a single item in it.
pub fn one(
    world: &World,
    phone_id: &str,
    contact: Option<Value>,
    list: &str,
    item: Value,
) -> Option<Value> {
    let contacts = contact.into_iter().collect();
    let value = value(world, phone_id, contacts, list, vec![item])?;
    Some(whole(vec![entry(world, phone_id, vec![value])?]))
}
