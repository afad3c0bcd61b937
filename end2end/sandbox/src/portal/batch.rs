//! `batch`: up to fifty commands in one request, with references between them.

use super::answer::{self, Call, Fail};
use super::{dispatch, limits};
use crate::faults::{Limits, Refuse};
use crate::params;
use crate::words::{flag_of, now_exact, text_of};
use crate::world::{LocalApp, Portal};
use http::StatusCode;
use serde_json::{Map, Value, json};

const MOST: usize = 50;

/// Whose token brought the call, and what is refused on purpose.
pub struct Who<'a> {
    pub user: i64,
    pub app: LocalApp,
    pub refuse: &'a Refuse,
}

/// Runs the commands in order. The answer is HTTP 200 whatever became of them.
pub fn run(
    portal: &mut Portal,
    who: &Who<'_>,
    input: &Value,
    limits: &Limits,
    warnings: &mut Vec<String>,
) -> Result<Value, Fail> {
    let commands = commands(input);
    if commands.len() > MOST {
        return Err(Fail::bad(
            "ERROR_BATCH_LENGTH_EXCEEDED",
            "Max batch length exceeded",
        ));
    }
    let halt = flag_of(input.get("halt"), false);
    let (mut results, mut errors, mut times) = (Map::new(), Map::new(), Map::new());
    for (key, command) in commands {
        let start = now_exact();
        let (method, query) = command.split_once('?').unwrap_or((&command, ""));
        let method = method
            .trim_start_matches('/')
            .trim_end_matches(".json")
            .to_string();
        let mut parameters = params::parse(query.as_bytes());
        resolve(&mut parameters, &results);
        let outcome = one(portal, who, &method, parameters, limits, warnings);
        match outcome {
            Ok(value) => {
                let (used, reset_at) = limits::used(portal, limits, &method);
                results.insert(key.clone(), value);
                times.insert(key, answer::time(start, used, reset_at));
            }
            Err(fail) => {
                warnings.push(format!(
                    "batch command {key} ({method}) was refused: {}",
                    fail.code
                ));
                errors.insert(key, fail.body());
                if halt {
                    break;
                }
            }
        }
    }
    Ok(json!({
        "result": params::php_map(results),
        "result_error": params::php_map(errors),
        "result_total": [],
        "result_next": [],
        "result_time": params::php_map(times),
    }))
}

fn one(
    portal: &mut Portal,
    who: &Who<'_>,
    method: &str,
    parameters: Value,
    limits: &Limits,
    warnings: &mut Vec<String>,
) -> Result<Value, Fail> {
    if method == "batch" {
        return Err(Fail::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "ERROR_BATCH_METHOD_NOT_ALLOWED",
            "Method is not allowed for batch usage",
        ));
    }
    limits::operating(portal, limits, method)?;
    let mut call = Call {
        portal,
        user: who.user,
        app: who.app.clone(),
        refuse: who.refuse,
        params: parameters,
        warnings,
        refuse_item_every: limits.refuse_item_every,
    };
    dispatch::dispatch(&mut call, method)
}

fn commands(input: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| text_of(Some(value)).unwrap_or_default();
    match input.get("cmd").or_else(|| input.get("CMD")) {
        Some(Value::Object(map)) => map
            .iter()
            .map(|(key, value)| (key.clone(), text(value)))
            .collect(),
        Some(Value::Array(items)) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), text(value)))
            .collect(),
        _ => Vec::new(),
    }
}

/// Puts earlier results in place of `$result[a][ID]`.
fn resolve(value: &mut Value, results: &Map<String, Value>) {
    match value {
        Value::String(text) => {
            if let Some(path) = text.strip_prefix("$result[") {
                let mut parts = path.trim_end_matches(']').split("][");
                let first = parts.next().and_then(|key| results.get(key));
                let found = parts.fold(first, |node, part| {
                    let node = node?;
                    node.get(part)
                        .or_else(|| part.parse::<usize>().ok().and_then(|index| node.get(index)))
                });
                *value = found.cloned().unwrap_or(Value::Null);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| resolve(item, results)),
        Value::Object(map) => map.values_mut().for_each(|item| resolve(item, results)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
