//! Who may be called, and calls of the business by Graph.

use super::refused::refused;
use crate::calls;
use crate::graph::Refusal;
use crate::graph::numbers::seen;
use crate::graph::route::Call;
use crate::words::{digits, now};
use crate::world::{CallEnd, Caller};
use http::StatusCode;
use serde_json::{Value, json};

/// Who is meant by `user_wa_id`, `recipient` or `to`.
fn customer(call: &Call, names: [&str; 2]) -> Result<Option<String>, Refusal> {
    let [number, scoped] = names;
    let found = match (call.parameter(number), call.parameter(scoped)) {
        (Some(number), _) => call.shared.world(|world| {
            let found = world.customer_by_peer(&digits(&number));
            found.map(|it| it.id.clone())
        }),
        (None, Some(id)) => call.shared.world(|world| world.peers.get(&id).cloned()),
        (None, None) => {
            let words = format!("The parameter {number} is required.");
            return Err(Refusal::parameter(&words));
        }
    };
    Ok(found)
}

/// `GET /{phone_id}/call_permissions?user_wa_id=` or `recipient=`
pub fn permissions(call: &Call, id: &str) -> Result<Value, Refusal> {
    seen(call, id)?;
    call.needs("whatsapp_business_messaging")?;
    if call.shared.faults(|faults| faults.calling.too_often) {
        let words = "Too many permission lookups";
        let refusal = Refusal::messaging(613, "Rate limit exceeded", words);
        return Err(refusal.with_status(StatusCode::TOO_MANY_REQUESTS));
    }
    let customer = customer(call, ["user_wa_id", "recipient"])?;
    let leave = call.shared.world(|world| {
        let key = (customer?, id.to_string());
        world.leaves.get(&key).cloned()
    });
    // Somebody who cannot be called has no permission either: Meta does not tell them apart.
    Ok(leave.unwrap_or_default().shown())
}

/// A request for leave is being sent: whether it may be, and that it was. A template opens the conversation itself.
pub fn ask(call: &Call, phone_id: &str, customer: &str, opens: bool) -> Result<(), Refusal> {
    call.shared.world(|world| {
        if !opens && world.talk_mut(customer, phone_id).messages.is_empty() {
            let words = "Send a message before asking for permission to call";
            return Err(refused(138_011, words));
        }
        let key = (customer.to_string(), phone_id.to_string());
        let leave = world.leaves.entry(key).or_default();
        if leave.permanent {
            return Err(refused(138_017, "The user has given permission for good"));
        }
        if !leave.may_ask() {
            return Err(refused(
                138_009,
                "The limit of permission requests is reached",
            ));
        }
        leave.asked.push(now());
        Ok(())
    })
}

/// `POST /{phone_id}/calls`: only starting a call is played.
pub fn start(call: &Call, id: &str) -> Result<Value, Refusal> {
    let phone = seen(call, id)?;
    call.needs("whatsapp_business_messaging")?;
    if phone.calling.sip {
        let words = "Calls by Graph are not allowed while SIP is enabled on the phone number";
        return Err(refused(131_055, words));
    }
    if !phone.calling.on {
        return Err(refused(
            138_000,
            "Calling is not enabled for the phone number",
        ));
    }
    if call.parameter("action").as_deref() != Some("connect") {
        let words = "The sandbox plays only the action connect";
        return Err(Refusal::parameter(words));
    }
    let customer = customer(call, ["to", "recipient"])?;
    let customer = customer.ok_or_else(|| refused(138_001, "The user cannot be called"))?;
    let leave = call.shared.world(|world| {
        let key = (customer.clone(), id.to_string());
        world.leaves.get(&key).cloned().unwrap_or_default()
    });
    if leave.status() == "no_permission" {
        return Err(refused(138_006, "The user gave no permission"));
    }
    let made = calls::begin(&call.shared, &customer, id, Caller::Business, None);
    let made = made.map_err(|words| Refusal::parameter(&words))?;
    let end = CallEnd::Answered;
    let ended = calls::end(&call.shared, &made, end, 12);
    ended.map_err(|words| Refusal::parameter(&words))?;
    Ok(json!({ "messaging_product": "whatsapp", "calls": [{ "id": made }], "success": true }))
}
