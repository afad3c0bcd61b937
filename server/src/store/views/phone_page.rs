//! What a phone's page shows beside its row.

use crate::store::entities::phone;
use crate::store::{Scope, Store, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// What would go with a phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// Conversations.
    pub conversations: i64,
    /// Messages in them.
    pub messages: i64,
}

impl Store {
    /// The phone with this id, if it may be seen.
    pub async fn phone_of(
        &self,
        scope: Scope,
        id: Uuid,
    ) -> Result<Option<phone::Model>, StoreError> {
        Ok(scope
            .narrow(phone::Entity::find_by_id(id), phone::Column::OwnerId)
            .one(self.reader())
            .await?)
    }

    /// When the last message of a phone in a direction came or went.
    pub async fn phone_last_message(
        &self,
        phone: Uuid,
        direction: &str,
    ) -> Result<Option<i64>, StoreError> {
        let row = self
            .row(
                "SELECT MAX(created_at) AS at FROM message WHERE phone_id = ? AND direction = ? AND created_at > 0",
                [phone.into(), direction.into()],
            )
            .await?;
        row.map_or(Ok(None), |row| Ok(row.try_get("", "at")?))
    }

    /// What would go with a phone, counted to a limit.
    pub async fn phone_loss(&self, phone: Uuid) -> Result<Loss, StoreError> {
        let count = async |table: &str| {
            self.counted(&format!("FROM {table}"), "phone_id = ?", vec![phone.into()])
                .await
        };
        Ok(Loss {
            conversations: count("conversation").await?,
            messages: count("message").await?,
        })
    }

    /// An owner's phones without a line, by number.
    pub async fn phones_without_line(&self, owner: Uuid) -> Result<Vec<phone::Model>, StoreError> {
        Ok(phone::Entity::find()
            .filter(phone::Column::OwnerId.eq(owner))
            .filter(phone::Column::LineId.is_null())
            .order_by_asc(phone::Column::Phone)
            .all(self.reader())
            .await?)
    }

    /// The phones of a portal, whoever asks: for what the portal itself says.
    pub async fn phones_of_portal(&self, portal: Uuid) -> Result<Vec<phone::Model>, StoreError> {
        Ok(phone::Entity::find()
            .filter(phone::Column::PortalId.eq(portal))
            .all(self.reader())
            .await?)
    }
}
