//! Many commands in one call: one drop in the portal's bucket.

use std::collections::HashSet;

use secrecy::SecretString;
use serde_json::{Map, Value, json};

use super::address::PortalAddress;
use super::call_error::CallError;
use super::client::{Answer, BitrixClient};
use super::php_query::php_query;
use crate::outside::loose;

/// The most commands one batch may hold.
pub const BATCH_LENGTH_MAX: usize = 50;

/// One command of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Our name for it, once per batch; letters, digits and `_`.
    pub key: String,
    /// The method; no file is sent through a batch, and no batch.
    pub method: String,
    /// An object.
    pub params: Value,
}

/// What a batch brought: one end for every command, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchAnswer {
    /// The command's key and its result or error. A command without either is unknown.
    pub results: Vec<(String, Result<Answer, CallError>)>,
    /// The portal's new address, to be stored.
    pub moved_to: Option<PortalAddress>,
}

impl BitrixClient {
    /// Runs up to 50 commands; one that fails does not stop the others. Source: "batch" of the REST documentation.
    pub async fn batch(
        &self,
        portal: &PortalAddress,
        token: &SecretString,
        commands: &[Command],
    ) -> Result<BatchAnswer, CallError> {
        let params = batch_params(commands)?;
        let answer = self.call(portal, token, "batch", params).await?;
        let results = commands.iter().map(|command| {
            (
                command.key.clone(),
                command_end(&answer.result, &command.key),
            )
        });
        Ok(BatchAnswer {
            results: results.collect(),
            moved_to: answer.moved_to,
        })
    }
}

fn batch_params(commands: &[Command]) -> Result<Value, CallError> {
    let not_sent = |reason: &str| CallError::NotSent {
        reason: reason.to_owned(),
    };
    let mut keys = HashSet::new();
    if commands.is_empty() || commands.len() > BATCH_LENGTH_MAX {
        return Err(not_sent("a batch holds one to fifty commands"));
    }
    if !commands
        .iter()
        .all(|command| keys.insert(command.key.as_str()))
    {
        return Err(not_sent("two commands of a batch have the same key"));
    }
    let lines: Map<String, Value> = commands
        .iter()
        .map(|command| {
            let query = php_query(&command.params);
            let line = if query.is_empty() {
                command.method.clone()
            } else {
                format!("{}?{query}", command.method)
            };
            (command.key.clone(), Value::String(line))
        })
        .collect();
    Ok(json!({"halt": 0, "cmd": lines}))
}

/// The end of one command. Empty maps come as `[]`, and keys that are numbers may come as a list.
fn command_end(result: &Value, key: &str) -> Result<Answer, CallError> {
    let part = |name: &str| result.get(name).and_then(|found| keyed(found, key));
    let time = part("result_time");
    if let Some(error) = part("result_error") {
        let shaped = match error {
            Value::Object(_) => error.clone(),
            other => json!({"error": other}),
        };
        let error = CallError::read(200, &shaped, None);
        let until = time.and_then(|time| loose::integer(time, "operating_reset_at"));
        return Err(match error {
            Some(CallError::OperationLimit { until: None }) => CallError::OperationLimit { until },
            Some(error) => error,
            None => CallError::Unknown {
                reason: "a command failed without words".to_owned(),
            },
        });
    }
    let result = part("result").ok_or_else(|| CallError::Unknown {
        reason: "a command has no answer".to_owned(),
    })?;
    Ok(Answer {
        result: result.clone(),
        operating: time
            .and_then(|time| time.get("operating"))
            .and_then(Value::as_f64),
        operating_reset_at: time.and_then(|time| loose::integer(time, "operating_reset_at")),
        moved_to: None,
    })
}

fn keyed<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map.get(key),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
