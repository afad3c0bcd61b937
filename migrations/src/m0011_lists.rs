//! Lists and counts of an installation with a million messages, each from an index.
//!
//! What is in trouble is a small part of all deliveries: its indexes hold no more than that,
//! and all that counting and sorting need.

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
                "DROP INDEX ix_delivery_trouble",
                "CREATE INDEX ix_delivery_trouble ON delivery (owner_id, created_at, id, state) WHERE state <> 'delivered'",
                "CREATE INDEX ix_delivery_trouble_all ON delivery (created_at, id, state) WHERE state <> 'delivered'",
                "CREATE INDEX ix_delivery_error ON delivery (error_code) WHERE error_code IS NOT NULL",
                "DROP INDEX ix_message_owner",
                "CREATE INDEX ix_message_owner ON message (owner_id, created_at, direction)",
                "CREATE INDEX ix_message_failed ON message (created_at) WHERE status = 'failed'",
            ],
        )
        .await
    }
}
