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
    /// What the portal was told of it so far: the payloads of those deliveries.
    pub told: Vec<String>,
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

    /// The SMS a message is a part of, if it is one. Nobody else tells of it until the transaction ends: two that
    /// move it at the same time would each miss what the other did.
    pub async fn sms_of_message_in_txn(&self, id: Uuid) -> Result<Option<Sms>, StoreError> {
        let row = self
            .row(
                "SELECT portal_id, sms_id, owner_id, phone_id, conversation_id FROM message WHERE id = ?",
                [id.into()],
            )
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let portal: Option<Uuid> = row.try_get("", "portal_id")?;
        let sms_id: Option<String> = row.try_get("", "sms_id")?;
        // Asked for here: as conditions they would lead through all that portals ever sent.
        let (Some(portal), Some(sms_id)) = (portal, sms_id) else {
            return Ok(None);
        };
        self.run(
            "UPDATE message SET part = part WHERE portal_id = ? AND sms_id = ? AND part = 0",
            [portal.into(), sms_id.as_str().into()],
        )
        .await?;
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
        let parts: Vec<SmsPart> = rows.iter().map(part).collect::<Result<_, _>>()?;
        let told = self.sms_told_in_txn(&parts).await?;
        Ok(Some(Sms {
            portal,
            sms_id,
            owner: row.try_get("", "owner_id")?,
            phone: row.try_get("", "phone_id")?,
            conversation: row.try_get("", "conversation_id")?,
            parts,
            told,
        }))
    }

    async fn sms_told_in_txn(&self, parts: &[SmsPart]) -> Result<Vec<String>, StoreError> {
        let Some(first) = parts.first() else {
            return Ok(Vec::new());
        };
        let sql = "SELECT payload FROM delivery WHERE message_id = ? AND kind = 'sms_status'";
        let rows = self.rows(sql, vec![first.id.into()]).await?;
        rows.iter()
            .map(|row| Ok(row.try_get("", "payload")?))
            .collect()
    }
}
