//! What happened in each hour, summed up: the charts of the overview read these few rows and no message.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let hourly = table(
            "hourly",
            vec![
                // Whose; the nil id for everybody's together.
                uuid("owner_id"),
                // When the hour began.
                long("at"),
                // "acknowledged", "inbound", "outbound", "failed".
                text("series"),
                // How long it took, as the bound of its bucket in milliseconds; the code of what failed.
                text("mark"),
                long("amount"),
            ],
        );
        create(
            manager,
            vec![hourly],
            &[
                "CREATE UNIQUE INDEX uq_hourly ON hourly (owner_id, at, series, mark)",
                "CREATE INDEX ix_hourly_at ON hourly (at)",
            ],
        )
        .await
    }
}
