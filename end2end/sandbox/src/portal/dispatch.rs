//! The list of methods this portal knows.

use super::{
    Call, Fail, connector, handlers, lines, messageservice, people, placements, send, sessions,
    status, telephony,
};
use http::StatusCode;
use serde_json::{Value, json};

/// Every method, in the case the documents show.
pub const METHODS: [&str; 51] = [
    "app.info",
    "batch",
    "event.bind",
    "event.get",
    "event.unbind",
    "events",
    "im.message.add",
    "imconnector.activate",
    "imconnector.chat.name.set",
    "imconnector.connector.data.set",
    "imconnector.delete.messages",
    "imconnector.list",
    "imconnector.register",
    "imconnector.send.messages",
    "imconnector.send.status.delivery",
    "imconnector.send.status.reading",
    "imconnector.status",
    "imconnector.unregister",
    "imconnector.update.messages",
    "imopenlines.config.add",
    "imopenlines.config.delete",
    "imopenlines.config.get",
    "imopenlines.config.list.get",
    "imopenlines.config.path.get",
    "imopenlines.config.update",
    "imopenlines.dialog.get",
    "imopenlines.session.history.get",
    "imopenlines.revision.get",
    "method.get",
    "placement.bind",
    "placement.get",
    "placement.unbind",
    "profile",
    "scope",
    "server.time",
    "user.admin",
    "user.current",
    "messageservice.message.status.update",
    "messageservice.sender.add",
    "messageservice.sender.delete",
    "messageservice.sender.list",
    "messageservice.sender.update",
    "telephony.externalCall.finish",
    "telephony.externalCall.hide",
    "telephony.externalCall.register",
    "telephony.externalCall.searchCrmEntities",
    "telephony.externalCall.show",
    "telephony.externalLine.add",
    "telephony.externalLine.delete",
    "telephony.externalLine.get",
    "telephony.externalLine.update",
];

/// Runs one method.
pub fn dispatch(call: &mut Call<'_>, method: &str) -> Result<Value, Fail> {
    if METHODS.contains(&method) && scope_of(method).is_some_and(|scope| !call.app.has(scope)) {
        return Err(Fail::new(
            StatusCode::FORBIDDEN,
            "insufficient_scope",
            "The request requires higher privileges than provided by the access token",
        ));
    }
    match method {
        "imconnector.register" => connector::register(call),
        "imconnector.unregister" => connector::unregister(call),
        "imconnector.list" => connector::list(call),
        "imconnector.activate" => connector::activate(call),
        "imconnector.status" => connector::status(call),
        "imconnector.connector.data.set" => connector::data_set(call),
        "imconnector.chat.name.set" => connector::chat_name_set(call),
        "imconnector.send.messages" => send::send(call),
        "imconnector.update.messages" => send::update(call),
        "imconnector.delete.messages" => send::delete(call),
        "imconnector.send.status.delivery" => status::delivery(call),
        "imconnector.send.status.reading" => status::reading(call),
        "imopenlines.config.add" => lines::add(call),
        "imopenlines.config.update" => lines::update(call),
        "imopenlines.revision.get" => Ok(json!({ "rest": 18, "web": 1, "mobile": 1 })),
        "imopenlines.config.get" => lines::get(call),
        "imopenlines.config.delete" => lines::delete(call),
        "imopenlines.config.list.get" => lines::list(call),
        "imopenlines.config.path.get" => Ok(lines::path(call)),
        "imopenlines.dialog.get" => sessions::dialog(call),
        "imopenlines.session.history.get" => sessions::history(call),
        "im.message.add" => sessions::message_add(call),
        "event.bind" => handlers::bind(call),
        "event.unbind" => handlers::unbind(call),
        "event.get" => Ok(handlers::get(call)),
        "events" => Ok(json!(handlers::EVENTS)),
        "profile" => people::profile(call),
        "user.current" => people::current(call),
        "user.admin" => Ok(people::admin(call)),
        "placement.bind" => placements::bind(call),
        "placement.unbind" => placements::unbind(call),
        "placement.get" => placements::get(call),
        "messageservice.sender.add" => messageservice::add(call),
        "messageservice.sender.update" => messageservice::update(call),
        "messageservice.sender.delete" => messageservice::delete(call),
        "messageservice.sender.list" => messageservice::list(call),
        "messageservice.message.status.update" => messageservice::status(call),
        "telephony.externalCall.register" => telephony::register(call),
        "telephony.externalCall.show" => telephony::show(call, true),
        "telephony.externalCall.hide" => telephony::show(call, false),
        "telephony.externalCall.finish" => telephony::finish(call),
        "telephony.externalCall.searchCrmEntities" => telephony::search(call),
        "telephony.externalLine.add" => telephony::line_set(call, true),
        "telephony.externalLine.update" => telephony::line_set(call, false),
        "telephony.externalLine.delete" => telephony::line_delete(call),
        "telephony.externalLine.get" => Ok(telephony::lines(call)),
        "app.info" => Ok(people::app_info(call)),
        "server.time" => Ok(json!(crate::words::iso(crate::words::now()))),
        "scope" => Ok(json!(call.app.scopes)),
        "method.get" => {
            let name = call.need("name")?;
            let known = METHODS.contains(&name.as_str());
            Ok(json!({ "isExisting": known, "isAvailable": known }))
        }
        _ => Err(Fail::new(
            StatusCode::NOT_FOUND,
            "ERROR_METHOD_NOT_FOUND",
            "Method not found!",
        )),
    }
}

/// The permission a method needs.
fn scope_of(method: &str) -> Option<&'static str> {
    if method == "imconnector.chat.name.set" {
        return Some("imconnector");
    }
    match method.split('.').next()? {
        "imconnector" | "imopenlines" => Some("imopenlines"),
        "im" => Some("im"),
        "placement" => Some("placement"),
        "messageservice" => Some("messageservice"),
        "telephony" => Some("telephony"),
        "user" if method == "user.current" => Some("user"),
        _ => None,
    }
}
