//! What operators wrote, changed or deleted in a connector's chats.

use serde_json::Value;

use crate::outside::loose;

/// The data of a message event: every item of `MESSAGES`, whether it came as a list or as a map with holes (R3).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConnectorMessages {
    /// Our connector's id, lower case.
    pub connector: Option<String>,
    /// The open line.
    pub line: Option<String>,
    /// In the order of their index.
    pub messages: Vec<OperatorMessage>,
}

/// One message of an operator, of a robot, or of the portal itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperatorMessage {
    /// The chat in Bitrix24 (`im.chat_id`).
    pub im_chat_id: Option<String>,
    /// The message in Bitrix24 (`im.message_id`): with the portal and the event it makes an event unique.
    pub im_message_id: Option<String>,
    /// Its author in Bitrix24; `0` for automatic texts.
    pub user_id: Option<String>,
    /// BB code; absent in a message of files only, and in a deletion.
    pub text: Option<String>,
    /// Files beside the text.
    pub files: Vec<OperatorFile>,
    /// The chat as we named it: who must get the answer.
    pub chat_id: Option<String>,
    /// Our own ids of the message, in updates and deletions.
    pub external_ids: Vec<String>,
    /// The item as it came. It holds the text: not for logs.
    pub raw: Value,
}

/// A file an operator attached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperatorFile {
    /// The name to show.
    pub name: Option<String>,
    /// Where it is fetched: the download link, else the public link.
    pub link: Option<String>,
    /// `image`, `file` and others.
    pub kind: Option<String>,
    /// Such as `image/png`.
    pub mime: Option<String>,
    /// Bytes.
    pub size: Option<i64>,
}

impl ConnectorMessages {
    pub(super) fn read(data: &Value) -> Self {
        let messages = loose::field_any_case(data, "MESSAGES")
            .map(loose::items)
            .unwrap_or_default();
        Self {
            connector: loose::filled_any_case(data, "CONNECTOR")
                .map(|found| found.to_ascii_lowercase()),
            line: loose::filled_any_case(data, "LINE"),
            messages: messages.into_iter().map(OperatorMessage::read).collect(),
        }
    }
}

impl OperatorMessage {
    fn read(raw: &Value) -> Self {
        let block = |key: &str| loose::field_any_case(raw, key);
        let part = |key: &str, inner: &str| {
            block(key).and_then(|found| loose::filled_any_case(found, inner))
        };
        let message = block("message");
        let files = message
            .and_then(|found| loose::field_any_case(found, "files"))
            .map(loose::items);
        let ids = message.and_then(|found| loose::field_any_case(found, "id"));
        Self {
            im_chat_id: part("im", "chat_id"),
            im_message_id: part("im", "message_id"),
            user_id: part("message", "user_id"),
            text: part("message", "text"),
            files: files
                .unwrap_or_default()
                .into_iter()
                .map(OperatorFile::read)
                .collect(),
            chat_id: part("chat", "id"),
            external_ids: ids.map(external_ids).unwrap_or_default(),
            raw: raw.clone(),
        }
    }
}

/// A list in updates, plain text in deletions.
fn external_ids(value: &Value) -> Vec<String> {
    let listed: Vec<String> = loose::items(value)
        .into_iter()
        .filter_map(loose::as_text)
        .collect();
    let ids = if listed.is_empty() {
        loose::as_text(value).into_iter().collect()
    } else {
        listed
    };
    ids.into_iter().filter(|id| !id.is_empty()).collect()
}

impl OperatorFile {
    fn read(raw: &Value) -> Self {
        let text = |key: &str| loose::filled_any_case(raw, key);
        Self {
            name: text("name"),
            link: text("downloadLink").or_else(|| text("link")),
            kind: text("type"),
            mime: text("mime"),
            size: loose::integer(raw, "size"),
        }
    }
}
