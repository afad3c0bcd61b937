//! Messages that a portal asked for as SMS, by the id it has for them.

use super::{StoreError, Txn};
use uuid::Uuid;

/// One part of an SMS and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsPart {
    /// The message.
    pub id: Uuid,
    /// Its status.
    pub status: String,
    /// Meta's code where it failed.
    pub error_code: Option<i32>,
}

/// An SMS: whose it is and what the portal calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sms {
    /// The portal's row.
    pub portal: Uuid,
    /// The portal's id of it.
    pub sms_id: String,
    /// Whose phone it is.
    pub owner: Uuid,
    /// The business number.
    pub phone: Uuid,
    /// The conversation.
    pub conversation: Uuid,
    /// Its parts, first to last.
    pub parts: Vec<SmsPart>,
}

impl Txn {
    /// Whether a portal's SMS is written already.
    pub async fn sms_is_known_in_txn(
        &self,
        portal: Uuid,
        sms_id: &str,
    ) -> Result<bool, StoreError> {
        let row = self
            .row(
                "SELECT 1 AS one FROM message WHERE portal_id = ? AND sms_id = ? LIMIT 1",
                [portal.into(), sms_id.into()],
            )
            .await?;
        Ok(row.is_some())
    }

    /// Marks a message just written as a part of an SMS. The same part twice is a duplicate.
    pub async fn message_is_sms_in_txn(
        &self,
        id: Uuid,
        portal: Uuid,
        sms_id: &str,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE message SET portal_id = ?, sms_id = ? WHERE id = ?",
            [portal.into(), sms_id.into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// The SMS a message is a part of, if it is one.
    pub async fn sms_of_message_in_txn(&self, id: Uuid) -> Result<Option<Sms>, StoreError> {
        let row = self
            .row(
                "SELECT portal_id, sms_id, owner_id, phone_id, conversation_id FROM message \
                 WHERE id = ? AND sms_id IS NOT NULL AND portal_id IS NOT NULL",
                [id.into()],
            )
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let portal: Uuid = row.try_get("", "portal_id")?;
        let sms_id: String = row.try_get("", "sms_id")?;
        let rows = self
            .rows(
                "SELECT id, status, error_code FROM message WHERE portal_id = ? AND sms_id = ? ORDER BY part",
                vec![portal.into(), sms_id.as_str().into()],
            )
            .await?;
        let part = |row: &sea_orm::QueryResult| -> Result<SmsPart, StoreError> {
            Ok(SmsPart {
                id: row.try_get("", "id")?,
                status: row.try_get("", "status")?,
                error_code: row.try_get("", "error_code")?,
            })
        };
        Ok(Some(Sms {
            portal,
            sms_id,
            owner: row.try_get("", "owner_id")?,
            phone: row.try_get("", "phone_id")?,
            conversation: row.try_get("", "conversation_id")?,
            parts: rows.iter().map(part).collect::<Result<_, _>>()?,
        }))
    }
}
