//! `telephony.*`: lines and calls of telephony that is not Bitrix24's own.

use super::{Call, Fail};
use crate::words::{int_of, iso, now, random_hex, text_of};
use crate::world::{ExternalCall, ExternalLine};
use serde_json::{Map, Value, json};

/// For how long the same call registered again is the same call.
const AGAIN: i64 = 30 * 60;

/// The outcomes a call may be finished with.
const STATUSES: [&str; 13] = [
    "200", "304", "603", "603-S", "403", "404", "486", "484", "503", "480", "402", "423", "OTHER",
];

fn core(words: &str) -> Fail {
    Fail::bad("ERROR_CORE", words)
}

fn argument(words: &str) -> Fail {
    Fail::bad("INVALID_ARGUMENT", words)
}

/// The user named by `USER_ID`; they must work here.
fn user(call: &Call<'_>) -> Result<i64, Fail> {
    let id = int_of(call.params.get("USER_ID"));
    let id = id.ok_or_else(|| argument("USER_ID or USER_PHONE_INNER should be set"))?;
    match call.portal.user(id) {
        Some(user) if !user.dismissed => Ok(id),
        Some(_) | None => Err(core("User is not found or is not active")),
    }
}

/// A number with enough digits to be one.
fn number(call: &Call<'_>) -> Result<String, Fail> {
    let text = call.text("PHONE_NUMBER");
    let text = text.ok_or_else(|| argument("PHONE_NUMBER should be set"))?;
    let digits = crate::words::digits(&text);
    let good = text
        .chars()
        .all(|c| c.is_ascii_digit() || "+-() ".contains(c));
    match good && (3..=20).contains(&digits.len()) {
        true => Ok(text),
        false => Err(core("Unsupported phone number format")),
    }
}

/// An instant as ISO 8601 with a zone: `2026-11-27T10:00:00+00:00`.
fn is_instant(text: &str) -> bool {
    let Some((date, rest)) = text.split_once('T') else {
        return false;
    };
    let zoned = rest.ends_with('Z') || rest.rfind(['+', '-']).is_some_and(|at| at >= 8);
    date.split('-').count() == 3 && rest.split(':').count() >= 3 && zoned
}

/// `telephony.externalCall.register`
pub fn register(call: &mut Call<'_>) -> Result<Value, Fail> {
    let (user, number) = (user(call)?, number(call)?);
    let kind = int_of(call.params.get("TYPE")).filter(|it| (1..=5).contains(it));
    let kind = kind.ok_or_else(|| core("Unknown TYPE"))?;
    let started = match call.text("CALL_START_DATE") {
        None => iso(now()),
        Some(text) if is_instant(&text) => text,
        Some(_) => return Err(argument("CALL_START_DATE must be ISO 8601 with a zone")),
    };
    let line = call.text("LINE_NUMBER").unwrap_or_default();
    let external = call.text("EXTERNAL_CALL_ID").unwrap_or_default();
    if external.is_empty() {
        call.warn("a call without EXTERNAL_CALL_ID");
    }
    let shown = call.flag("SHOW", true);
    let app = call.app.client_id.clone();
    let known = call.portal.calls.iter_mut().find(|it| {
        it.app == app
            && it.number == number
            && it.kind == kind
            && it.user == user
            && it.line == line
            && it.external == external
            && it.registered_at > now() - AGAIN
    });
    if let Some(known) = known {
        known.registered += 1;
        let words = format!("the call {external} was registered again");
        let answer = registered(known);
        call.warn(words);
        return Ok(answer);
    }
    let told_before = call.portal.calls.iter().any(|it| it.external == external);
    if told_before && !external.is_empty() {
        call.warn(format!("the call {external} has two entries now"));
    }
    let created = call
        .flag("CRM_CREATE", false)
        .then(|| ("CONTACT".to_string(), call.portal.new_id()));
    let made = ExternalCall {
        id: format!("externalCall.{}.{}", random_hex(16), now()),
        app,
        user,
        number,
        kind,
        line,
        external,
        started,
        registered_at: now(),
        registered: 1,
        shown,
        finished: false,
        duration: 0,
        status: String::new(),
        activity: 0,
        created,
    };
    let answer = registered(&made);
    call.portal.calls.push(made);
    Ok(answer)
}

fn registered(call: &ExternalCall) -> Value {
    let mut out = Map::new();
    out.insert("CALL_ID".to_string(), json!(call.id));
    out.insert("CRM_CREATED_LEAD".to_string(), Value::Null);
    let made = call.created.iter();
    let made: Vec<Value> = made
        .map(|(kind, id)| json!({ "ENTITY_TYPE": kind, "ENTITY_ID": id }))
        .collect();
    out.insert("CRM_CREATED_ENTITIES".to_string(), json!(made));
    let (kind, id) = match &call.created {
        Some((kind, id)) => (json!(kind), json!(id)),
        None => (json!("CONTACT"), json!(123)),
    };
    out.insert("CRM_ENTITY_TYPE".to_string(), kind);
    out.insert("CRM_ENTITY_ID".to_string(), id);
    Value::Object(out)
}

fn own<'a>(call: &'a mut Call<'_>) -> Result<&'a mut ExternalCall, Fail> {
    let id = call.text("CALL_ID");
    let id = id.ok_or_else(|| argument("CALL_ID should be set"))?;
    let app = call.app.client_id.clone();
    let mut calls = call.portal.calls.iter_mut();
    let found = calls.find(|it| it.app == app && it.id == id);
    found.ok_or_else(|| core("Call is not found (call_id)"))
}

/// `telephony.externalCall.show` and `.hide`
pub fn show(call: &mut Call<'_>, shown: bool) -> Result<Value, Fail> {
    let users: Vec<i64> = match call.params.get("USER_ID") {
        Some(Value::Array(ids)) => ids.iter().filter_map(|it| int_of(Some(it))).collect(),
        other => int_of(other).into_iter().collect(),
    };
    if users.is_empty() {
        return Err(argument("USER_ID should be set"));
    }
    let working = |id: &i64| call.portal.user(*id).is_some_and(|it| !it.dismissed);
    if !users.iter().all(working) {
        return Err(core("User is not found or is not active"));
    }
    own(call)?.shown = shown;
    Ok(json!(true))
}

/// `telephony.externalCall.finish`
pub fn finish(call: &mut Call<'_>) -> Result<Value, Fail> {
    let user = user(call)?;
    let duration = int_of(call.params.get("DURATION")).unwrap_or(0).max(0);
    let status = match text_of(call.params.get("STATUS_CODE")).filter(|it| !it.is_empty()) {
        None if duration > 0 => "200".to_string(),
        None => "304".to_string(),
        Some(code) if STATUSES.contains(&code.as_str()) => code,
        Some(code) => return Err(argument(&format!("STATUS_CODE {code} is not known"))),
    };
    own(call)?;
    let activity = call.portal.new_id();
    let found = own(call)?;
    if found.finished {
        return Err(core("Call is not found (call_id), it is finished already"));
    }
    found.finished = true;
    found.shown = false;
    found.duration = duration;
    found.status.clone_from(&status);
    found.activity = activity;
    found.user = user;
    Ok(json!({
        "ID": activity.to_string(),
        "CALL_ID": found.id,
        "EXTERNAL_CALL_ID": found.external,
        "PORTAL_USER_ID": user.to_string(),
        "PHONE_NUMBER": found.number,
        "PORTAL_NUMBER": found.line,
        "INCOMING": found.kind.to_string(),
        "CALL_DURATION": duration.to_string(),
        "CALL_START_DATE": found.started,
        "CALL_STATUS": if status == "200" { "1" } else { "0" },
        "CALL_FAILED_CODE": status,
        "CRM_ENTITY_TYPE": "CONTACT",
        "CRM_ENTITY_ID": "123",
        "CRM_ACTIVITY_ID": activity.to_string(),
    }))
}

/// `telephony.externalCall.searchCrmEntities`: the card of `/crm/`, answered for by the operator.
pub fn search(call: &mut Call<'_>) -> Result<Value, Fail> {
    let number = number(call)?;
    if call.refuse.crm_unknown || crate::words::digits(&number) != "77015550101" {
        return Ok(json!([]));
    }
    let operator = call.portal.operator();
    Ok(json!([{
        "CRM_ENTITY_TYPE": "CONTACT",
        "CRM_ENTITY_ID": 123,
        "ASSIGNED_BY_ID": operator.id,
        "NAME": "Aigerim Sadykova",
        "ASSIGNED_BY": {
            "ID": operator.id, "TIMEMAN_STATUS": "OPENED", "USER_PHONE_INNER": "101",
            "WORK_PHONE": null, "PERSONAL_PHONE": null, "PERSONAL_MOBILE": null,
        },
    }]))
}

fn line_number(call: &Call<'_>) -> Result<String, Fail> {
    call.text("NUMBER")
        .ok_or_else(|| argument("NUMBER should be set"))
}

fn line<'a>(call: &'a mut Call<'_>, number: &str) -> Option<&'a mut ExternalLine> {
    let app = call.app.client_id.clone();
    let mut lines = call.portal.call_lines.iter_mut();
    lines.find(|it| it.app == app && it.number == number)
}

/// `telephony.externalLine.add` and `.update`
pub fn line_set(call: &mut Call<'_>, new: bool) -> Result<Value, Fail> {
    let number = line_number(call)?;
    let (name, auto) = (call.text("NAME"), call.flag("CRM_AUTO_CREATE", true));
    match (line(call, &number), new) {
        (Some(_), true) => Err(core("Line with this number already exists")),
        (None, false) => Err(core("Line is not found")),
        (Some(line), false) => {
            line.name = name.unwrap_or_else(|| std::mem::take(&mut line.name));
            line.auto_create = auto;
            Ok(json!({ "ID": line.id }))
        }
        (None, true) => {
            let id = call.portal.new_id();
            call.portal.call_lines.push(ExternalLine {
                id,
                app: call.app.client_id.clone(),
                number,
                name: name.unwrap_or_default(),
                auto_create: auto,
            });
            Ok(json!({ "ID": id }))
        }
    }
}

/// `telephony.externalLine.delete`
pub fn line_delete(call: &mut Call<'_>) -> Result<Value, Fail> {
    let number = line_number(call)?;
    line(call, &number).ok_or_else(|| core("Line is not found"))?;
    let app = call.app.client_id.clone();
    let lines = &mut call.portal.call_lines;
    lines.retain(|it| it.app != app || it.number != number);
    Ok(json!(true))
}

/// `telephony.externalLine.get`
pub fn lines(call: &Call<'_>) -> Value {
    let own = call.portal.call_lines.iter();
    let own = own.filter(|it| it.app == call.app.client_id);
    own.map(|it| {
        let auto = if it.auto_create { "Y" } else { "N" };
        json!({ "NUMBER": it.number, "NAME": it.name, "CRM_AUTO_CREATE": auto })
    })
    .collect()
}
