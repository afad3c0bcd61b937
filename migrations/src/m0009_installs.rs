//! Installations that Bitrix24 brought, until a portal claims them, and the pages it opens in
//! a frame, which have no cookie.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let install = table(
            "portal_install",
            vec![
                id("id"),
                text("source"),
                text("member_id"),
                text("domain"),
                text("protocol"),
                text_null("client_id"),
                text("server_endpoint"),
                bytes("access_token"),
                bytes("refresh_token"),
                bytes("application_token"),
                text("scopes"),
                text("state"),
                text_null("reason"),
                long("received_at"),
            ],
        );
        let frame = table(
            "frame_session",
            vec![
                id("id"),
                bytes("token_hash"),
                uuid("person_id"),
                uuid("portal_id"),
                text("bitrix_user"),
                text("language"),
                long("created_at"),
                long("expires_at"),
            ],
        )
        .foreign_key(&mut owned_by("frame_session", "person_id", "person"))
        .foreign_key(&mut owned_by("frame_session", "portal_id", "portal"))
        .take();
        create(
            manager,
            vec![install, frame],
            &[
                "CREATE INDEX ix_install_client ON portal_install (client_id)",
                "CREATE INDEX ix_install_member ON portal_install (member_id)",
                "CREATE INDEX ix_install_received ON portal_install (received_at)",
                "CREATE UNIQUE INDEX uq_frame_token ON frame_session (token_hash)",
                "CREATE INDEX ix_frame_expires ON frame_session (expires_at)",
            ],
        )
        .await
    }
}
