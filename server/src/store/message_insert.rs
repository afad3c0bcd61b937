//! Writing messages, each once, many with a few statements.

use super::sql::{halves, padded, placeholders, rows_of};
use super::{NewMessage, StoreError, Txn};
use sea_orm::Value;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

impl Txn {
    /// Writes a message unless it is there already; answers its id when it was new.
    pub async fn message_insert_in_txn(
        &self,
        new: &NewMessage<'_>,
        now: i64,
    ) -> Result<Option<Uuid>, StoreError> {
        let id = Uuid::now_v7();
        let written = self.messages_insert_in_txn(&[(id, new)], now).await?;
        Ok(written.contains(&id).then_some(id))
    }

    /// Writes messages under these ids, but for those that are there already; answers the ids of the new ones.
    pub async fn messages_insert_in_txn(
        &self,
        news: &[(Uuid, &NewMessage<'_>)],
        now: i64,
    ) -> Result<HashSet<Uuid>, StoreError> {
        let mut written = HashSet::with_capacity(news.len());
        for part in halves(news) {
            let mut values: Vec<Value> = Vec::with_capacity(part.len() * 16);
            for (id, new) in part {
                values.extend::<[Value; 16]>([
                    (*id).into(),
                    new.owner.into(),
                    new.phone.into(),
                    new.conversation.into(),
                    new.direction.into(),
                    new.wamid.into(),
                    new.fingerprint.into(),
                    new.kind.into(),
                    new.text.into(),
                    new.origin.map(|origin| origin.portal).into(),
                    new.origin.map(|origin| origin.im_chat_id).into(),
                    new.origin.and_then(|origin| origin.im_message_id).into(),
                    new.part.into(),
                    new.status.into(),
                    now.into(),
                    now.into(),
                ]);
            }
            let sql = format!(
                "INSERT INTO message (id, owner_id, phone_id, conversation_id, direction, wamid, fingerprint, kind, text, \
                 portal_id, im_chat_id, im_message_id, part, status, status_at, created_at) \
                 VALUES {} ON CONFLICT DO NOTHING RETURNING id",
                rows_of(
                    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    part.len()
                )
            );
            for row in self.rows(&sql, values).await? {
                written.insert(row.try_get("", "id")?);
            }
        }
        Ok(written)
    }

    /// The fingerprints of a phone's messages that carry these ids of Meta's, by id.
    pub async fn message_fingerprints_in_txn(
        &self,
        phone: Uuid,
        wamids: &[&str],
    ) -> Result<HashMap<String, Vec<i64>>, StoreError> {
        let mut found: HashMap<String, Vec<i64>> = HashMap::new();
        if wamids.is_empty() {
            return Ok(found);
        }
        let wamids = padded(wamids);
        let sql = format!(
            "SELECT wamid, fingerprint FROM message WHERE phone_id = ? AND wamid IN ({})",
            placeholders(wamids.len())
        );
        let mut values: Vec<Value> = vec![phone.into()];
        values.extend(wamids.into_iter().map(Value::from));
        for row in self.rows(&sql, values).await? {
            let wamid: String = row.try_get("", "wamid")?;
            found
                .entry(wamid)
                .or_default()
                .push(row.try_get("", "fingerprint")?);
        }
        Ok(found)
    }
}
