//! One number is one phone: its digits are unique, however it was typed. And when Meta lets it be registered again.
//!
//! A database may hold two phones with one number already: the older one keeps the digits, the
//! other has none until it is edited, so that nothing is deleted and no migration fails.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![text_null("number"), long_null("register_after")];
        add(manager, "phone", columns).await?;
        create(
            manager,
            Vec::new(),
            &[
                "UPDATE phone SET number = NULLIF(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(phone, \
                 '+', ''), ' ', ''), '-', ''), '(', ''), ')', ''), '')",
                "CREATE INDEX ix_phone_number ON phone (number)",
                "UPDATE phone SET number = NULL WHERE EXISTS (SELECT 1 FROM phone o \
                 WHERE o.number = phone.number AND (o.created_at < phone.created_at \
                 OR (o.created_at = phone.created_at AND o.id < phone.id)))",
                "DROP INDEX ix_phone_number",
                "CREATE UNIQUE INDEX uq_phone_number ON phone (number)",
            ],
        )
        .await
    }
}
