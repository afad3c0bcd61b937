//! A taken message's way: sent, delivered, read, or failed; each step is a status webhook.

use super::outgoing::To;
use crate::state::Shared;
use crate::webhook::{self, envelope};
use crate::words::{digits, now};
use crate::world::{Author, SentTemplate, Tick, World};
use serde_json::{Value, json};
use std::time::Duration;

/// A message that Meta took.
#[derive(Debug, Clone)]
pub struct Sent {
    pub phone_id: String,
    /// None where nobody on WhatsApp answers to the address.
    pub customer: Option<String>,
    pub wamid: String,
    pub kind: String,
    pub opaque: Option<String>,
    pub to: To,
    /// What it is billed as, where it is a template.
    pub category: Option<String>,
}

/// Starts the message on its way and returns at once.
pub fn travel(shared: &Shared, sent: Sent) {
    let shared = shared.clone();
    let generation = shared.generation();
    tokio::spawn(async move {
        let delay = shared.world(|world| world.behaviour.status_delay_ms);
        tokio::time::sleep(Duration::from_millis(delay)).await;
        if shared.generation() != generation {
            return;
        }
        if let Some(code) = shared.world(|world| failure(world, &sent)) {
            step(&shared, &sent, Tick::Failed, Some(code));
            return;
        }
        step(&shared, &sent, Tick::Sent, None);
        if sent.kind == "reaction" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(delay)).await;
        if shared.generation() != generation {
            return;
        }
        let (offline, auto_read) = shared.world(|world| {
            let customer = sent
                .customer
                .as_ref()
                .and_then(|id| world.customers.get(id));
            (
                customer.is_some_and(|customer| customer.offline),
                world.behaviour.auto_read,
            )
        });
        if offline {
            return;
        }
        step(&shared, &sent, Tick::Delivered, None);
        if auto_read {
            step(&shared, &sent, Tick::Read, None);
        }
    });
}

/// Why the message will not arrive, found out only after it was taken.
fn failure(world: &mut World, sent: &Sent) -> Option<u32> {
    let Some(customer) = &sent.customer else {
        return Some(131_026);
    };
    if let Some(code) = world.customers.get(customer).and_then(|it| it.fails_with) {
        return Some(code);
    }
    let open = world.talk_mut(customer, &sent.phone_id).window_until > now();
    (!open && sent.kind != "template").then_some(131_047)
}

/// The customer looked at the talk: everything delivered is read.
pub fn customer_reads(shared: &Shared, customer: &str, phone_id: &str) -> usize {
    advance(shared, customer, phone_id, Tick::Delivered, Tick::Read)
}

/// The customer's telephone is on again: everything sent is delivered.
pub fn customer_back_online(shared: &Shared, customer: &str) {
    let phones: Vec<String> = shared.world(|world| {
        let own = world.talks.keys().filter(|(id, _)| id == customer);
        own.map(|(_, phone)| phone.clone()).collect()
    });
    for phone in phones {
        advance(shared, customer, &phone, Tick::Sent, Tick::Delivered);
    }
}

fn advance(shared: &Shared, customer: &str, phone_id: &str, from: Tick, to: Tick) -> usize {
    let waiting: Vec<Sent> = shared.world(|world| {
        let Some(person) = world.customers.get(customer).cloned() else {
            return Vec::new();
        };
        let messages = world.talk_mut(customer, phone_id).messages.iter();
        messages
            .filter(|message| message.from == Author::Business && message.tick == from)
            .map(|message| Sent {
                phone_id: phone_id.to_string(),
                customer: Some(customer.to_string()),
                wamid: message.wamid.clone(),
                kind: message.kind.clone(),
                opaque: message.opaque.clone(),
                category: message.template.as_ref().map(SentTemplate::billed_as),
                to: match &person.number {
                    Some(number) => To::Number(number.clone()),
                    None => To::Scoped(person.user_id.clone()),
                },
            })
            .collect()
    });
    for sent in &waiting {
        step(shared, sent, to, None);
    }
    waiting.len()
}

/// Moves the message's tick and posts the status webhook.
fn step(shared: &Shared, sent: &Sent, tick: Tick, code: Option<u32>) {
    let body = shared.world(|world| {
        if let Some(customer) = &sent.customer
            && let Some(message) = world.talk_message(customer, &sent.phone_id, &sent.wamid)
        {
            if message.tick >= tick {
                return None;
            }
            message.tick = tick;
            message.error = code;
        }
        let contacts = match (&sent.customer, code) {
            (Some(customer), None) => world.customers.get(customer).map(envelope::contact),
            _ => None,
        };
        let status = status(world, sent, tick, code);
        envelope::one(world, &sent.phone_id, contacts, "statuses", status)
    });
    if let Some(customer) = &sent.customer {
        shared.tell_talk(customer, &sent.phone_id);
    }
    let Some(body) = body else { return };
    let word = serde_json::to_value(tick).unwrap_or_default();
    let label = format!(
        "status {} of {}",
        word.as_str().unwrap_or_default(),
        short(&sent.wamid)
    );
    let lane = match &sent.to {
        To::Number(text) => digits(text),
        To::Scoped(id) => id.clone(),
    };
    webhook::queue(shared, &sent.phone_id, &lane, body, label, None);
}

/// The end of a wamid, enough for a person to tell two apart.
fn short(wamid: &str) -> String {
    let tail: Vec<char> = wamid.chars().rev().take(10).collect();
    tail.into_iter().rev().collect()
}

fn status(world: &World, sent: &Sent, tick: Tick, code: Option<u32>) -> Value {
    let mut status = json!({
        "id": sent.wamid,
        "status": tick,
        "timestamp": now().to_string(),
    });
    let Some(map) = status.as_object_mut() else {
        return status;
    };
    let customer = sent
        .customer
        .as_ref()
        .and_then(|id| world.customers.get(id));
    let number = match (&sent.to, customer) {
        (To::Number(text), _) => Some(digits(text)),
        (To::Scoped(_), Some(customer)) => customer.number.clone(),
        (To::Scoped(_), None) => None,
    };
    if let Some(number) = number {
        map.insert("recipient_id".to_string(), json!(number));
    }
    if let Some(customer) = customer {
        map.insert("recipient_user_id".to_string(), json!(customer.user_id));
    }
    if let Some(opaque) = &sent.opaque {
        map.insert("biz_opaque_callback_data".to_string(), json!(opaque));
    }
    if let Some(code) = code {
        map.insert("errors".to_string(), json!([error(code)]));
    } else if matches!(tick, Tick::Sent | Tick::Delivered) {
        let pricing = match &sent.category {
            Some(category) => {
                json!({ "billable": true, "pricing_model": "PMP", "category": category, "type": "regular" })
            }
            None => {
                json!({ "billable": false, "pricing_model": "PMP", "category": "service", "type": "free_customer_service" })
            }
        };
        map.insert("pricing".to_string(), pricing);
    }
    status
}

fn error(code: u32) -> Value {
    let (title, details) = match code {
        131_026 => ("Message undeliverable", "Message Undeliverable."),
        131_047 => (
            "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
        ),
        131_049 => (
            "This message was not delivered to maintain healthy ecosystem engagement.",
            "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
        ),
        130_472 => (
            "User's number is part of an experiment",
            "Failed to send message because this user's phone number is part of an experiment",
        ),
        _ => (
            "Message failed to send because of an unknown error",
            "The sandbox was told to fail this message.",
        ),
    };
    json!({
        "code": code,
        "title": title,
        "message": title,
        "error_data": { "details": details },
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    })
}
