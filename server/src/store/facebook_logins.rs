//! Logins with Facebook that are under way.

use super::entities::facebook_login;
use super::{Scope, Store, StoreError, Txn};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

impl Store {
    /// A person's own login that is not over.
    pub async fn facebook_login_of(
        &self,
        person: Uuid,
        id: Uuid,
        now: i64,
    ) -> Result<Option<facebook_login::Model>, StoreError> {
        let query = facebook_login::Entity::find_by_id(id)
            .filter(facebook_login::Column::ExpiresAt.gt(now));
        Ok(Scope::Owner(person)
            .narrow(query, facebook_login::Column::PersonId)
            .one(self.reader())
            .await?)
    }

    /// Begins a login; those that are over are forgotten.
    pub async fn facebook_login_begin(
        &self,
        login: facebook_login::Model,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.run(
            "DELETE FROM facebook_login WHERE expires_at <= ?",
            [login.created_at.into()],
        )
        .await?;
        facebook_login::Entity::insert(login.into_active_model())
            .exec_without_returning(&txn.0)
            .await?;
        txn.commit().await
    }

    /// Takes the login that a state began, once: of two that come with the same state one gets it.
    /// `spent` takes the place of the state's hash; it must fit no state.
    pub async fn facebook_login_take(
        &self,
        state_hash: &[u8],
        spent: &[u8],
        now: i64,
    ) -> Result<Option<facebook_login::Model>, StoreError> {
        let txn = self.begin().await?;
        let found = facebook_login::Entity::find()
            .filter(facebook_login::Column::StateHash.eq(state_hash))
            .filter(facebook_login::Column::ExpiresAt.gt(now))
            .one(&txn.0)
            .await?;
        if let Some(found) = &found {
            txn.run(
                "UPDATE facebook_login SET state_hash = ? WHERE id = ?",
                [spent.into(), found.id.into()],
            )
            .await?;
        }
        txn.commit().await?;
        Ok(found)
    }

    /// Keeps what a login has found so far.
    pub async fn facebook_login_keep(
        &self,
        login: facebook_login::Model,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        login.into_active_model().reset_all().update(&txn.0).await?;
        txn.commit().await
    }
}

impl Txn {
    /// Forgets a login; answers whether it was there. Of two that end it one succeeds.
    pub async fn facebook_login_end_in_txn(&self, id: Uuid) -> Result<bool, StoreError> {
        let ended = self
            .run("DELETE FROM facebook_login WHERE id = ?", [id.into()])
            .await?;
        Ok(ended == 1)
    }
}
