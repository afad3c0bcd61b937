//! A customer presses something in a message of the business: a button, a row of a list, a form.

use super::customers::{Write, write};
use super::{Answer, Mistake, ok};
use crate::state::Shared;
use crate::words::{now, text_of};
use crate::world::{Author, Talk};
use axum::Router;
use axum::extract::{Json, Path, State};
use axum::routing::post;
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/api/customers/{id}/press", post(press))
}

#[derive(Deserialize)]
struct Press {
    to_phone_id: String,
    /// The message; the last one with such a thing in it where nothing is said.
    wamid: Option<String>,
    /// What stands on the button or row. A call permission has "Allow", "Always allow" and "Don't allow".
    title: String,
    /// What a form answers, for a flow.
    #[serde(default)]
    response: Map<String, Value>,
    /// Where the customer is, for a location that was asked for.
    location: Option<Value>,
}

/// What can be pressed in a message.
struct Found {
    wamid: String,
    part: Value,
}

async fn press(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(input): Json<Press>,
) -> Answer {
    let (found, number) = shared.world(|world| {
        let phone = world.phone(&input.to_phone_id);
        let number = phone.map(|it| it.number.clone());
        let number = number.ok_or_else(|| Mistake::missing("phone id"))?;
        let found = find(world.talk_mut(&id, &input.to_phone_id), &input);
        let words = format!("There is nothing to press that says \"{}\".", input.title);
        Ok::<_, Mistake>((found.ok_or(Mistake::from(words))?, number))
    })?;
    let Some(mut message) = reply(&found.part, &input) else {
        // An address is opened, a number called, a code copied: nothing of it is sent.
        return ok(json!({ "wamid": null, "pressed": found.part }));
    };
    if let Some(map) = message.as_object_mut() {
        let context = json!({ "from": number, "id": found.wamid });
        map.insert("context".to_string(), context);
    }
    if text_of(found.part.get("kind")).as_deref() == Some("permission") {
        crate::calls::answered_request(&shared, &id, &input.to_phone_id, &input.title);
    }
    let sent = Write::message(&input.to_phone_id, message);
    write(&shared, &id, sent)
}

fn find(talk: &Talk, input: &Press) -> Option<Found> {
    let own = talk.messages.iter().rev().filter(|message| {
        let chosen = input.wamid.as_ref().is_none_or(|it| *it == message.wamid);
        chosen && message.from == Author::Business
    });
    own.filter_map(|message| {
        let part = pressable(message.shown.as_ref()?, &input.title)?;
        let wamid = message.wamid.clone();
        Some(Found { wamid, part })
    })
    .next()
}

/// The button or row with this title, in the message, its cards or its list.
fn pressable(shown: &Value, title: &str) -> Option<Value> {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let mut parts = list(shown.get("buttons"));
    for card in list(shown.get("cards")) {
        parts.extend(list(card.get("buttons")));
    }
    for section in list(shown.pointer("/list/sections")) {
        parts.extend(list(section.get("rows")));
    }
    parts.into_iter().find(|part| {
        let permission = part["kind"] == "permission" && PERMISSIONS.contains(&title);
        permission || part["text"] == title
    })
}

const PERMISSIONS: [&str; 3] = ["Allow", "Always allow", "Don't allow"];

/// What the customer's telephone sends, if anything.
fn reply(part: &Value, input: &Press) -> Option<Value> {
    let interactive = |kind: &str, content: Value| {
        let mut inner = json!({ "type": kind });
        if let Some(map) = inner.as_object_mut() {
            map.insert(kind.to_string(), content);
        }
        json!({ "type": "interactive", "interactive": inner })
    };
    Some(match part["kind"].as_str()? {
        "quick_reply" => {
            json!({ "type": "button", "button": { "payload": part["payload"], "text": part["text"] } })
        }
        "reply" => interactive(
            "button_reply",
            json!({ "id": part["id"], "title": part["text"] }),
        ),
        "row" => {
            let mut row = json!({ "id": part["id"], "title": part["text"] });
            if let (Some(words), Some(map)) =
                (text_of(part.get("description")), row.as_object_mut())
            {
                map.insert("description".to_string(), json!(words));
            }
            interactive("list_reply", row)
        }
        "flow" => {
            let mut response = input.response.clone();
            if let Some(token) = text_of(part.get("token")) {
                response.insert("flow_token".to_string(), json!(token));
            }
            let response = Value::Object(response).to_string();
            let reply = json!({ "name": "flow", "body": "Sent", "response_json": response });
            interactive("nfm_reply", reply)
        }
        "permission" => interactive("call_permission_reply", permission(&input.title)),
        "location" => {
            let home = json!({ "latitude": 43.238949, "longitude": 76.889709, "name": "Almaty" });
            json!({ "type": "location", "location": input.location.clone().unwrap_or(home) })
        }
        _ => return None,
    })
}

fn permission(title: &str) -> Value {
    match title {
        "Always allow" => {
            json!({ "response": "accept", "is_permanent": true, "response_source": "user_action" })
        }
        "Allow" => {
            let until = (now() + 7 * 86_400).to_string();
            json!({ "response": "accept", "is_permanent": false, "expiration_timestamp": until, "response_source": "user_action" })
        }
        _ => json!({ "response": "reject", "response_source": "user_action" }),
    }
}
