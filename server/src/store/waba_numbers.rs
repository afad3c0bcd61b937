//! Numbers that Meta lists for a WABA, whether they are phones here or not.

use super::entities::{phone, waba_number};
use super::{Scope, Store, StoreError, Txn};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

impl Store {
    /// The numbers of a WABA that may be seen, by number; none of a WABA that may not.
    pub async fn waba_numbers(
        &self,
        scope: Scope,
        waba: Uuid,
    ) -> Result<Vec<waba_number::Model>, StoreError> {
        if self.waba_of(scope, waba).await?.is_none() {
            return Ok(Vec::new());
        }
        Ok(waba_number::Entity::find()
            .filter(waba_number::Column::WabaId.eq(waba))
            .order_by_asc(waba_number::Column::Phone)
            .order_by_asc(waba_number::Column::PhoneId)
            .all(self.reader())
            .await?)
    }

    /// The numbers of these WABAs that are no phones here, by number. Whoever asks has found the WABAs
    /// with their owner.
    pub async fn waba_numbers_free(
        &self,
        wabas: &[Uuid],
    ) -> Result<Vec<waba_number::Model>, StoreError> {
        let mut connected = Query::select();
        connected.column(phone::Column::PhoneId).from(phone::Entity);
        Ok(waba_number::Entity::find()
            .filter(waba_number::Column::WabaId.is_in(wabas.iter().copied()))
            .filter(waba_number::Column::PhoneId.not_in_subquery(connected))
            .order_by_asc(waba_number::Column::Phone)
            .order_by_asc(waba_number::Column::PhoneId)
            .all(self.reader())
            .await?)
    }
}

impl Txn {
    /// Keeps these numbers of a WABA and forgets all others.
    pub async fn waba_numbers_put_in_txn(
        &self,
        waba: Uuid,
        numbers: Vec<waba_number::Model>,
    ) -> Result<(), StoreError> {
        waba_number::Entity::delete_many()
            .filter(waba_number::Column::WabaId.eq(waba))
            .exec(&self.0)
            .await?;
        for number in numbers {
            waba_number::Entity::insert(number.into_active_model())
                .exec_without_returning(&self.0)
                .await?;
        }
        Ok(())
    }
}
