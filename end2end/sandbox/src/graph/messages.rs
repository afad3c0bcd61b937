//! `POST /{phone_id}/messages` and `/marketing_messages`: taking a message, or marking one as read.

use super::numbers::seen;
use super::outgoing::{self, Content, Door, To};
use super::route::Call;
use super::{Refusal, ticks};
use crate::words::{digits, new_wamid, now, text_of};
use crate::world::{Author, Customer, Phone, SentTemplate, TalkMessage, Tick};
use serde_json::{Map, Value, json};

/// Takes a message and lets it travel, or answers Graph's refusal.
pub fn send(call: &mut Call, phone_id: &str, door: Door) -> Result<Value, Refusal> {
    let phone = seen(call, phone_id)?;
    call.needs("whatsapp_business_messaging")?;
    if call.parameter("messaging_product").as_deref() != Some("whatsapp") {
        return Err(Refusal::parameter(
            "The parameter messaging_product is required.",
        ));
    }
    match text_of(call.body.get("status")).as_deref() {
        None => {}
        Some("read") if door == Door::Messages => return mark_read(call, &phone),
        Some(_) => return Err(Refusal::parameter("Param status must be one of {READ}")),
    }
    if !phone.registered {
        return Err(Refusal::messaging(
            133_010,
            "Phone number not registered",
            "The phone number is not registered on the WhatsApp Business Platform",
        ));
    }
    outgoing::door(call, &phone.waba, door)?;
    let to = outgoing::addressee(&call.body, &mut call.warnings)?;
    let content = content(call, &phone.waba)?;
    let content = outgoing::through(call, &phone.waba, door, &to, content)?;
    let customer = find(call, &to, &phone)?;
    let (input, given) = match &to {
        To::Number(text) => (text.clone(), digits(text)),
        To::Scoped(id) => (id.clone(), id.clone()),
    };
    if let Some(customer) = &customer
        && content.asks_leave()
    {
        super::calling::ask(call, &phone.id, &customer.id, content.template.is_some())?;
    }
    let wamid = new_wamid(&given);
    let opaque = text_of(call.body.get("biz_opaque_callback_data"));
    let sent = ticks::Sent {
        phone_id: phone.id.clone(),
        customer: customer.as_ref().map(|customer| customer.id.clone()),
        wamid: wamid.clone(),
        kind: content.kind.clone(),
        opaque: opaque.clone(),
        category: content.template.as_ref().map(SentTemplate::billed_as),
        to: to.clone(),
    };
    let kind = content.kind.clone();
    if let Some(customer) = &customer {
        let message = TalkMessage {
            wamid: wamid.clone(),
            from: Author::Business,
            kind: content.kind,
            text: content.text,
            tick: Tick::Accepted,
            at: now(),
            opaque,
            error: None,
            quotes: text_of(call.body.pointer("/context/message_id")),
            shown: content.shown,
            template: content.template,
        };
        call.shared.world(|world| {
            world
                .talk_mut(&customer.id, &phone.id)
                .messages
                .push(message);
        });
        call.shared.tell_talk(&customer.id, &phone.id);
    }
    ticks::travel(&call.shared, sent);
    Ok(accepted(&input, &to, customer.as_ref(), &wamid, &kind))
}

/// The content, checked against the templates of the WABA.
fn content(call: &mut Call, waba: &str) -> Result<Content, Refusal> {
    let shared = call.shared.clone();
    let template = |name: &str, language: &str| {
        shared.world(|world| {
            let own = world.templates.iter().filter(|it| it.waba == waba);
            let mut named = own.filter(|it| it.name == name && it.language == language);
            named.next().cloned()
        })
    };
    outgoing::content(&call.body, &template, &mut call.warnings)
}

fn find(call: &Call, to: &To, phone: &Phone) -> Result<Option<Customer>, Refusal> {
    match to {
        To::Number(text) => {
            let number = digits(text);
            if number == phone.number {
                return Err(Refusal::messaging(
                    131_021,
                    "Recipient cannot be sender",
                    "Recipient and sender phone number is the same",
                ));
            }
            Ok(call.shared.world(|world| {
                let found = world.customer_by_peer(&number);
                found
                    .filter(|customer| customer.number.as_deref() == Some(&number))
                    .cloned()
            }))
        }
        To::Scoped(id) => Ok(call.shared.world(|world| {
            let found = world.peers.get(id).and_then(|key| world.customers.get(key));
            found.cloned()
        })),
    }
}

fn accepted(input: &str, to: &To, customer: Option<&Customer>, wamid: &str, kind: &str) -> Value {
    let mut contact = Map::new();
    contact.insert("input".to_string(), json!(input));
    match to {
        To::Number(text) => {
            contact.insert("wa_id".to_string(), json!(digits(text)));
        }
        To::Scoped(_) => {
            if let Some(number) = customer.and_then(|customer| customer.number.as_ref()) {
                contact.insert("wa_id".to_string(), json!(number));
            }
        }
    }
    if let Some(customer) = customer {
        contact.insert("user_id".to_string(), json!(customer.user_id));
    }
    let message = if kind == "template" {
        json!({ "id": wamid, "message_status": "accepted" })
    } else {
        json!({ "id": wamid })
    };
    json!({ "messaging_product": "whatsapp", "contacts": [contact], "messages": [message] })
}

/// `{"status":"read","message_id":..}`: blue ticks on the customer's phone, for earlier messages as well.
fn mark_read(call: &Call, phone: &Phone) -> Result<Value, Refusal> {
    let wamid = call
        .parameter("message_id")
        .ok_or_else(|| Refusal::parameter("The parameter message_id is required."))?;
    let customer = call.shared.world(|world| {
        for ((customer, phone_id), talk) in &mut world.talks {
            if *phone_id != phone.id {
                continue;
            }
            let position = talk
                .messages
                .iter()
                .position(|message| message.wamid == wamid && message.from == Author::Customer);
            let Some(position) = position else { continue };
            for message in talk.messages.iter_mut().take(position + 1) {
                if message.from == Author::Customer {
                    message.tick = Tick::Read;
                }
            }
            return Some(customer.clone());
        }
        None
    });
    let Some(customer) = customer else {
        return Err(Refusal::messaging(
            131_009,
            "Parameter value is not valid",
            "The message to mark as read was not found",
        ));
    };
    call.shared.tell_talk(&customer, &phone.id);
    Ok(json!({ "success": true }))
}
