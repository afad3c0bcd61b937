//! What Meta tells of a call.

use crate::graph::call_words;
use crate::state::Shared;
use crate::webhook::{self, envelope};
use crate::words::now;
use crate::world::{CallEnd, Caller, PhoneCall, World};
use serde_json::{Map, Value, json};

/// The session description of a call by Graph; nobody reads it.
const SDP: &str = "v=0\r\no=- 7669997803033704573 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n";

/// A call began.
pub fn begun(shared: &Shared, call: &PhoneCall) {
    let (late, other) = shared.faults(|faults| {
        let calling = &faults.calling;
        (calling.batched || calling.end_first, calling.other_event)
    });
    if late {
        return;
    }
    let event = connect(shared, call, other);
    post(shared, call, "calls", vec![event], None);
    if call.caller == Caller::Business {
        post(
            shared,
            call,
            "statuses",
            vec![status(shared, call, "RINGING")],
            None,
        );
    }
}

/// A call ended.
pub fn ended(shared: &Shared, call: &PhoneCall) {
    let (batched, first, other) = shared.faults(|faults| {
        let calling = &faults.calling;
        (calling.batched, calling.end_first, calling.other_event)
    });
    let state = match call.end {
        Some(CallEnd::Answered | CallEnd::Failed) => Some("ACCEPTED"),
        Some(CallEnd::Declined) => Some("REJECTED"),
        Some(CallEnd::Missed) | None => None,
    };
    let state = state.filter(|it| call.caller == Caller::Business || *it == "REJECTED");
    if let Some(state) = state {
        post(
            shared,
            call,
            "statuses",
            vec![status(shared, call, state)],
            None,
        );
    }
    let (begin, end) = (connect(shared, call, other), terminate(shared, call));
    let errors = (call.end == Some(CallEnd::Failed)).then(failure);
    match (batched, first) {
        (true, _) => post(shared, call, "calls", vec![begin, end], errors),
        (false, true) => {
            post(shared, call, "calls", vec![end], errors);
            post(shared, call, "calls", vec![begin], None);
        }
        (false, false) => post(shared, call, "calls", vec![end], errors),
    }
}

/// Calling the business gave it leave to call back: a message says so.
pub fn callback(shared: &Shared, call: &PhoneCall) {
    let body = shared.world(|world| {
        let until = world
            .leaves
            .get(&(call.customer.clone(), call.phone_id.clone()))?
            .until;
        let customer = world.customers.get(&call.customer)?;
        let content = json!({
            "type": "interactive",
            "context": { "id": call.id },
            "interactive": {
                "type": "call_permission_reply",
                "call_permission_reply": {
                    "response": "accept", "is_permanent": false,
                    "expiration_timestamp": until.to_string(), "response_source": "automatic",
                },
            },
        });
        let wamid = crate::words::new_wamid(customer.peer());
        let message = envelope::message(customer, &wamid, now(), &content);
        let contact = envelope::contact(customer);
        envelope::one(world, &call.phone_id, Some(contact), "messages", message)
    });
    let Some(body) = body else { return };
    let peer = peer(shared, call);
    let label = format!("call permission of {}", call.customer);
    webhook::queue(shared, &call.phone_id, &peer, body, label, None);
}

fn peer(shared: &Shared, call: &PhoneCall) -> String {
    shared.world(|world| {
        let customer = world.customers.get(&call.customer);
        customer.map(|it| it.peer().to_string()).unwrap_or_default()
    })
}

/// The keys every event of a call has.
fn event(world: &World, call: &PhoneCall, name: &str, at: i64) -> Map<String, Value> {
    let customer = world.customers.get(&call.customer);
    let number = customer.and_then(|it| it.number.clone());
    let own = world.phone(&call.phone_id).map(|it| it.number.clone());
    let (from, to, direction) = match call.caller {
        Caller::Customer => (number, own, "USER_INITIATED"),
        Caller::Business => (own, number, "BUSINESS_INITIATED"),
    };
    let mut out = Map::new();
    out.insert("id".to_string(), json!(call.id));
    if let Some(from) = from {
        out.insert("from".to_string(), json!(from));
    }
    if let Some(to) = to {
        out.insert("to".to_string(), json!(to));
    }
    if let (Some(customer), Caller::Customer) = (customer, call.caller) {
        out.insert("from_user_id".to_string(), json!(customer.user_id));
    }
    out.insert("event".to_string(), json!(name));
    out.insert("direction".to_string(), json!(direction));
    out.insert("timestamp".to_string(), json!(at.to_string()));
    out
}

fn connect(shared: &Shared, call: &PhoneCall, other: bool) -> Value {
    shared.world(|world| {
        let name = if other { "call_created" } else { "connect" };
        let mut out = event(world, call, name, call.at);
        let graph = world
            .phone(&call.phone_id)
            .is_some_and(|it| !it.calling.sip);
        if graph {
            let kind = match call.caller {
                Caller::Customer => "offer",
                Caller::Business => "answer",
            };
            out.insert(
                "session".to_string(),
                json!({ "sdp_type": kind, "sdp": SDP }),
            );
        }
        if let Some(payload) = &call.payload {
            out.insert("cta_payload".to_string(), json!(payload));
        }
        Value::Object(out)
    })
}

fn terminate(shared: &Shared, call: &PhoneCall) -> Value {
    shared.world(|world| {
        let end = now().max(call.at + call.seconds);
        let mut out = event(world, call, "terminate", end);
        let completed = call.end == Some(CallEnd::Answered);
        let word = if completed { "COMPLETED" } else { "FAILED" };
        out.insert("status".to_string(), json!(word));
        if call.seconds > 0 {
            let start = end - call.seconds;
            out.insert("start_time".to_string(), json!(start.to_string()));
            out.insert("end_time".to_string(), json!(end.to_string()));
            out.insert("duration".to_string(), json!(call.seconds));
        }
        Value::Object(out)
    })
}

fn status(shared: &Shared, call: &PhoneCall, word: &str) -> Value {
    shared.world(|world| {
        let mut out = json!({
            "id": call.id, "type": "call", "status": word, "timestamp": now().to_string(),
        });
        let customer = world.customers.get(&call.customer);
        if let (Some(customer), Some(map)) = (customer, out.as_object_mut()) {
            if let Some(number) = &customer.number {
                map.insert("recipient_id".to_string(), json!(number));
            }
            map.insert("recipient_user_id".to_string(), json!(customer.user_id));
        }
        out
    })
}

fn failure() -> Value {
    let words = call_words(138_021).1;
    json!([{
        "code": 138_021, "title": words, "message": words,
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        "error_data": { "details": "The user received no media for a long time" },
    }])
}

/// Sends events, unless Meta is silent about calls because SIP is on.
fn post(shared: &Shared, call: &PhoneCall, list: &str, items: Vec<Value>, errors: Option<Value>) {
    let body = shared.world(|world| {
        let phone = world.phone(&call.phone_id)?;
        if !phone.calling.told() {
            return None;
        }
        let waba = phone.waba.clone();
        let contact = world.customers.get(&call.customer).map(envelope::contact);
        let contacts = contact.into_iter().collect();
        let mut value = envelope::value(world, &call.phone_id, contacts, list, items)?;
        if let (Some(errors), Some(map)) = (errors, value.as_object_mut()) {
            map.insert("errors".to_string(), errors);
        }
        Some(envelope::about_waba(&waba, "calls", value))
    });
    let Some(body) = body else {
        shared.journal(|journal| journal.count("webhook.calls_silent"));
        return;
    };
    let peer = peer(shared, call);
    let label = format!("call of {}", call.customer);
    webhook::queue(shared, &call.phone_id, &peer, body, label, None);
}
