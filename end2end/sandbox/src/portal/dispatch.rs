//! The list of methods this portal knows.

use super::{Call, Fail, connector, handlers, lines, people, send, sessions, status};
use http::StatusCode;
use serde_json::{Value, json};

/// Every method, in the case the documents show.
pub const METHODS: [&str; 31] = [
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
    "imopenlines.dialog.get",
    "imopenlines.session.history.get",
    "method.get",
    "profile",
    "scope",
    "server.time",
    "user.current",
];

/// Runs one method.
pub fn dispatch(call: &mut Call<'_>, method: &str) -> Result<Value, Fail> {
    match method {
        "imconnector.register" => connector::register(call),
        "imconnector.unregister" => connector::unregister(call),
        "imconnector.list" => Ok(connector::list(call)),
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
        "imopenlines.config.get" => lines::get(call),
        "imopenlines.config.delete" => lines::delete(call),
        "imopenlines.config.list.get" => Ok(lines::list(call)),
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
        "app.info" => Ok(people::app_info(call)),
        "server.time" => Ok(json!(crate::words::iso(crate::words::now()))),
        "scope" => Ok(json!(crate::oauth::SCOPE.split(',').collect::<Vec<_>>())),
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
