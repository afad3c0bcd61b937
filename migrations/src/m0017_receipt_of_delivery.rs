//! What a delivery was caused by: the receipt's number, and when it came. No foreign key: the receipt is forgotten
//! sooner than what was delivered of it.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let cause = vec![long_null("receipt_id"), long_null("receipt_at")];
        add(manager, "delivery", cause).await
    }
}
