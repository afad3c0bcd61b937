//! What must still reach somebody: destinations with their lease and pace, lines that keep
//! the order, deliveries, and the attempts that did not go as planned.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let destination = table(
            "destination",
            vec![
                id("id"),
                text("kind"),
                uuid("target_id"),
                text_null("lease_owner"),
                long("lease_until"),
                long("epoch"),
                long("paused_until"),
                text_null("pause_reason"),
                int("failures"),
                long_null("answered_at"),
                real("bucket_level"),
                long("bucket_at"),
            ],
        );
        let line = table(
            "line",
            vec![
                id("id"),
                uuid("destination_id"),
                text("key"),
                long("next_number"),
                long_null("head"),
                long_null("due_at"),
            ],
        )
        .foreign_key(&mut owned_by("line", "destination_id", "destination"))
        .take();
        let delivery = table(
            "delivery",
            vec![
                id("id"),
                uuid("owner_id"),
                uuid("destination_id"),
                uuid("line_id"),
                long("number"),
                text("kind"),
                text("direction"),
                uuid("phone_id"),
                uuid("conversation_id"),
                uuid_null("message_id"),
                text("payload"),
                text("state"),
                int("attempts"),
                long("epoch"),
                text_null("error_code"),
                text_null("error_text"),
                long("created_at"),
                long_null("tried_at"),
                long_null("done_at"),
            ],
        )
        .foreign_key(&mut owned_by("delivery", "line_id", "line"))
        .take();
        let attempt = table(
            "attempt",
            vec![
                id("id"),
                uuid("delivery_id"),
                long("at"),
                long("duration"),
                text("outcome"),
                int_null("http_status"),
                text_null("error_code"),
                text_null("error_text"),
            ],
        )
        .foreign_key(&mut owned_by("attempt", "delivery_id", "delivery"))
        .take();
        create(
            manager,
            vec![destination, line, delivery, attempt],
            &[
                "CREATE UNIQUE INDEX uq_destination ON destination (kind, target_id)",
                "CREATE UNIQUE INDEX uq_line ON line (destination_id, key)",
                "CREATE INDEX ix_line_due ON line (destination_id, due_at) WHERE due_at IS NOT NULL",
                "CREATE UNIQUE INDEX uq_delivery_number ON delivery (line_id, number)",
                "CREATE INDEX ix_delivery_open ON delivery (line_id, number) WHERE state IN ('waiting', 'sending', 'unknown')",
                "CREATE INDEX ix_delivery_sending ON delivery (destination_id) WHERE state = 'sending'",
                "CREATE INDEX ix_delivery_trouble ON delivery (owner_id, created_at) WHERE state <> 'delivered'",
                "CREATE INDEX ix_delivery_owner ON delivery (owner_id, created_at)",
                "CREATE INDEX ix_delivery_message ON delivery (message_id)",
                "CREATE INDEX ix_delivery_conversation ON delivery (conversation_id)",
                "CREATE INDEX ix_attempt_delivery ON attempt (delivery_id, at)",
            ],
        )
        .await
    }
}
