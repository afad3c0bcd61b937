//! `imconnector.*` without messages: registering a connector and switching it on for a line.

use super::{Call, Fail};
use crate::words::text_of;
use crate::world::Connector;
use serde_json::{Value, json};

/// `imconnector.register`; refusals come with HTTP 200 inside `result`.
pub fn register(call: &mut Call<'_>) -> Result<Value, Fail> {
    let refused = |code: &str, text: &str| {
        Ok(json!({ "result": false, "error": code, "error_description": text }))
    };
    if call.refuse.register {
        return refused(
            "GENERAL_CONNECTOR_REGISTRATION_ERROR",
            "Connector registration error",
        );
    }
    let Some(id) = call.text("ID") else {
        return refused("CONNECTOR_ID_REQUIRED", "Connector ID is required");
    };
    if id.contains('.') {
        return refused(
            "APPLICATION_REGISTRATION_ERROR_POINT",
            "The connector ID must not contain a dot",
        );
    }
    let Some(name) = call.text("NAME") else {
        return refused("NAME_REQUIRED", "Connector name is required");
    };
    let icon = call
        .params
        .pointer("/ICON/DATA_IMAGE")
        .and_then(Value::as_str);
    if icon.is_none_or(str::is_empty) {
        return refused("ICON_REQUIRED", "Connector icon is required");
    }
    let Some(handler) = call.text("PLACEMENT_HANDLER") else {
        return refused("NO_PLACEMENT_HANDLER", "Placement handler is required");
    };
    if call.flag("EDIT_INTERNAL_MESSAGES", true) || call.flag("DEL_INTERNAL_MESSAGES", true) {
        call.warn("operators may edit and delete messages, which WhatsApp cannot do");
    }
    let need_signature = call.flag("NEED_SIGNATURE", true);
    let chat_group = call.flag("CHAT_GROUP", false);
    let id = id.to_lowercase();
    let foreign = call.portal.connectors.get(&id);
    if foreign.is_some_and(|it| it.app != call.app.client_id) {
        return refused(
            "APPLICATION_REGISTRATION_ERROR",
            "The connector is registered by another application",
        );
    }
    let old = call.portal.connectors.remove(&id);
    let connector = Connector {
        app: call.app.client_id.clone(),
        name,
        need_signature,
        chat_group,
        placement_handler: handler,
        channels: old.map(|old| old.channels).unwrap_or_default(),
    };
    call.portal.connectors.insert(id, connector);
    Ok(json!({ "result": true }))
}

/// `imconnector.unregister`
pub fn unregister(call: &mut Call<'_>) -> Result<Value, Fail> {
    let id = call.need("ID")?.to_lowercase();
    let own = call.portal.connectors.get(&id);
    let own = own.is_some_and(|it| it.app == call.app.client_id);
    if !own || call.portal.connectors.remove(&id).is_none() {
        return Ok(json!({
            "result": false,
            "error": "APPLICATION_UNREGISTRATION_ERROR",
            "error_description": "The connector is not registered",
        }));
    }
    Ok(json!({ "result": true }))
}

/// `imconnector.list`
pub fn list(call: &Call<'_>) -> Result<Value, Fail> {
    if !call.lines() {
        return Err(Fail::bad("ACCESS_DENIED", "Access denied!"));
    }
    let mut out = serde_json::Map::new();
    out.insert("livechat".to_string(), json!("Online chat"));
    for (id, connector) in &call.portal.connectors {
        out.insert(id.clone(), json!(connector.name));
    }
    Ok(Value::Object(out))
}

fn registered<'a>(call: &'a mut Call<'_>, id: &str) -> Result<&'a mut Connector, Fail> {
    call.portal.connectors.get_mut(id).ok_or_else(|| {
        Fail::bad(
            "IMCONNECTOR_NO_CORRECT_PROVIDER",
            "Could not find a suitable provider for the connector",
        )
    })
}

fn line_exists(call: &Call<'_>, line: i64) -> Result<(), Fail> {
    if call.portal.lines.contains_key(&line) {
        Ok(())
    } else {
        Err(Fail::bad(
            "NOT_ACTIVE_LINE",
            "Line with this ID is inactive or does not exist",
        ))
    }
}

/// `imconnector.activate`: any value that is not `0` switches on.
pub fn activate(call: &mut Call<'_>) -> Result<Value, Fail> {
    let id = call.need("CONNECTOR")?;
    let line = call.need_int("LINE")?;
    let active = match call.params.get("ACTIVE") {
        Some(Value::Bool(flag)) => {
            let flag = *flag;
            call.warn("ACTIVE came as a JSON boolean; the documents ask for \"1\" or \"0\"");
            flag
        }
        _ => call.need("ACTIVE")? != "0",
    };
    line_exists(call, line)?;
    if call.refuse.activate {
        return Err(Fail::bad(
            "ERROR_CORE",
            "The connector could not be activated",
        ));
    }
    let channel = registered(call, &id)?.channels.entry(line).or_default();
    channel.active = active;
    if !active {
        channel.data = None;
    }
    Ok(json!(true))
}

/// `imconnector.status`: without LINE it is line 0, which is never active.
pub fn status(call: &mut Call<'_>) -> Result<Value, Fail> {
    let id = call.need("CONNECTOR")?;
    let line = call.int("LINE").unwrap_or_default();
    if line == 0 {
        call.warn("imconnector.status without LINE always looks inactive");
    }
    let channel = call
        .portal
        .connectors
        .get(&id)
        .and_then(|connector| connector.channels.get(&line))
        .cloned()
        .unwrap_or_default();
    let works = call.portal.channel_works(&id, line);
    let configured = channel.active && channel.data.is_some();
    Ok(json!({
        "LINE": line,
        "CONNECTOR": id,
        "ERROR": call.refuse.status_error,
        "CONFIGURED": configured,
        "STATUS": works && configured && !call.refuse.status_error,
    }))
}

/// `imconnector.connector.data.set`
pub fn data_set(call: &mut Call<'_>) -> Result<Value, Fail> {
    let id = call.need("CONNECTOR")?;
    let line = call.need_int("LINE")?;
    let data = match call.params.get("DATA") {
        Some(Value::Object(map)) if !map.is_empty() => Value::Object(map.clone()),
        _ => return Err(Fail::empty("DATA")),
    };
    data_check(call, (&id, line), &data)?;
    line_exists(call, line)?;
    registered(call, &id)?
        .channels
        .entry(line)
        .or_default()
        .data = Some(data);
    Ok(json!(true))
}

/// Upper-case keys and an ID; the documents want one that no other channel has.
fn data_check(call: &mut Call<'_>, here: (&str, i64), data: &Value) -> Result<(), Fail> {
    let keys = data.as_object().into_iter().flatten().map(|(key, _)| key);
    for key in keys {
        if !["ID", "NAME", "URL", "URL_IM"].contains(&key.as_str()) {
            let words = format!("Argument 'DATA' has the unknown key '{key}'");
            return Err(Fail::bad("ERROR_ARGUMENT", &words));
        }
    }
    let Some(own) = text_of(data.get("ID")).filter(|own| !own.is_empty()) else {
        return Err(Fail::empty("DATA[ID]"));
    };
    let mut channels = call.portal.connectors.iter().flat_map(|(id, connector)| {
        let channels = connector.channels.iter();
        channels.map(move |(line, channel)| ((id.as_str(), *line), channel))
    });
    let twice = channels.any(|(there, channel)| {
        let id = channel.data.as_ref().and_then(|data| data.get("ID"));
        there != here && text_of(id).as_ref() == Some(&own)
    });
    if twice {
        call.warn(format!("DATA[ID] {own} is used by another channel too"));
    }
    Ok(())
}

/// `imconnector.chat.name.set`
pub fn chat_name_set(call: &mut Call<'_>) -> Result<Value, Fail> {
    let id = call.need("CONNECTOR")?;
    let line = call.need_int("LINE")?;
    let chat_id = call.need("CHAT_ID")?;
    let name = call.need("NAME")?;
    if !call.portal.channel_works(&id, line) {
        return Err(Fail::bad(
            "NOT_ACTIVE_LINE",
            "Line with this ID is inactive or does not exist",
        ));
    }
    let chat =
        call.portal.chats.values_mut().find(|chat| {
            chat.connector == id && chat.line == line && chat.external_chat_id == chat_id
        });
    let Some(chat) = chat else {
        return Ok(json!({ "SUCCESS": false, "ERRORS": ["CHAT_RENAMING_FAILED"] }));
    };
    chat.name = name;
    let chat = chat.id;
    call.portal.touched.push(chat);
    Ok(json!({ "SUCCESS": true, "DATA": { "RESULT": [] } }))
}
