//! Contacts, their conversations with our phones, and the messages in them.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let contact = table(
            "contact",
            vec![
                id("id"),
                uuid("waba_id"),
                text_null("wa_id"),
                text_null("user_id"),
                text("external_id"),
                text_null("name"),
                long("created_at"),
            ],
        )
        .foreign_key(&mut owned_by("contact", "waba_id", "waba"))
        .take();
        let conversation = table(
            "conversation",
            vec![
                id("id"),
                uuid("phone_id"),
                uuid("contact_id"),
                text_null("im_chat_id"),
                text_null("im_user_id"),
                long_null("last_in_at"),
                long("created_at"),
            ],
        )
        .foreign_key(&mut owned_by("conversation", "phone_id", "phone"))
        .foreign_key(&mut owned_by("conversation", "contact_id", "contact"))
        .take();
        let message = table(
            "message",
            vec![
                id("id"),
                uuid("owner_id"),
                uuid("phone_id"),
                uuid("conversation_id"),
                text("direction"),
                text_null("wamid"),
                long("fingerprint"),
                text("kind"),
                text("text"),
                uuid_null("portal_id"),
                text_null("im_chat_id"),
                text_null("im_message_id"),
                int("part"),
                text("status"),
                long("status_at"),
                int_null("error_code"),
                text_null("error_text"),
                long("created_at"),
            ],
        )
        .foreign_key(&mut owned_by("message", "conversation_id", "conversation"))
        .take();
        let early = table(
            "early_status",
            vec![
                id("id"),
                uuid("phone_id"),
                text("wamid"),
                text("status"),
                text("body"),
                long("received_at"),
            ],
        )
        .foreign_key(&mut owned_by("early_status", "phone_id", "phone"))
        .take();
        create(
            manager,
            vec![contact, conversation, message, early],
            &[
                "CREATE UNIQUE INDEX uq_contact_wa ON contact (waba_id, wa_id)",
                "CREATE UNIQUE INDEX uq_contact_user ON contact (waba_id, user_id)",
                "CREATE UNIQUE INDEX uq_contact_external ON contact (waba_id, external_id)",
                "CREATE UNIQUE INDEX uq_conversation ON conversation (phone_id, contact_id)",
                "CREATE INDEX ix_conversation_contact ON conversation (contact_id)",
                "CREATE UNIQUE INDEX uq_message_wamid ON message (phone_id, wamid, fingerprint)",
                "CREATE UNIQUE INDEX uq_message_im ON message (portal_id, im_message_id, part)",
                "CREATE INDEX ix_message_owner ON message (owner_id, created_at)",
                "CREATE INDEX ix_message_conversation ON message (conversation_id, created_at)",
                "CREATE UNIQUE INDEX uq_early_status ON early_status (phone_id, wamid, status)",
                "CREATE INDEX ix_early_status_received ON early_status (received_at)",
            ],
        )
        .await
    }
}
