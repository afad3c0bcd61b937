//! The installation's Meta app: at most one row.

use super::entities::meta_app;
use super::{Store, StoreError, Txn};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

impl Store {
    /// The Meta app, when an admin has set it.
    pub async fn meta_app(&self) -> Result<Option<meta_app::Model>, StoreError> {
        Ok(meta_app::Entity::find().one(self.reader()).await?)
    }
}

impl Txn {
    /// The Meta app, as this transaction sees it.
    pub async fn meta_app_in_txn(&self) -> Result<Option<meta_app::Model>, StoreError> {
        Ok(meta_app::Entity::find().one(&self.0).await?)
    }

    /// Sets the Meta app.
    pub async fn meta_app_put_in_txn(&self, app: meta_app::Model) -> Result<(), StoreError> {
        let known = meta_app::Entity::find_by_id(app.id).one(&self.0).await?;
        let app = app.into_active_model().reset_all();
        if known.is_some() {
            app.update(&self.0).await?;
        } else {
            app.insert(&self.0).await?;
        }
        Ok(())
    }

    /// Forgets the Meta app.
    pub async fn meta_app_drop_in_txn(&self, id: Uuid) -> Result<(), StoreError> {
        meta_app::Entity::delete_by_id(id).exec(&self.0).await?;
        Ok(())
    }
}
