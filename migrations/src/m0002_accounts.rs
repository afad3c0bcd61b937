//! What is connected: WABAs and phones on Meta's side, portals and their tokens on Bitrix24's.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let waba = table(
            "waba",
            vec![
                id("id"),
                uuid("owner_id"),
                text("waba_id"),
                text("name"),
                bytes("access_token"),
                bytes("verify_token"),
                bytes("verify_token_hash"),
                text_null("app_id"),
                bytes_null("app_secret"),
                long("created_at"),
                long("updated_at"),
            ],
        )
        .foreign_key(&mut owned_by("waba", "owner_id", "person"))
        .take();
        let portal = table(
            "portal",
            vec![
                id("id"),
                uuid("owner_id"),
                text("protocol"),
                text("domain"),
                text("member_id"),
                text("client_id"),
                bytes("client_secret"),
                bytes("application_token"),
                text("server_endpoint"),
                text("state"),
                text_null("state_reason"),
                long("created_at"),
                long("updated_at"),
            ],
        )
        .foreign_key(&mut owned_by("portal", "owner_id", "person"))
        .take();
        let token = table(
            "portal_token",
            vec![
                id("id"),
                uuid("portal_id"),
                text("bitrix_user"),
                bytes("access_token"),
                bytes("refresh_token"),
                long("generation"),
                long("refreshing_until"),
                text_null("dead_reason"),
                long("updated_at"),
            ],
        )
        .foreign_key(&mut owned_by("portal_token", "portal_id", "portal"))
        .take();
        let phone = table(
            "phone",
            vec![
                id("id"),
                uuid("owner_id"),
                uuid("waba_id"),
                uuid_null("portal_id"),
                text("phone"),
                text("phone_id"),
                long_null("line_id"),
                text_null("connector"),
                flag("sms_service"),
                text("link_state"),
                text_null("link_reason"),
                long_null("link_checked_at"),
                long("created_at"),
                long("updated_at"),
            ],
        )
        .foreign_key(&mut owned_by("phone", "owner_id", "person"))
        .foreign_key(&mut owned_by("phone", "waba_id", "waba"))
        .foreign_key(
            &mut owned_by("phone", "portal_id", "portal")
                .on_delete(ForeignKeyAction::SetNull)
                .take(),
        )
        .take();
        create(
            manager,
            vec![waba, portal, token, phone],
            &[
                "CREATE UNIQUE INDEX uq_waba ON waba (owner_id, waba_id)",
                "CREATE INDEX ix_waba_verify_token ON waba (verify_token_hash)",
                "CREATE UNIQUE INDEX uq_portal_member ON portal (member_id)",
                "CREATE INDEX ix_portal_owner ON portal (owner_id)",
                "CREATE UNIQUE INDEX uq_portal_token ON portal_token (portal_id, bitrix_user)",
                "CREATE UNIQUE INDEX uq_phone_phone_id ON phone (phone_id)",
                "CREATE INDEX ix_phone_owner ON phone (owner_id)",
                "CREATE INDEX ix_phone_waba ON phone (waba_id)",
                "CREATE UNIQUE INDEX uq_phone_line ON phone (portal_id, line_id, connector)",
            ],
        )
        .await
    }
}
