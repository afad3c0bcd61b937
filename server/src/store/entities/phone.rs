//! A business phone number and the line it is linked to.

use sea_orm::entity::prelude::*;

/// A row of `phone`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "phone")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner_id: Uuid,
    pub waba_id: Uuid,
    pub portal_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub phone: String,
    #[sea_orm(column_type = "Text")]
    pub phone_id: String,
    pub line_id: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub connector: Option<String>,
    pub sms_service: bool,
    #[sea_orm(column_type = "Text")]
    pub link_state: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub link_reason: Option<String>,
    pub link_checked_at: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    #[sea_orm(column_type = "Blob", nullable)]
    pub pin: Option<Vec<u8>>,
    pub line_wanted: Option<i64>,
    pub heard_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
