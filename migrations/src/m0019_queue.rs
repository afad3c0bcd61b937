//! What people do to the queue: dead letters are replayed or discarded, destinations held; and who did it.
//!
//! A replay has a patience of its own (`since`). The ids Meta gave a message before it was replayed are kept, so that
//! a status that comes late is not taken for one of the new try.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "delivery", vec![long_null("since")]).await?;
        add(manager, "message", vec![text_null("past_wamids")]).await?;
        add(
            manager,
            "destination",
            vec![
                // Held by a person: nothing leaves before it is let go.
                long_null("held_at"),
                text_null("held_by"),
                text_null("held_reason"),
                // Since when it fails, when its owner was told, and since when it is well again after that.
                long_null("failing_since"),
                long_null("told_at"),
                long_null("well_at"),
                // What it took in the minute that is counted, and in the one before.
                long("minute"),
                long("minute_taken"),
                long("minute_before"),
            ],
        )
        .await?;
        let audit = table(
            "audit",
            vec![
                id("id"),
                // Whose thing it was done to.
                uuid("owner_id"),
                // Who did it; none for THOTH itself and the command line.
                uuid_null("person_id"),
                // Their name at that time.
                text("person"),
                text("action"),
                uuid_null("delivery_id"),
                uuid_null("destination_id"),
                text_null("reason"),
                // Where it went from and to, in words.
                text_null("detail"),
                long("at"),
            ],
        );
        create(
            manager,
            vec![audit],
            &[
                "CREATE INDEX ix_audit_delivery ON audit (delivery_id, at) WHERE delivery_id IS NOT NULL",
                "CREATE INDEX ix_audit_destination ON audit (destination_id, at) WHERE destination_id IS NOT NULL",
                "CREATE INDEX ix_delivery_dead ON delivery (owner_id, destination_id, (COALESCE(error_code, '')), \
                 (COALESCE(SUBSTR(error_text, 1, 160), '')), line_id, number, done_at, state) \
                 WHERE state IN ('refused', 'dead')",
                "DROP INDEX ix_delivery_trouble",
                "CREATE INDEX ix_delivery_trouble ON delivery (owner_id, created_at, id, state) \
                 WHERE state <> 'delivered' AND state <> 'discarded'",
                "DROP INDEX ix_delivery_trouble_all",
                "CREATE INDEX ix_delivery_trouble_all ON delivery (created_at, id, state) \
                 WHERE state <> 'delivered' AND state <> 'discarded'",
            ],
        )
        .await
    }
}
