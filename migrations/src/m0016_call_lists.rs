//! Indexes of calls: those that have not ended are looked for by the janitor, permissions go with their contact.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            Vec::new(),
            &[
                "CREATE INDEX ix_call_open ON call (updated_at) WHERE ended_at IS NULL",
                "CREATE INDEX ix_call_permission_contact ON call_permission (contact_id)",
            ],
        )
        .await
    }
}
