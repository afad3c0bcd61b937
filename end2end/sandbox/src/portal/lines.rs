//! `imopenlines.config.*`: the Open Lines.

use super::{Call, Fail};
use crate::words::{int_of, text_of};
use crate::world::Line;
use http::StatusCode;
use serde_json::{Value, json};

/// The token's owner may set up lines.
fn allowed(call: &Call<'_>) -> Result<(), Fail> {
    if call.lines() {
        return Ok(());
    }
    Err(Fail::new(
        StatusCode::FORBIDDEN,
        "CONFIG_WRONG_USER_PERMISSION",
        "Permission denied",
    ))
}

/// `imopenlines.config.add`
pub fn add(call: &mut Call<'_>) -> Result<Value, Fail> {
    allowed(call)?;
    if call.refuse.line_add {
        return Err(Fail::new(
            StatusCode::FORBIDDEN,
            "CONFIG_WRONG_USER_PERMISSION",
            "Permission denied",
        ));
    }
    let most = call.refuse.line_limit as usize;
    if most > 0 && call.portal.lines.len() >= most {
        return Err(Fail::bad(
            "IMOL_ADD_ERROR_LIMIT",
            "The number of Open Channels available on your plan is exceeded",
        ));
    }
    let given = call
        .params
        .get("PARAMS")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let name = text_of(given.get("LINE_NAME")).unwrap_or_default();
    if name.is_empty() {
        call.warn("a line without LINE_NAME gets a made-up one");
    }
    let id = call
        .portal
        .line_add(if name.is_empty() { "Open Line" } else { &name });
    if let Some(line) = call.portal.lines.get_mut(&id) {
        line.params
            .extend(given.into_iter().filter(|(key, _)| key != "QUEUE"));
    }
    Ok(json!(id))
}

fn shown(line: &Line) -> Value {
    let mut out = line.params.clone();
    out.insert("ID".to_string(), json!(line.id.to_string()));
    out.insert("QUEUE".to_string(), json!([]));
    Value::Object(out)
}

fn config_id(call: &Call<'_>) -> Result<i64, Fail> {
    call.int("CONFIG_ID")
        .filter(|id| *id > 0)
        .ok_or_else(|| Fail::bad("CONFIG_ID_EMPTY", "Config id can't be empty"))
}

/// `imopenlines.config.get`; `false` where there is no such line.
pub fn get(call: &Call<'_>) -> Result<Value, Fail> {
    allowed(call)?;
    let id = config_id(call)?;
    Ok(call.portal.lines.get(&id).map_or(json!(false), shown))
}

/// `imopenlines.config.update`; `false` where there is no such line.
pub fn update(call: &mut Call<'_>) -> Result<Value, Fail> {
    allowed(call)?;
    let id = config_id(call)?;
    let given = call
        .params
        .get("PARAMS")
        .and_then(Value::as_object)
        .cloned();
    let Some(line) = call.portal.lines.get_mut(&id) else {
        return Ok(json!(false));
    };
    let given = given.unwrap_or_default();
    line.params
        .extend(given.into_iter().filter(|(key, _)| key != "QUEUE"));
    Ok(json!(true))
}

/// `imopenlines.config.delete`
pub fn delete(call: &mut Call<'_>) -> Result<Value, Fail> {
    allowed(call)?;
    let id = config_id(call)?;
    let there = call.portal.lines.remove(&id).is_some();
    for connector in call.portal.connectors.values_mut() {
        connector.channels.remove(&id);
    }
    Ok(json!(there))
}

/// `imopenlines.config.list.get`, at most 200 from `offset`; ids are strings here.
pub fn list(call: &Call<'_>) -> Result<Value, Fail> {
    allowed(call)?;
    let params = call.params.get("PARAMS");
    let number = |name: &str| {
        int_of(params.and_then(|it| it.get(name))).and_then(|it| usize::try_from(it).ok())
    };
    let limit = number("limit")
        .filter(|limit| *limit > 0)
        .unwrap_or(200)
        .min(200);
    let offset = number("offset").unwrap_or_default();
    let found: Vec<Value> = call
        .portal
        .lines
        .values()
        .skip(offset)
        .take(limit)
        .map(shown)
        .collect();
    Ok(json!(found))
}

/// `imopenlines.config.path.get`
pub fn path(call: &Call<'_>) -> Value {
    json!({
        "SERVER_ADDRESS": format!("http://{}", call.portal.domain),
        "PUBLIC_PATH": "/contact_center/",
    })
}
