//! Whether one of our phones may call a customer.

use sea_orm::entity::prelude::*;

/// A row of `call_permission`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "call_permission")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub phone_id: Uuid,
    pub contact_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub asked_at: Option<i64>,
    pub expires_at: Option<i64>,
    pub requests_left: Option<i64>,
    pub calls_left: Option<i64>,
    pub again_at: Option<i64>,
    pub unanswered: i32,
    pub checked_at: Option<i64>,
    pub updated_at: i64,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
