//! A queue in which order is kept: a conversation in one direction.

use sea_orm::entity::prelude::*;

/// A row of `line`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub destination_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub key: String,
    pub next_number: i64,
    pub head: Option<i64>,
    pub due_at: Option<i64>,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
