//! One event of Bitrix24.

use serde_json::Value;

use super::auth::EventAuth;
use super::form_tree::{FormError, form_tree};
use super::messages::ConnectorMessages;
use crate::outside::loose;

/// The body is no event: it is answered with 400 and not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It cannot be read as a form.
    #[error(transparent)]
    Form(#[from] FormError),
    /// It is called JSON and is none.
    #[error("the body is not JSON")]
    NotJson,
    /// It names no event.
    #[error("the body names no event")]
    NoEvent,
    /// It is no SMS to be sent.
    #[error("the body has no message_id or no code")]
    NoMessage,
}

/// What a portal posted, as a tree: a form, or JSON where the body is said to be such.
pub(super) fn body_tree(body: &[u8], content_type: Option<&str>) -> Result<Value, Malformed> {
    let is_json = content_type.is_some_and(|found| {
        let found = found.trim_start().to_ascii_lowercase();
        found.starts_with("application/json")
    });
    if is_json {
        serde_json::from_slice(body).map_err(|_| Malformed::NotJson)
    } else {
        Ok(form_tree(body)?)
    }
}

/// What Bitrix24 tells a handler. Believe nothing before `auth.application_token` was compared.
#[derive(Clone, Debug)]
pub struct Event {
    /// Upper case, such as `ONIMCONNECTORMESSAGEADD`.
    pub name: String,
    /// The binding it came through.
    pub handler_id: Option<String>,
    /// Unix seconds.
    pub ts: Option<i64>,
    /// Who sent it.
    pub auth: EventAuth,
    /// What happened.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// Somebody wrote to a customer.
    MessageAdd(ConnectorMessages),
    /// A message was changed; its text is the new one.
    MessageUpdate(ConnectorMessages),
    /// A message was deleted.
    MessageDelete(ConnectorMessages),
    /// A conversation began.
    DialogStart(Dialog),
    /// A conversation was closed.
    DialogFinish(Dialog),
    /// The channel was switched off for a line: the number is no longer linked.
    StatusDelete {
        /// Our connector's id.
        connector: Option<String>,
        /// The line.
        line: Option<String>,
    },
    /// The line itself was deleted.
    LineDelete {
        /// The line.
        line: Option<String>,
    },
    /// The app was installed; the auth block has tokens to check.
    AppInstall,
    /// The app was updated: a new application token, and every binding is gone.
    AppUpdate,
    /// The app was removed; no call is possible any more.
    AppUninstall {
        /// The admin asked to delete the data as well.
        clean: bool,
    },
    /// An admin allowed or refused a guarded method.
    MethodConfirm {
        /// The method.
        method: Option<String>,
        /// Allowed.
        confirmed: bool,
    },
    /// An event THOTH has no use for.
    Other,
}

/// The data of a conversation's start or end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dialog {
    /// Our connector's id.
    pub connector: Option<String>,
    /// The line.
    pub line: Option<String>,
    /// The conversations.
    pub items: Vec<DialogItem>,
}

/// One conversation that began or ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DialogItem {
    /// The session.
    pub session_id: Option<String>,
    /// It is closed.
    pub closed: bool,
    /// The chat as we named it.
    pub chat_id: Option<String>,
    /// The customer as we named them.
    pub user_id: Option<String>,
}

/// Reads an event. Forms are what Bitrix24 sends; a body said to be JSON is read as such.
pub fn read_event(body: &[u8], content_type: Option<&str>) -> Result<Event, Malformed> {
    let tree = body_tree(body, content_type)?;
    let name = loose::filled_any_case(&tree, "event")
        .ok_or(Malformed::NoEvent)?
        .to_ascii_uppercase();
    let data = loose::field_any_case(&tree, "data").unwrap_or(&Value::Null);
    Ok(Event {
        kind: EventKind::read(&name, data),
        handler_id: loose::filled_any_case(&tree, "event_handler_id")
            .or_else(|| loose::filled(&tree, "eventId")),
        ts: loose::integer(&tree, "ts"),
        auth: loose::field_any_case(&tree, "auth")
            .map(EventAuth::read)
            .unwrap_or_default(),
        name,
    })
}

impl EventKind {
    fn read(name: &str, data: &Value) -> Self {
        let text = |key: &str| loose::filled_any_case(data, key);
        let flag = |key: &str| {
            loose::field_any_case(data, key)
                .and_then(loose::as_flag)
                .unwrap_or(false)
        };
        match name {
            "ONIMCONNECTORMESSAGEADD" => Self::MessageAdd(ConnectorMessages::read(data)),
            "ONIMCONNECTORMESSAGEUPDATE" => Self::MessageUpdate(ConnectorMessages::read(data)),
            "ONIMCONNECTORMESSAGEDELETE" => Self::MessageDelete(ConnectorMessages::read(data)),
            "ONIMCONNECTORDIALOGSTART" => Self::DialogStart(Dialog::read(data)),
            "ONIMCONNECTORDIALOGFINISH" => Self::DialogFinish(Dialog::read(data)),
            "ONIMCONNECTORSTATUSDELETE" => Self::StatusDelete {
                connector: text("connector").map(|found| found.to_ascii_lowercase()),
                line: text("line"),
            },
            "ONIMCONNECTORLINEDELETE" => Self::LineDelete {
                line: loose::as_text(data)
                    .filter(|line| !line.is_empty())
                    .or_else(|| text("line"))
                    .or_else(|| text("id")),
            },
            "ONAPPINSTALL" => Self::AppInstall,
            "ONAPPUPDATE" => Self::AppUpdate,
            "ONAPPUNINSTALL" => Self::AppUninstall {
                clean: flag("CLEAN"),
            },
            "ONAPPMETHODCONFIRM" => Self::MethodConfirm {
                method: text("METHOD"),
                confirmed: flag("CONFIRMED"),
            },
            _ => Self::Other,
        }
    }
}

impl Dialog {
    fn read(data: &Value) -> Self {
        let items = loose::field_any_case(data, "DATA")
            .map(loose::items)
            .unwrap_or_default();
        Self {
            connector: loose::filled_any_case(data, "CONNECTOR")
                .map(|found| found.to_ascii_lowercase()),
            line: loose::filled_any_case(data, "LINE"),
            items: items.into_iter().map(DialogItem::read).collect(),
        }
    }
}

impl DialogItem {
    fn read(raw: &Value) -> Self {
        let block = |key: &str| loose::field_any_case(raw, key);
        let part = |key: &str, inner: &str| {
            block(key).and_then(|found| loose::filled_any_case(found, inner))
        };
        let closed = block("session").and_then(|found| loose::field_any_case(found, "closed"));
        Self {
            session_id: part("session", "id"),
            closed: closed.and_then(loose::as_flag).unwrap_or(false),
            chat_id: part("connector", "chat_id").or_else(|| part("chat", "id")),
            user_id: part("connector", "user_id").or_else(|| part("user", "id")),
        }
    }
}
