//! What makes a phone an SMS provider of its portal: columns that forms and links do not touch.

use super::entities::phone;
use super::{Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The sender a portal has of a phone, or is about to get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// The portal's row.
    pub portal: Uuid,
    /// `thoth_` and the digits of the number.
    pub code: String,
    /// What people choose in the portal.
    pub name: String,
    /// Where the portal posts, without the key.
    pub address: String,
    /// The key in that address, sealed for the phone, in hex.
    pub key: String,
    /// Whether the portal has taken it as it is here.
    pub is_registered: bool,
}

fn sender_read(row: Option<QueryResult>) -> Result<Option<Sender>, StoreError> {
    let kept: Option<String> = match row {
        Some(row) => row.try_get("", "sms_sender")?,
        None => None,
    };
    kept.map(|kept| {
        serde_json::from_str(&kept).map_err(|error| StoreError::Unreadable(error.to_string()))
    })
    .transpose()
}

fn written(sender: &Sender) -> Result<String, StoreError> {
    serde_json::to_string(sender).map_err(|error| StoreError::Unreadable(error.to_string()))
}

const FIND: &str = "SELECT sms_sender FROM phone WHERE id = ?";

impl Store {
    /// The sender of a phone.
    pub async fn phone_sender(&self, id: Uuid) -> Result<Option<Sender>, StoreError> {
        sender_read(self.row(FIND, [id.into()]).await?)
    }

    /// Whether what is sent as SMS opens a chat.
    pub async fn phone_sms_opens_chat(&self, id: Uuid) -> Result<bool, StoreError> {
        let sql = "SELECT sms_opens_chat FROM phone WHERE id = ?";
        let row = self.row(sql, [id.into()]).await?;
        row.map_or(Ok(false), |row| Ok(row.try_get("", "sms_opens_chat")?))
    }

    /// The SMS provider of a portal whose sender has this code, or is about to have it.
    pub async fn sender_user(&self, portal: Uuid, code: &str) -> Result<Option<Uuid>, StoreError> {
        let sql = "SELECT id, number FROM phone WHERE portal_id = ? AND sms_service = ?";
        for row in self.rows(sql, vec![portal.into(), true.into()]).await? {
            let number: Option<String> = row.try_get("", "number")?;
            if number.is_some_and(|number| code == sender_code(&number)) {
                return Ok(Some(row.try_get("", "id")?));
            }
        }
        Ok(None)
    }

    /// Phones that shall be SMS providers, with the senders they have.
    pub async fn phones_with_sms(&self) -> Result<Vec<(Uuid, Option<Sender>)>, StoreError> {
        let sql =
            "SELECT id, sms_sender FROM phone WHERE sms_service = ? AND portal_id IS NOT NULL";
        let rows = self.rows(sql, vec![true.into()]).await?;
        rows.into_iter()
            .map(|row| Ok((row.try_get("", "id")?, sender_read(Some(row))?)))
            .collect()
    }
}

impl Txn {
    /// The sender of a phone, as this transaction sees it.
    pub async fn phone_sender_in_txn(&self, id: Uuid) -> Result<Option<Sender>, StoreError> {
        sender_read(self.row(FIND, [id.into()]).await?)
    }

    /// Keeps a phone's sender. False when the phone is gone, belongs to another portal or is no SMS provider by now.
    pub async fn phone_sender_keep_in_txn(
        &self,
        id: Uuid,
        sender: &Sender,
    ) -> Result<bool, StoreError> {
        let touched = self
            .run(
                "UPDATE phone SET sms_sender = ? WHERE id = ? AND portal_id = ? AND sms_service = ?",
                [
                    written(sender)?.into(),
                    id.into(),
                    sender.portal.into(),
                    true.into(),
                ],
            )
            .await?;
        Ok(touched == 1)
    }

    /// Forgets a phone's sender, with its key.
    pub async fn phone_sender_drop_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        let sql = "UPDATE phone SET sms_sender = NULL WHERE id = ?";
        self.run(sql, [id.into()]).await?;
        Ok(())
    }

    /// Whether what is sent as SMS opens a chat, as this transaction sees it.
    pub async fn phone_sms_opens_chat_in_txn(&self, id: Uuid) -> Result<bool, StoreError> {
        let sql = "SELECT sms_opens_chat FROM phone WHERE id = ?";
        let row = self.row(sql, [id.into()]).await?;
        row.map_or(Ok(false), |row| Ok(row.try_get("", "sms_opens_chat")?))
    }

    /// Sets whether what is sent as SMS opens a chat.
    pub async fn phone_sms_chat_set_in_txn(&self, id: Uuid, opens: bool) -> Result<(), StoreError> {
        let sql = "UPDATE phone SET sms_opens_chat = ? WHERE id = ?";
        self.run(sql, [opens.into(), id.into()]).await?;
        Ok(())
    }

    /// The phone of a portal that a sender's code means: the one that was registered under it, else the one whose
    /// number it names.
    pub async fn phone_by_sender_in_txn(
        &self,
        portal: Uuid,
        code: &str,
    ) -> Result<Option<phone::Model>, StoreError> {
        let sql = "SELECT id, sms_sender, number FROM phone WHERE portal_id = ?";
        let rows = self.rows(sql, vec![portal.into()]).await?;
        let mut named = None;
        for row in rows {
            let id: Uuid = row.try_get("", "id")?;
            let number: Option<String> = row.try_get("", "number")?;
            if number.is_some_and(|number| code == sender_code(&number)) {
                named = Some(id);
            }
            if sender_read(Some(row))?.is_some_and(|sender| sender.code == code) {
                named = Some(id);
                break;
            }
        }
        let Some(id) = named else {
            return Ok(None);
        };
        Ok(phone::Entity::find_by_id(id)
            .filter(phone::Column::PortalId.eq(portal))
            .one(&self.0)
            .await?)
    }
}

/// The code of the sender of a number.
pub fn sender_code(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    format!("thoth_{digits}")
}
