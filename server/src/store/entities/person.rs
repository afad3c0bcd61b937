//! Who may sign in: an admin or an end-user.

use sea_orm::entity::prelude::*;

/// A row of `person`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub email: String,
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    #[sea_orm(column_type = "Text")]
    pub role: String,
    #[sea_orm(column_type = "Blob")]
    pub webhook_key_hash: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub webhook_key: Vec<u8>,
    #[sea_orm(column_type = "Blob", nullable)]
    pub old_key_hash: Option<Vec<u8>>,
    pub key_rotated_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
