//! The indexes of what is in trouble answer only those who ask for it in their words.
//!
//! "Not delivered and not put away" follows from "waiting, sending or unknown". PostgreSQL knows that, and as long as
//! its statistics say that nothing is open all indexes of the open seem equally short to it: it took one of these for
//! the head of a line, and went through all that was open anywhere, for each line. A condition that is always true and
//! that only the lists have keeps them apart.

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
