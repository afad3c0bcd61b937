//! A number as an SMS provider of a portal: its sender, and what became of what was sent through it.
//!
//! Source: "messageservice" of the Bitrix24 REST documentation. Senders are an administrator's to change; the
//! scope is `messageservice`.

use serde_json::{Value, json};

use super::authorized::AuthorizedClient;
use super::batch::Command;
use super::call_error::CallError;
use super::client::Answer;
use super::tokens::PortalKeys;
use crate::outside::loose;

/// A sender as the portal shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderCard {
    /// Letters, digits, `.`, `-` and `_`.
    pub code: String,
    /// What people choose.
    pub name: String,
    /// Where the portal posts what is to be sent; may carry a query.
    pub handler: String,
}

/// What became of an SMS, in the words of `messageservice.message.status.update`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsState {
    /// It is on its way.
    Sent,
    /// The customer has it.
    Delivered,
    /// The customer cannot be reached.
    Undelivered,
    /// It was not sent.
    Failed,
}

impl SmsState {
    /// Bitrix24's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
        }
    }
}

/// The codes of this app's senders in the portal.
pub async fn senders(
    api: &AuthorizedClient,
    portal: &PortalKeys,
) -> Result<Vec<String>, CallError> {
    let answer = api
        .call(portal, "messageservice.sender.list", Value::Null)
        .await?;
    Ok(senders_read(&answer.result))
}

/// Codes alone are documented; an object with a code is taken too.
fn senders_read(result: &Value) -> Vec<String> {
    let code = |item: &Value| loose::as_text(item).or_else(|| loose::filled_any_case(item, "CODE"));
    loose::items(result).into_iter().filter_map(code).collect()
}

/// Adds a sender; one that is there already is brought up to date.
pub async fn sender_add(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    card: &SenderCard,
) -> Result<(), CallError> {
    let params =
        json!({"CODE": card.code, "TYPE": "SMS", "HANDLER": card.handler, "NAME": card.name});
    let added = api.call(portal, "messageservice.sender.add", params).await;
    match added.and_then(|answer| done(&answer)) {
        Err(error) if is(&error, "ALREADY_INSTALLED") => sender_update(api, portal, card).await,
        end => end,
    }
}

/// Gives a sender its name and address; one that is gone is added.
pub async fn sender_put(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    card: &SenderCard,
) -> Result<(), CallError> {
    match sender_update(api, portal, card).await {
        Err(error) if is(&error, "NOT_FOUND") => sender_add(api, portal, card).await,
        end => end,
    }
}

async fn sender_update(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    card: &SenderCard,
) -> Result<(), CallError> {
    let params = json!({"CODE": card.code, "HANDLER": card.handler, "NAME": card.name});
    let changed = api.call(portal, "messageservice.sender.update", params);
    done(&changed.await?)
}

/// Removes a sender; one that is not there is removed.
pub async fn sender_delete(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    code: &str,
) -> Result<(), CallError> {
    let params = json!({"CODE": code});
    let deleted = api
        .call(portal, "messageservice.sender.delete", params)
        .await;
    match deleted.and_then(|answer| done(&answer)) {
        Err(error) if is(&error, "NOT_FOUND") => Ok(()),
        end => end,
    }
}

/// The command that tells the portal what became of an SMS. `code` is the sender's.
pub fn status_command(key: String, code: &str, message_id: &str, state: SmsState) -> Command {
    Command {
        key,
        method: "messageservice.message.status.update".to_owned(),
        params: json!({"CODE": code, "MESSAGE_ID": message_id, "STATUS": state.as_str()}),
    }
}

/// Anything but a plain yes is a refusal, also at HTTP 200 (R20).
pub fn done(answer: &Answer) -> Result<(), CallError> {
    if loose::as_flag(&answer.result) == Some(true) {
        return Ok(());
    }
    Err(CallError::Refused {
        http: 200,
        code: "NOT_DONE".to_owned(),
        description: "the portal did not do it and gave no reason".to_owned(),
    })
}

/// Whether a refusal means this. Codes have a beginning that differs between portals: `ERROR_SENDER_NOT_FOUND`.
fn is(error: &CallError, meaning: &str) -> bool {
    matches!(error, CallError::Refused { code, .. } if code.to_ascii_uppercase().ends_with(meaning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senders_are_codes_in_every_shape() {
        let list = json!(["thoth_1", "other"]);
        assert_eq!(senders_read(&list), ["thoth_1", "other"]);
        let hole = json!({"1": "thoth_1", "3": {"CODE": "other"}});
        assert_eq!(senders_read(&hole), ["thoth_1", "other"]);
        for none in [json!([]), json!({}), json!(null), json!(true)] {
            assert!(senders_read(&none).is_empty(), "{none}");
        }
    }

    #[test]
    fn real_answers_are_read() {
        let Some(root) = std::env::var_os("THOTH_FIXTURES") else {
            return;
        };
        let read = |name: &str| {
            let name = format!("bitrix/rest-answers/messageservice.{name}.ok__1.json");
            let text = std::fs::read_to_string(std::path::Path::new(&root).join(name)).unwrap();
            let answer: Value = serde_json::from_str(&text).unwrap();
            answer["result"].clone()
        };
        assert_eq!(
            senders_read(&read("sender.list")),
            ["provider1", "provider2"]
        );
        for name in ["sender.update", "message.status.update"] {
            let answer = Answer {
                result: read(name),
                operating: None,
                operating_reset_at: None,
                moved_to: None,
            };
            assert_eq!(done(&answer), Ok(()), "{name}");
        }
    }

    #[test]
    fn codes_are_known_by_their_meaning() {
        let refused = |code: &str| CallError::Refused {
            http: 400,
            code: code.to_owned(),
            description: String::new(),
        };
        for code in ["ERROR_SENDER_ALREADY_INSTALLED", "error_already_installed"] {
            assert!(is(&refused(code), "ALREADY_INSTALLED"), "{code}");
        }
        assert!(!is(
            &refused("ERROR_SENDER_ADD_FAILURE"),
            "ALREADY_INSTALLED"
        ));
    }
}
