//! A call's course: it begins, it ends, and what that changes.

use super::told;
use crate::state::Shared;
use crate::words::{now, random_hex};
use crate::world::{CallEnd, Caller, PhoneCall};
use base64::Engine as _;

const WINDOW: i64 = 24 * 3600;

/// Lets a telephone ring; tells the call's id. Refuses what cannot be called.
pub fn begin(
    shared: &Shared,
    customer: &str,
    phone_id: &str,
    caller: Caller,
    payload: Option<String>,
) -> Result<String, String> {
    let call = shared.world(|world| {
        if !world.customers.contains_key(customer) {
            return Err("There is no such customer.".to_string());
        }
        let phone = world.phone(phone_id);
        let phone = phone.ok_or("There is no such phone id.")?;
        if !phone.calling.on {
            return Err("Calling is off for this number (138000).".to_string());
        }
        let key = (customer.to_string(), phone_id.to_string());
        let leave = world.leaves.get(&key).cloned().unwrap_or_default();
        if caller == Caller::Business && leave.status() == "no_permission" {
            return Err("The customer gave no permission to be called (138006).".to_string());
        }
        let going = world
            .calls
            .iter()
            .any(|it| it.customer == customer && it.phone_id == phone_id && it.end.is_none());
        if going {
            return Err("A call with this customer is going on already (138003).".to_string());
        }
        let call = PhoneCall {
            id: new_id(),
            phone_id: phone_id.to_string(),
            customer: customer.to_string(),
            caller,
            at: now(),
            end: None,
            seconds: 0,
            payload,
        };
        world.calls.push(call.clone());
        Ok(call)
    })?;
    told::begun(shared, &call);
    shared.tell_talk(customer, phone_id);
    Ok(call.id)
}

fn new_id() -> String {
    let engine = base64::engine::general_purpose::STANDARD;
    format!("wacid.{}", engine.encode(random_hex(12)))
}

/// Ends a call in this way; `seconds` counts only where it was answered or failed while people talked.
pub fn end(shared: &Shared, id: &str, end: CallEnd, seconds: i64) -> Result<(), String> {
    let seconds = match end {
        CallEnd::Answered => seconds.max(1),
        CallEnd::Failed => seconds.max(0),
        CallEnd::Missed | CallEnd::Declined => 0,
    };
    let (call, automatic) = shared.world(|world| {
        let call = world.calls.iter_mut().find(|it| it.id == id);
        let call = call.ok_or("There is no such call.")?;
        if call.end.is_some() {
            return Err("The call has ended already.".to_string());
        }
        call.end = Some(end);
        call.seconds = seconds;
        let call = call.clone();
        let answered = end == CallEnd::Answered;
        let key = (call.customer.clone(), call.phone_id.clone());
        let callback = world
            .phone(&call.phone_id)
            .is_some_and(|it| it.calling.callback);
        let leave = world.leaves.entry(key).or_default();
        let automatic = match call.caller {
            Caller::Business => {
                leave.called(answered);
                false
            }
            Caller::Customer if answered => {
                leave.asked.clear();
                callback && leave.status() == "no_permission"
            }
            Caller::Customer => callback && leave.status() == "no_permission",
        };
        if automatic {
            leave.give(false);
        }
        if call.caller == Caller::Customer || answered {
            world.talk_mut(&call.customer, &call.phone_id).window_until = now() + WINDOW;
        }
        Ok((call, automatic))
    })?;
    told::ended(shared, &call);
    if automatic {
        told::callback(shared, &call);
    }
    shared.tell_talk(&call.customer, &call.phone_id);
    Ok(())
}

/// The customer answered a request for leave to be called, by one of the telephone's buttons.
pub fn answered_request(shared: &Shared, customer: &str, phone_id: &str, title: &str) {
    shared.world(|world| {
        let key = (customer.to_string(), phone_id.to_string());
        let leave = world.leaves.entry(key).or_default();
        match title {
            "Always allow" => leave.give(true),
            "Allow" => leave.give(false),
            _ => leave.take(),
        }
    });
}
