//! A webhook key that was replaced goes on working until it is switched off.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![bytes_null("old_key_hash"), long_null("key_rotated_at")];
        add(manager, "person", columns).await?;
        create(
            manager,
            Vec::new(),
            &["CREATE INDEX ix_person_old_key ON person (old_key_hash) WHERE old_key_hash IS NOT NULL"],
        )
        .await
    }
}
