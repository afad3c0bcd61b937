//! Interactive messages: found for sending, kept and deleted.

use super::entities::{interactive, phone};
use super::{StoreError, Txn};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter};
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

impl Txn {
    /// Keeps a new message. Errors: a duplicate, where its owner has the hashtag already.
    pub async fn interactive_insert_in_txn(
        &self,
        row: interactive::Model,
    ) -> Result<(), StoreError> {
        let row = row.into_active_model();
        interactive::Entity::insert(row)
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Changes a message, all but its owner. False when it is gone.
    pub async fn interactive_update_in_txn(
        &self,
        row: &interactive::Model,
    ) -> Result<bool, StoreError> {
        let touched = self
            .run(
                "UPDATE interactive SET portal_id = ?, name = ?, kind = ?, content = ?, hashtag = ?, updated_at = ? \
                 WHERE id = ? AND owner_id = ?",
                [
                    row.portal_id.into(),
                    row.name.as_str().into(),
                    row.kind.as_str().into(),
                    row.content.as_str().into(),
                    row.hashtag.clone().into(),
                    row.updated_at.into(),
                    row.id.into(),
                    row.owner_id.into(),
                ],
            )
            .await?;
        Ok(touched == 1)
    }

    /// Deletes a message. Whoever asks has found it with its owner.
    pub async fn interactive_delete_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        self.run("DELETE FROM interactive WHERE id = ?", [id.into()])
            .await?;
        Ok(())
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
