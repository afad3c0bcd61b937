//! Open lines: which there are, and what a chat's history says, to find a message whose answer was lost (R4).

use serde_json::{Value, json};

use super::authorized::AuthorizedClient;
use super::call_error::CallError;
use super::tokens::PortalKeys;
use crate::outside::loose;

/// A chat of an open line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DialogFacts {
    /// The chat in Bitrix24.
    pub chat_id: String,
    /// `connector|line|external chat|user`.
    pub user_code: Option<String>,
    /// The session it is in.
    pub session_id: Option<String>,
}

/// Parameters of `imopenlines.session.history.get` for a chat's latest session.
pub fn history_params(chat_id: &str) -> Value {
    json!({"CHAT_ID": chat_id})
}

/// Parameters of `imopenlines.dialog.get` for a chat's code, `connector|line|external chat|user`.
pub fn dialog_params(user_code: &str) -> Value {
    json!({"USER_CODE": user_code})
}

/// Whether a session's history holds a message with this id of ours in `params.connectorMid`.
///
/// Messages come as a map keyed by id or as a list; the ids as text, list or map.
pub fn history_contains(result: &Value, external_id: &str) -> bool {
    let messages = loose::field_any_case(result, "message")
        .or_else(|| loose::field_any_case(result, "messages"));
    let all: Vec<&Value> = match messages {
        Some(Value::Object(map)) => map.values().collect(),
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {
            Vec::new()
        }
    };
    all.into_iter()
        .filter_map(connector_ids)
        .any(|ids| holds(ids, external_id))
}

fn connector_ids(message: &Value) -> Option<&Value> {
    let params = loose::field_any_case(message, "params")?;
    loose::field_any_case(params, "connectorMid")
        .or_else(|| loose::field_any_case(params, "CONNECTOR_MID"))
}

fn holds(ids: &Value, external_id: &str) -> bool {
    match ids {
        Value::Array(items) => items.iter().any(|item| holds(item, external_id)),
        Value::Object(map) => {
            map.keys().any(|key| key == external_id)
                || map.values().any(|item| holds(item, external_id))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            loose::as_text(ids).as_deref() == Some(external_id)
        }
    }
}

/// An open line of a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenLine {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whether it is switched on.
    pub active: bool,
}

/// Lines asked for at once; the most Bitrix24 gives.
const LINES_AT_ONCE: usize = 200;

/// More than any portal has; the guard against a list that never ends.
const LINE_PAGES_MAX: usize = 50;

/// Every open line of a portal, over all pages (R12).
pub async fn lines(
    api: &AuthorizedClient,
    portal: &PortalKeys,
) -> Result<Vec<OpenLine>, CallError> {
    let mut found: Vec<OpenLine> = Vec::new();
    for page in 0..LINE_PAGES_MAX {
        let params = json!({"PARAMS": {"select": ["ID", "LINE_NAME", "ACTIVE"], "order": {"ID": "ASC"},
            "limit": LINES_AT_ONCE, "offset": page * LINES_AT_ONCE}});
        let answer = api
            .call(portal, "imopenlines.config.list.get", params)
            .await?;
        let items = loose::items(&answer.result);
        let count = items.len();
        let known = found.len();
        for line in items.into_iter().filter_map(line_read) {
            if !found.iter().any(|other| other.id == line.id) {
                found.push(line);
            }
        }
        // A portal that does not know the offset gives the first page again.
        if count < LINES_AT_ONCE || found.len() == known {
            break;
        }
    }
    Ok(found)
}

fn line_read(raw: &Value) -> Option<OpenLine> {
    let id = loose::filled_any_case(raw, "ID")?.parse().ok()?;
    Some(OpenLine {
        id,
        name: loose::filled_any_case(raw, "LINE_NAME").unwrap_or_default(),
        active: loose::field_any_case(raw, "ACTIVE")
            .and_then(loose::as_flag)
            .unwrap_or(true),
    })
}

/// One line; `None` when the portal has no such line.
pub async fn line(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    id: i64,
) -> Result<Option<OpenLine>, CallError> {
    let params = json!({"CONFIG_ID": id, "WITH_QUEUE": "N"});
    let answer = api.call(portal, "imopenlines.config.get", params).await?;
    Ok(line_read(&answer.result))
}

/// Adds a line and answers its id. Bitrix24's own greeting stays off: it would reach the customer as a message.
pub async fn line_add(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    name: &str,
) -> Result<i64, CallError> {
    let params = json!({"PARAMS": {"LINE_NAME": name, "ACTIVE": "Y", "WELCOME_MESSAGE": "N"}});
    let answer = api.call(portal, "imopenlines.config.add", params).await?;
    let id = loose::as_text(&answer.result).and_then(|text| text.parse::<i64>().ok());
    id.filter(|id| *id > 0).ok_or_else(|| CallError::Refused {
        http: 200,
        code: "NO_LINE".to_owned(),
        description: "the portal did not add the line and gave no reason".to_owned(),
    })
}

/// Reads the result of `imopenlines.dialog.get`.
pub fn dialog_read(result: &Value) -> Option<DialogFacts> {
    let session = loose::filled_any_case(result, "entity_data_1")
        .and_then(|data| data.split('|').nth(5).map(str::to_owned))
        .filter(|id| !id.is_empty() && id != "0");
    Some(DialogFacts {
        chat_id: loose::filled_any_case(result, "id")?,
        user_code: loose::filled_any_case(result, "entity_id"),
        session_id: session,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_id_is_found_in_every_shape() {
        let mid = |ids: Value| json!({"message": {"5": {"params": {"connectorMid": ids}}, "6": {"params": []}}});
        for ids in [
            json!("w1"),
            json!(["w0", "w1"]),
            json!({"0": "w1"}),
            json!({"w1": "w1"}),
        ] {
            assert!(history_contains(&mid(ids.clone()), "w1"), "{ids}");
            assert!(!history_contains(&mid(ids), "w"));
        }
        assert!(history_contains(
            &json!({"message": [{"params": {"CONNECTOR_MID": ["w1"]}}]}),
            "w1"
        ));
        assert!(!history_contains(&json!({"message": []}), "w1"));
        assert!(!history_contains(&json!(false), "w1"));
    }

    #[test]
    fn a_dialog_tells_its_chat_and_session() {
        let raw = json!({"id": 1767, "entity_id": "wa|17|+49|585", "entity_data_1": "Y|NONE|0|N|N|323|1790000000"});
        let facts = dialog_read(&raw).unwrap();
        assert_eq!(
            (facts.chat_id.as_str(), facts.session_id.as_deref()),
            ("1767", Some("323"))
        );
        assert_eq!(dialog_read(&json!([])), None);
    }
}
