//! Messages are counted by their phones, each direction in its own part of an index; nobody asks for all of an owner's by
//! time any more, and every message paid for it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::columns::create(manager, Vec::new(), &["DROP INDEX ix_message_owner"]).await
    }
}
