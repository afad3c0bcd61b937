//! What strangers brought to the doors, byte for byte, and who may read it.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let number = ColumnDef::new(Alias::new("id"))
            .big_integer()
            .not_null()
            .auto_increment()
            .primary_key()
            .take();
        let receipt = table(
            "receipt",
            vec![
                number,
                text("source"),
                uuid("owner_id"),
                uuid_null("portal_id"),
                bytes("body"),
                long("received_at"),
                text("state"),
                int("attempts"),
                text_null("note"),
            ],
        );
        let lease = table(
            "lease",
            vec![text("name"), text("owner"), long("until"), long("epoch")],
        );
        create(
            manager,
            vec![receipt, lease],
            &[
                "CREATE INDEX ix_receipt_new ON receipt (id) WHERE state = 'new'",
                "CREATE INDEX ix_receipt_held ON receipt (owner_id, id) WHERE state IN ('held', 'failed')",
                "CREATE INDEX ix_receipt_received ON receipt (owner_id, source, received_at)",
                "CREATE UNIQUE INDEX uq_lease_name ON lease (name)",
            ],
        )
        .await
    }
}
