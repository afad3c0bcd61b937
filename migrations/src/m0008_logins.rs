//! The installation's Meta app, and logins with Facebook that are under way.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let app = table(
            "meta_app",
            vec![
                id("id"),
                text("app_id"),
                bytes("app_secret"),
                text_null("config_id"),
                long("updated_at"),
            ],
        );
        let login = table(
            "facebook_login",
            vec![
                id("id"),
                uuid("person_id"),
                bytes("state_hash"),
                bytes("session_hash"),
                bytes_null("token"),
                text_null("found"),
                long("created_at"),
                long("expires_at"),
            ],
        )
        .foreign_key(&mut owned_by("facebook_login", "person_id", "person"))
        .take();
        create(
            manager,
            vec![app, login],
            &[
                "CREATE UNIQUE INDEX uq_facebook_state ON facebook_login (state_hash)",
                "CREATE INDEX ix_facebook_expires ON facebook_login (expires_at)",
            ],
        )
        .await
    }
}
