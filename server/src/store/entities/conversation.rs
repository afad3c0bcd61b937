//! What one contact and one of our phones say to each other.

use sea_orm::entity::prelude::*;

/// A row of `conversation`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conversation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub phone_id: Uuid,
    pub contact_id: Uuid,
    #[sea_orm(column_type = "Text", nullable)]
    pub im_chat_id: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub im_user_id: Option<String>,
    pub last_in_at: Option<i64>,
    pub created_at: i64,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
