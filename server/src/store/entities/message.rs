//! One message of a conversation, in either direction.

use sea_orm::entity::prelude::*;

/// A row of `message`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner_id: Uuid,
    pub phone_id: Uuid,
    pub conversation_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub direction: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub wamid: Option<String>,
    pub fingerprint: i64,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub portal_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub im_chat_id: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub im_message_id: Option<String>,
    pub part: i32,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub status_at: i64,
    pub error_code: Option<i32>,
    #[sea_orm(column_type = "Text", nullable)]
    pub error_text: Option<String>,
    pub created_at: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub past_wamids: Option<String>,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
