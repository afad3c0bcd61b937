//! Something that must reach somebody.

use sea_orm::entity::prelude::*;

/// A row of `delivery`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner_id: Uuid,
    pub destination_id: Uuid,
    pub line_id: Uuid,
    pub number: i64,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub direction: String,
    pub phone_id: Uuid,
    pub conversation_id: Uuid,
    pub message_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub attempts: i32,
    pub epoch: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub error_code: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub error_text: Option<String>,
    pub created_at: i64,
    pub tried_at: Option<i64>,
    pub done_at: Option<i64>,
    pub receipt_id: Option<i64>,
    pub receipt_at: Option<i64>,
    pub since: Option<i64>,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
