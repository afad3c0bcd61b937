//! Whether a customer may be called, as Meta says. Source: "User call permissions" of the Calling API.

use secrecy::SecretString;
use serde_json::Value;

use super::wire::Peer;
use super::{GraphClient, GraphTrouble};
use crate::outside::loose;

/// How a permission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallLeave {
    /// There is none; also for people who cannot be called at all.
    None,
    /// For a while.
    Temporary,
    /// Until it is revoked.
    Permanent,
}

/// What Meta answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallPermission {
    /// How it stands.
    pub leave: CallLeave,
    /// Unix seconds until when.
    pub expires_at: Option<i64>,
    /// How many requests may still be sent; none where Meta does not say.
    pub requests_left: Option<i64>,
    /// Unix seconds when a request may be sent again, where the limit is reached.
    pub again_at: Option<i64>,
    /// How many calls may still be made.
    pub calls_left: Option<i64>,
}

impl CallPermission {
    /// Reads an answer; limits are Meta's own, for they have changed before.
    pub fn read(raw: &Value) -> Self {
        let permission = loose::field(raw, "permission");
        let of = |key: &str| permission.and_then(|found| loose::field(found, key));
        let expires_at = of("expiration_time").or_else(|| of("expiration"));
        let expires_at = expires_at.and_then(loose::as_integer);
        let word = of("status").and_then(loose::as_text).unwrap_or_default();
        let leave = match word.to_ascii_lowercase().as_str() {
            "permanent" => CallLeave::Permanent,
            "temporary" => CallLeave::Temporary,
            "granted" if expires_at.is_some() => CallLeave::Temporary,
            "granted" => CallLeave::Permanent,
            _ => CallLeave::None,
        };
        let requests = limits(raw, "send_call_permission_request");
        let calls = limits(raw, "start_call");
        Self {
            leave,
            expires_at: expires_at.filter(|_| leave == CallLeave::Temporary),
            requests_left: requests.0,
            again_at: requests.1,
            calls_left: calls.0,
        }
    }
}

/// What is left of an action, and when there is more where nothing is.
fn limits(raw: &Value, action: &str) -> (Option<i64>, Option<i64>) {
    let actions = loose::field(raw, "actions").map(loose::items);
    let mut actions = actions.unwrap_or_default().into_iter();
    let named = |item: &&Value| loose::text(item, "action_name").as_deref() == Some(action);
    let Some(found) = actions.find(named) else {
        return (None, None);
    };
    let list = loose::field(found, "limits").map(loose::items);
    let list = list.unwrap_or_default();
    let left = |limit: &&Value| {
        let most = loose::integer(limit, "max_allowed")?;
        let used = loose::integer(limit, "current_usage").unwrap_or(0);
        Some((most - used).max(0))
    };
    let used_up = list.iter().filter(|limit| left(limit) == Some(0));
    let again = used_up.filter_map(|limit| loose::integer(limit, "limit_expiration_time"));
    let again = again.max();
    let least = list.iter().filter_map(left).min();
    match loose::flag(found, "can_perform_action") {
        Some(false) => (Some(0), again),
        Some(true) | None => (least, again),
    }
}

impl GraphClient {
    /// Asks whether a number may call somebody. Meta takes five such questions a second.
    pub async fn call_permission(
        &self,
        token: &SecretString,
        phone_id: &str,
        peer: &Peer,
    ) -> Result<CallPermission, GraphTrouble> {
        let query = match peer {
            Peer::Phone(number) => ("user_wa_id", number.as_str()),
            Peer::User(id) => ("recipient", id.as_str()),
        };
        let path = [phone_id, "call_permissions"];
        let answer = self.get(token, &path, &[query]).await?;
        Ok(CallPermission::read(&answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_left_is_the_least_of_metas_limits() {
        let read = CallPermission::read(&json!({
        "permission": {"status": "temporary", "expiration_time": 1_785_916_800},
        "actions": [
            {"action_name": "send_call_permission_request", "can_perform_action": false, "limits": [
                {"max_allowed": 1, "current_usage": 1, "limit_expiration_time": 1_785_398_400},
                {"max_allowed": 2, "current_usage": 1}]},
            {"action_name": "start_call", "can_perform_action": true, "limits": [
                {"max_allowed": 100, "current_usage": 2}]},
        ]}));
        assert_eq!(read.leave, CallLeave::Temporary);
        assert_eq!(
            (read.requests_left, read.again_at),
            (Some(0), Some(1_785_398_400))
        );
        assert_eq!(
            (read.calls_left, read.expires_at),
            (Some(98), Some(1_785_916_800))
        );
    }

    #[test]
    fn real_answers_are_read() {
        let Some(root) = std::env::var_os("THOTH_FIXTURES") else {
            return;
        };
        for (name, leave) in [
            (
                "kapso-js/call_permissions__response__temporary__1",
                CallLeave::Temporary,
            ),
            (
                "openapi/call_permissions__GET-response-200__Denied_Permission__1",
                CallLeave::None,
            ),
            (
                "openapi/call_permissions__GET-response-200__Granted_Permission__1",
                CallLeave::Temporary,
            ),
        ] {
            let path = std::path::Path::new(&root).join(format!("graph/{name}.json"));
            let text = std::fs::read_to_string(path).unwrap();
            let read = CallPermission::read(&serde_json::from_str(&text).unwrap());
            assert_eq!(read.leave, leave, "{name}");
        }
    }
}
