//! What is known of a connection: of a WABA's token and numbers, of a portal's app, of a phone.
//!
//! A WABA may be added before its id is known, a portal before its app is installed: both ids
//! are empty then and unique only when they are not.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let waba = vec![
            text_null("token_kind"),
            text_null("token_scopes"),
            long_null("token_expires_at"),
            long_null("verified_at"),
            long_null("heard_at"),
        ];
        add(manager, "waba", waba).await?;
        let portal = vec![
            text_null("name"),
            text_null("kind"),
            text_null("scopes"),
            long_null("installed_at"),
        ];
        add(manager, "portal", portal).await?;
        let phone = vec![
            text_null("name"),
            bytes_null("pin"),
            long_null("line_wanted"),
            long_null("heard_at"),
        ];
        add(manager, "phone", phone).await?;
        let number = table(
            "waba_number",
            vec![
                id("id"),
                uuid("waba_id"),
                text("phone_id"),
                text("phone"),
                text_null("name"),
                text_null("status"),
                text_null("quality"),
                text("raw"),
                long("seen_at"),
            ],
        )
        .foreign_key(&mut owned_by("waba_number", "waba_id", "waba"))
        .take();
        create(
            manager,
            vec![number],
            &[
                "DROP INDEX uq_waba",
                "CREATE UNIQUE INDEX uq_waba ON waba (owner_id, waba_id) WHERE waba_id <> ''",
                "CREATE INDEX ix_waba_owner ON waba (owner_id, name)",
                "CREATE INDEX ix_waba_app ON waba (app_id)",
                "DROP INDEX uq_portal_member",
                "CREATE UNIQUE INDEX uq_portal_member ON portal (member_id) WHERE member_id <> ''",
                "CREATE INDEX ix_portal_client ON portal (client_id)",
                "CREATE INDEX ix_message_phone ON message (phone_id, direction, created_at)",
                "CREATE UNIQUE INDEX uq_waba_number ON waba_number (waba_id, phone_id)",
            ],
        )
        .await
    }
}
