//! Interactive messages, found for sending.

use super::entities::{interactive, phone};
use super::{StoreError, Txn};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

impl Txn {
    /// The interactive message with this id that a phone may send: of its owner, shared or of its portal.
    pub async fn interactive_for_phone_in_txn(
        &self,
        phone: &phone::Model,
        id: Uuid,
    ) -> Result<Option<interactive::Model>, StoreError> {
        Ok(interactive::Entity::find_by_id(id)
            .filter(reach(phone))
            .one(&self.0)
            .await?)
    }

    /// The interactive message with this hashtag, written with `#`, that a phone may send.
    pub async fn interactive_by_hashtag_in_txn(
        &self,
        phone: &phone::Model,
        hashtag: &str,
    ) -> Result<Option<interactive::Model>, StoreError> {
        Ok(interactive::Entity::find()
            .filter(reach(phone))
            .filter(interactive::Column::Hashtag.eq(hashtag))
            .one(&self.0)
            .await?)
    }
}

fn reach(phone: &phone::Model) -> Condition {
    let mut portals = Condition::any().add(interactive::Column::PortalId.is_null());
    if let Some(portal) = phone.portal_id {
        portals = portals.add(interactive::Column::PortalId.eq(portal));
    }
    Condition::all()
        .add(interactive::Column::OwnerId.eq(phone.owner_id))
        .add(portals)
}
