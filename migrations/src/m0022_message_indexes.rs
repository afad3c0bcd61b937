//! Each index of messages holds those it is for, and answers only those who ask for them.
//!
//! PostgreSQL estimates by what was there when it last looked. Before the first answer of an operator every index that
//! holds answers seems empty, and so as good as the one by id: each of ten thousand answers was found by going through
//! all that were sent before it. Conditions that follow from what is asked for keep the indexes apart, and a customer's
//! message pays for three fewer. Nobody asks for all messages of an owner by time any more.

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
                "DROP INDEX ix_message_owner",
                "DROP INDEX ix_message_phone",
                // Always true: who knows Meta's id of a message does not ask for it.
                "CREATE INDEX ix_message_phone ON message (phone_id, direction, created_at) WHERE created_at > 0",
                "DROP INDEX uq_message_im",
                "CREATE UNIQUE INDEX uq_message_im ON message (portal_id, im_message_id, part) WHERE im_message_id IS NOT NULL",
                "DROP INDEX uq_message_sms",
                "CREATE UNIQUE INDEX uq_message_sms ON message (portal_id, sms_id, part) WHERE sms_id IS NOT NULL",
            ],
        )
        .await
    }
}
