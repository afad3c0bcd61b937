//! What a search among deliveries may be about: found first, so that the list itself asks by keys.

use super::query::{Conditions, pattern};
use crate::store::{Scope, Store, StoreError};
use sea_orm::Value;
use uuid::Uuid;

/// More conversations or messages than this are not searched through: who types so little types more.
const MOST: i64 = 500;

/// Conversations and messages that fit what was typed.
pub(super) struct Found {
    conversations: Vec<Uuid>,
    messages: Vec<Uuid>,
    exact: String,
}

impl Store {
    /// Looks for conversations whose customer, number, portal or chat fits, and for the message with exactly this id
    /// at Meta or in Bitrix24.
    pub(super) async fn search(&self, scope: Scope, search: &str) -> Result<Found, StoreError> {
        let (like, exact) = (pattern(search), search.trim());
        let mut conversations = Conditions::within(scope, "p.owner_id");
        conversations.and(
            "(LOWER(k.external_id) LIKE ? ESCAPE '\\' OR LOWER(k.name) LIKE ? ESCAPE '\\' OR p.phone LIKE ? ESCAPE '\\' \
             OR LOWER(b.domain) LIKE ? ESCAPE '\\' OR c.im_chat_id = ?)",
            [
                like.as_str().into(),
                like.as_str().into(),
                like.as_str().into(),
                like.as_str().into(),
                exact.into(),
            ],
        );
        let from = "SELECT c.id FROM conversation c JOIN contact k ON k.id = c.contact_id \
             JOIN phone p ON p.id = c.phone_id LEFT JOIN portal b ON b.id = p.portal_id";
        // CROSS JOIN: phone by phone, each message found in an index, and never the table of messages as a whole.
        let mut messages = Vec::new();
        if is_wamid(exact) {
            let mut wamid = Conditions::within(scope, "p.owner_id");
            wamid.and("m.phone_id = p.id AND m.wamid = ?", [exact.into()]);
            let from = "SELECT m.id FROM phone p CROSS JOIN message m";
            messages.extend(self.ids(from, &wamid).await?);
        }
        if is_number(exact) {
            let mut im = Conditions::within(scope, "b.owner_id");
            im.and("m.portal_id = b.id AND m.im_message_id = ?", [exact.into()]);
            let from = "SELECT m.id FROM portal b CROSS JOIN message m";
            messages.extend(self.ids(from, &im).await?);
        }
        Ok(Found {
            conversations: self.ids(from, &conversations).await?,
            messages,
            exact: exact.to_owned(),
        })
    }

    async fn ids(&self, from: &str, conditions: &Conditions) -> Result<Vec<Uuid>, StoreError> {
        let (words, values) = conditions.finish([]);
        let sql = format!("{from} WHERE {words} LIMIT {MOST}");
        let rows = self.rows(&sql, values).await?;
        rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
    }
}

/// Whether this can be Meta's id of a message.
fn is_wamid(text: &str) -> bool {
    text.starts_with("wamid.")
}

/// Whether this can be Bitrix24's id of a message.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Found {
    /// The condition for deliveries `d`: of what was found, or failed with exactly this code. Each part has an index.
    pub fn narrow(&self, conditions: &mut Conditions) {
        let marks = |ids: &[Uuid]| crate::store::sql::placeholders(ids.len().max(1));
        let words = format!(
            "d.id IN (SELECT x.id FROM delivery x WHERE x.conversation_id IN ({}) \
             UNION SELECT x.id FROM delivery x WHERE x.message_id IN ({}) \
             UNION SELECT x.id FROM delivery x WHERE x.error_code IS NOT NULL AND x.error_code = ?)",
            marks(&self.conversations),
            marks(&self.messages)
        );
        let values = |ids: &[Uuid]| -> Vec<Value> {
            let ids = if ids.is_empty() { &[Uuid::nil()] } else { ids };
            ids.iter().map(|id| Value::from(*id)).collect()
        };
        let mut all = values(&self.conversations);
        all.extend(values(&self.messages));
        all.push(self.exact.as_str().into());
        conditions.and_of(&words, all);
    }
}
