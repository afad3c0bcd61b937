//! What the reader of receipts asks while its transaction is open.

use super::entities::{contact, phone, portal};
use super::{StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

impl Txn {
    /// The owner's phone with this phone id.
    pub async fn phone_by_phone_id_in_txn(
        &self,
        owner: Uuid,
        phone_id: &str,
    ) -> Result<Option<phone::Model>, StoreError> {
        Ok(phone::Entity::find()
            .filter(phone::Column::OwnerId.eq(owner))
            .filter(phone::Column::PhoneId.eq(phone_id))
            .one(&self.0)
            .await?)
    }

    /// The first phone of the owner's WABA with this id of Meta's, else the owner's first linked phone.
    pub async fn phone_first_in_txn(
        &self,
        owner: Uuid,
        waba_id: Option<&str>,
    ) -> Result<Option<phone::Model>, StoreError> {
        let row = self
            .row(
                "SELECT p.id FROM phone p JOIN waba w ON w.id = p.waba_id WHERE p.owner_id = ? \
                 AND (w.waba_id = ? OR p.portal_id IS NOT NULL) \
                 ORDER BY CASE WHEN w.waba_id = ? THEN 0 ELSE 1 END, p.created_at, p.id LIMIT 1",
                [owner.into(), waba_id.into(), waba_id.into()],
            )
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let id: Uuid = row.try_get("", "id")?;
        Ok(phone::Entity::find_by_id(id).one(&self.0).await?)
    }

    /// The portal with this id.
    pub async fn portal_find_in_txn(&self, id: Uuid) -> Result<Option<portal::Model>, StoreError> {
        Ok(portal::Entity::find_by_id(id).one(&self.0).await?)
    }

    /// The phones linked to a line of a portal, through `connector` or through any.
    pub async fn phones_by_line_in_txn(
        &self,
        portal: Uuid,
        line: i64,
        connector: Option<&str>,
    ) -> Result<Vec<phone::Model>, StoreError> {
        let mut query = phone::Entity::find()
            .filter(phone::Column::PortalId.eq(portal))
            .filter(phone::Column::LineId.eq(line))
            .order_by_asc(phone::Column::CreatedAt);
        if let Some(connector) = connector {
            query = query.filter(phone::Column::Connector.eq(connector));
        }
        Ok(query.all(&self.0).await?)
    }

    /// The words of a message of this phone, by Meta's id.
    pub async fn message_text_by_wamid_in_txn(
        &self,
        phone: Uuid,
        wamid: &str,
    ) -> Result<Option<String>, StoreError> {
        let row = self
            .row(
                "SELECT text FROM message WHERE phone_id = ? AND wamid = ? ORDER BY created_at LIMIT 1",
                [phone.into(), wamid.into()],
            )
            .await?;
        row.map(|row| Ok(row.try_get("", "text")?)).transpose()
    }

    /// Learns that a customer's number or user id changed. What another contact has stays with it;
    /// the name Bitrix24 knows the contact by never changes.
    pub async fn contact_change_ids_in_txn(
        &self,
        contact: &contact::Model,
        wa_id: Option<&str>,
        user_id: Option<&str>,
    ) -> Result<(), StoreError> {
        for (column, value) in [("wa_id", wa_id), ("user_id", user_id)] {
            let Some(value) = value else {
                continue;
            };
            let sql = format!(
                "UPDATE contact SET {column} = ? WHERE id = ? \
                 AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.waba_id = ? AND c.{column} = ?)"
            );
            self.run(
                &sql,
                [
                    value.into(),
                    contact.id.into(),
                    contact.waba_id.into(),
                    value.into(),
                ],
            )
            .await?;
        }
        Ok(())
    }

    /// Forgets the tokens of a portal.
    pub async fn portal_tokens_drop_in_txn(&self, portal: Uuid) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM portal_token WHERE portal_id = ?",
            [portal.into()],
        )
        .await?;
        Ok(())
    }
}
