//! The partial indexes of deliveries answer only those who ask in their words.
//!
//! "Not delivered and not put away" follows from "waiting, sending or unknown", and that from "waiting". PostgreSQL
//! knows it, and as long as its statistics say that nothing is open all indexes of the open seem equally short to it. It
//! took that of the lists for the head of a line, and that of the lines for deliveries by their ids, and each time went
//! through all that was open anywhere. A condition that is always true, and that only those have for whom an index is
//! meant, keeps them apart.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::columns::create(
            manager,
            Vec::new(),
            &[
                "DROP INDEX ix_delivery_open",
                "CREATE INDEX ix_delivery_open ON delivery (line_id, number) \
                 WHERE state IN ('waiting', 'sending', 'unknown') AND number > 0",
                "DROP INDEX ix_delivery_sending",
                "CREATE INDEX ix_delivery_sending ON delivery (destination_id) WHERE state = 'sending' AND number > 0",
                "DROP INDEX ix_delivery_trouble",
                "CREATE INDEX ix_delivery_trouble ON delivery (owner_id, created_at, id, state) \
                 WHERE state <> 'delivered' AND state <> 'discarded' AND created_at > 0",
                "DROP INDEX ix_delivery_trouble_all",
                "CREATE INDEX ix_delivery_trouble_all ON delivery (created_at, id, state) \
                 WHERE state <> 'delivered' AND state <> 'discarded' AND created_at > 0",
            ],
        )
        .await
    }
}
