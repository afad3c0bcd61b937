//! What checks found, and errands: calls to Meta and Bitrix24 that are no messages.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let found = table(
            "check_result",
            vec![
                id("id"),
                uuid("subject_id"),
                text("name"),
                text("state"),
                text("code"),
                text("args"),
                long("at"),
            ],
        );
        let errand = table(
            "errand",
            vec![
                id("id"),
                text("kind"),
                uuid("subject_id"),
                text("payload"),
                int("attempts"),
                long("due_at"),
                long("created_at"),
            ],
        );
        create(
            manager,
            vec![found, errand],
            &[
                "CREATE UNIQUE INDEX uq_check ON check_result (subject_id, name)",
                "CREATE UNIQUE INDEX uq_errand ON errand (kind, subject_id)",
                "CREATE INDEX ix_errand_due ON errand (due_at)",
            ],
        )
        .await
    }
}
