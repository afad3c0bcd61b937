//! What was put away is found without looking at what has arrived. It is little, and nothing else pays for it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::columns::create(
            manager,
            Vec::new(),
            &["CREATE INDEX ix_delivery_discarded ON delivery (owner_id, created_at, id) WHERE state = 'discarded'"],
        )
        .await
    }
}
