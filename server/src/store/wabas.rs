//! WhatsApp Business Accounts.

use super::entities::waba;
use super::{Scope, Store, StoreError, Txn};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

impl Store {
    /// The WABAs somebody may see, by name.
    pub async fn wabas(&self, scope: Scope) -> Result<Vec<waba::Model>, StoreError> {
        Ok(scope
            .narrow(waba::Entity::find(), waba::Column::OwnerId)
            .order_by_asc(waba::Column::Name)
            .order_by_asc(waba::Column::Id)
            .all(self.reader())
            .await?)
    }

    /// One owner's WABAs.
    pub async fn wabas_of_owner(&self, owner: Uuid) -> Result<Vec<waba::Model>, StoreError> {
        self.wabas(Scope::Owner(owner)).await
    }

    /// The WABA a row of the server's own refers to. Pages ask with a [`Scope`].
    pub async fn waba_find(&self, id: Uuid) -> Result<Option<waba::Model>, StoreError> {
        Ok(waba::Entity::find_by_id(id).one(self.reader()).await?)
    }

    /// The WABAs whose verify token has this hash; several may share one.
    pub async fn wabas_by_verify_hash(&self, hash: &[u8]) -> Result<Vec<waba::Model>, StoreError> {
        Ok(waba::Entity::find()
            .filter(waba::Column::VerifyTokenHash.eq(hash))
            .all(self.reader())
            .await?)
    }
}

impl Txn {
    /// All WABAs, as this transaction sees them.
    pub async fn wabas_in_txn(&self) -> Result<Vec<waba::Model>, StoreError> {
        Ok(waba::Entity::find().all(&self.0).await?)
    }

    /// Adds a WABA. A second one of the same owner and WABA id is a duplicate.
    pub async fn waba_insert_in_txn(&self, waba: waba::Model) -> Result<(), StoreError> {
        waba::Entity::insert(waba.into_active_model())
            .exec_without_returning(&self.0)
            .await?;
        Ok(())
    }

    /// Writes a WABA as given.
    pub async fn waba_update_in_txn(&self, waba: waba::Model) -> Result<(), StoreError> {
        waba.into_active_model().reset_all().update(&self.0).await?;
        Ok(())
    }
}
