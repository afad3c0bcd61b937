//! Who may sign in, their sessions, failed attempts, and the settings of the installation.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let person = table(
            "person",
            vec![
                id("id"),
                text("email"),
                text("password_hash"),
                text("role"),
                bytes("webhook_key_hash"),
                bytes("webhook_key"),
                long("created_at"),
                long("updated_at"),
            ],
        );
        let session = table(
            "session",
            vec![
                text("id"),
                uuid_null("person_id"),
                text("data"),
                long("expires_at"),
            ],
        );
        let failure = table("sign_in_failure", vec![id("id"), text("key"), long("at")]);
        let setting = table("setting", vec![text("key"), bytes("value")]);
        create(
            manager,
            vec![person, session, failure, setting],
            &[
                "CREATE UNIQUE INDEX uq_person_email ON person (email)",
                "CREATE UNIQUE INDEX uq_person_webhook_key ON person (webhook_key_hash)",
                "CREATE UNIQUE INDEX uq_session_id ON session (id)",
                "CREATE INDEX ix_session_expires ON session (expires_at)",
                "CREATE INDEX ix_session_person ON session (person_id)",
                "CREATE INDEX ix_sign_in_failure ON sign_in_failure (key, at)",
                "CREATE UNIQUE INDEX uq_setting_key ON setting (key)",
            ],
        )
        .await
    }
}
